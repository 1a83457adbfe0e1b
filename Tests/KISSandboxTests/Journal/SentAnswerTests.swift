import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Found: a client saw 503, and the journal and `verify` said 200.
@Suite("The journal tells of an answer under faults") struct SentAnswerTests {
  @Test("the status and body that left, and that a fault said it")
  func replaced() async throws {
    let answer = try await answer(under: .httpStatus)
    #expect(answer.status == 503)
    #expect(answer.source == .fault)
    #expect(answer.sent == .whole)
    #expect(answer.code.isEmpty)
  }

  @Test("that nothing left", arguments: [FaultName.httpNoAnswer, .httpEmptyReply, .httpReset, .httpGarbage])
  func nothing(_ fault: FaultName) async throws {
    let answer = try await answer(under: fault)
    #expect(answer.status == nil)
    #expect(answer.sent == .nothing)
    #expect(answer.body.isEmpty && answer.code.isEmpty)
  }

  @Test("that it was cut off, and where", arguments: [FaultName.httpTruncate, .httpResetInBody])
  func cut(_ fault: FaultName) async throws {
    let answer = try await answer(under: fault)
    #expect(answer.status == 200)
    #expect(answer.sent == .part)
    #expect(answer.code.isEmpty)
    let whole = try await self.answer(under: nil)
    #expect(whole.code == "MCA00000" && whole.sent == .whole)
  }

  @Test("what was spoilt as it was sent; what only travels oddly is whole")
  func spoilt() async throws {
    #expect(try await answer(under: .httpBrokenJSON).code.isEmpty)
    for fault in [FaultName.httpDelay, .httpDrip, .httpSlowHeaders, .httpLowerCaseHeaders, .httpCloseAfter] {
      let answer = try await answer(under: fault)
      #expect(answer.status == 200 && answer.code == "MCA00000" && answer.sent == .whole && answer.source == .generated)
    }
  }

  @Test("where a fault of TCP ends the connection: in the body, in the head, before it, or behind it")
  func connectionCut() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    let request = caller.request(path, "FHKST01010100", parameters)
    let whole = await fixture.sandbox.answer(request)
    let reply = whole.reply(date: fixture.sandbox.clock.wallTime)
    let length = reply.head.count + reply.body.count
    for (bytesLeft, extent, status) in [
      (length - 1, JournalAnswer.Extent.part, 200), (reply.head.count, .part, 200), (40, .nothing, nil),
      (0, .nothing, nil), (-7, .nothing, nil), (length, .whole, 200), (length + 1, .whole, 200),
    ] as [(Int, JournalAnswer.Extent, Int?)] {
      _ = await fixture.sandbox.respond(to: request, bytesLeft: bytesLeft)
      let answer = try await last(of: fixture)
      #expect(answer.sent == extent && answer.status == status, "\(bytesLeft) of \(length) bytes")
    }
  }

  @Test("that it never left when its client was gone")
  func gone() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    let outcome = await fixture.sandbox.respond(to: caller.request(path, "FHKST01010100", parameters))
    #expect(try await last(of: fixture).status == 200)
    await fixture.sandbox.neverSent(outcome)
    let answer = try await last(of: fixture)
    #expect(answer.status == nil && answer.sent == .nothing && answer.body.isEmpty)
  }

  @Test("that it keeps the beginning of a body only")
  func bodyCut() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    #expect(try await last(of: fixture).isBodyCut == false)
    let body = await caller.foreignInstitutionTotal().body
    let answer = try await last(of: fixture)
    #expect(answer.isBodyCut && body.count > JournalAnswer.longestBody)
    #expect(body.starts(with: answer.body.utf8))
  }

  private let path = "/uapi/domestic-stock/v1/quotations/inquire-price"
  private let parameters = [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]

  /// What the journal says of a price that was asked for under a fault.
  private func answer(under fault: FaultName?) async throws -> JournalAnswer {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    if let fault { await fixture.sandbox.arm(ConfiguredFault(fault)) }
    _ = await caller.price()
    return try await last(of: fixture)
  }

  private func last(of fixture: SandboxFixture) async throws -> JournalAnswer {
    let entry = try #require(await fixture.sandbox.currentJournal().entries.last)
    guard case .request(_, let answer) = entry.content else { throw CancellationError() }
    return answer
  }
}

@Suite("An answer") struct AnswerSourceTests {
  @Test("knows its own code and who gave it, so that nobody has to parse it")
  func knowsItself() async throws {
    let fixture = try SandboxFixture { $0.limits.requestsPerSecond = 0 }
    let caller = await fixture.caller()
    let answers: [(RESTAnswer, AnswerSource)] = [
      (await fixture.tokenAnswer(), .oauth), (await fixture.tokenAnswer("", ""), .oauth),
      (await caller.price(), .generated),
      (await caller.ask("/uapi/nowhere", "FHKST01010100"), .unmatched),
      (await caller.ask("FHKST01010100", []), .refusal),
      (await caller.ask("FHKST01010100", headers: ["appsecret": "other"]), .refusal),
    ]
    for (answer, source) in answers {
      #expect(answer.source == source)
      #expect(answer.messageCode?.rawValue ?? "" == answer.code)
    }
  }
}
