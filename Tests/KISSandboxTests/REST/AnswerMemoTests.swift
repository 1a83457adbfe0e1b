import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What was answered a moment ago is answered again where nobody can tell the difference")
struct AnswerMemoTests {
  private func fixture() throws -> SandboxFixture {
    try SandboxFixture(at: SandboxFixture.trading) {
      $0 = SandboxConfiguration()
      $0.heartbeat.rhythm = .never
      $0.limits.requestsPerSecond = 0
      $0.codes = .permissive
    }
  }

  /// A sandbox that may answer again, and one beside it that makes every answer anew.
  private struct Pair {
    let kept: Caller
    let fresh: Caller

    /// Asks both, the first one twice.
    func compare(_ api: RESTAPI, _ chosen: [String: String] = [:]) async {
      let id = api.ids[0]
      let question = SampleQuestion(
        api, id: id, moment: SandboxFixture.trading, in: QuotedMarket(seed: 1), chosen: chosen)
      let request = kept.request(api.path, id, question.parameters)
      var anew = fresh.request(api.path, id, question.parameters)
      // No answer was given since this came.
      anew.arrived = .seconds(1 << 40)
      let expected = await fresh.sandbox.answer(anew)
      for _ in 1...2 {
        let answer = await kept.sandbox.answer(request)
        #expect(answer.text == expected.text, "\(api.path) \(chosen)")
        #expect(answer.header("tr_cont") == expected.header("tr_cont"), "\(api.path) \(chosen)")
      }
    }
  }

  @Test("Every API about the market tells what it would tell else")
  func everyAPI() async throws {
    let (kept, fresh) = (try fixture(), try fixture())
    let pair = Pair(kept: await kept.caller(), fresh: await fresh.caller())
    for caller in [pair.kept, pair.fresh] {
      _ = await caller.order(shares: 3)
      _ = await caller.order(shares: 2, price: 200_000)
    }
    // What accounts are told is never kept.
    for api in Catalogue.rest where api.method == "GET" && !api.ids.isEmpty && !api.path.contains("/trading/") {
      await pair.compare(api)
    }
  }

  private static let some: [TransactionID] = [
    "FHKST01010100", "FHKST01010200", "FHKST01010300", "FHPST01710000", "FHPTJ04400000", "FHPUP02100000",
    "FHKST03010200",
  ]

  @Test("Whatever happens between two questions shows in the second")
  func changes() async throws {
    let (kept, fresh) = (try fixture(), try fixture())
    let pair = Pair(kept: await kept.caller(), fresh: await fresh.caller())
    let changes: [(SandboxFixture, Caller) async throws -> Void] = [
      { _, _ in },
      { fixture, _ in await fixture.advance(0.001) },
      { _, caller in _ = await caller.order(shares: 5) },
      { _, caller in _ = await caller.order(shares: 5, price: 200_000) },
      { fixture, _ in _ = try await fixture.sandbox.steer(.limit(code: "005930", .up)) },
      { fixture, _ in await fixture.advance(7) },
    ]
    for change in changes {
      try await change(kept, pair.kept)
      try await change(fresh, pair.fresh)
      for id in Self.some {
        let api = try #require(Catalogue.rest(id))
        await pair.compare(api)
        await pair.compare(api, ["FID_INPUT_ISCD": "000660"])
      }
    }
  }

  @Test("A question is never told of a moment before it came, nor of another state, nor what was asked otherwise")
  func moments() {
    let request = RESTRequest(method: "GET", path: "/uapi/x", query: [("FID_INPUT_ISCD", "005930")])
    let other = RESTRequest(method: "GET", path: "/uapi/x", query: [("FID_INPUT_ISCD", "000660")])
    let state = AnswerMemo.State(changes: 1, ownChanges: 0, released: 3)
    var memo = AnswerMemo()
    memo.keep(RESTAnswer(body: [1], source: .generated), to: .init(request), in: state, at: .seconds(5))
    #expect(memo.answer(to: .init(request), in: state, arrived: .seconds(5))?.body == [1])
    #expect(memo.answer(to: .init(request), in: state, arrived: .seconds(4))?.body == [1])
    #expect(memo.answer(to: .init(request), in: state, arrived: .seconds(6)) == nil)
    #expect(memo.answer(to: .init(other), in: state, arrived: .seconds(5)) == nil)
    for changed in [
      AnswerMemo.State(changes: 2, ownChanges: 0, released: 3),
      AnswerMemo.State(changes: 1, ownChanges: 1, released: 3),
      AnswerMemo.State(changes: 1, ownChanges: 0, released: 4),
    ] {
      #expect(memo.answer(to: .init(request), in: changed, arrived: .seconds(5)) == nil)
    }
    memo.forget()
    #expect(memo.answer(to: .init(request), in: state, arrived: .seconds(5)) == nil)
  }

  @Test("The journal has every question, whoever was asked")
  func journal() async throws {
    let fixture = try fixture()
    let caller = await fixture.caller()
    for _ in 0..<5 { _ = await caller.price() }
    let entries = await fixture.sandbox.currentJournal().entries
    let asked = entries.filter {
      if case .request(let request, _) = $0.content { request.path.hasSuffix("inquire-price") } else { false }
    }
    #expect(asked.count == 5)
  }
}
