import KISSandbox
import KISScenario
import KISWire
import Testing

extension ScenarioCase {
  /// Scenarios about calls.
  static let calls = [
    ScenarioCase("token-expiry.yaml", tokenExpiry),
    ScenarioCase("rate-limit-storm.yaml", rateLimitStorm),
    ScenarioCase("gateway-errors.yaml", gatewayErrors),
    ScenarioCase("slow-gateway.yaml", slowGateway),
  ]

  private static func tokenExpiry() async throws {
    let play = try ScenarioPlay("token-expiry.yaml")
    let token = try await play.token()
    var codes: [String?] = []
    for _ in 1...5 { codes.append(await play.price(token).code) }
    #expect(codes == ["MCA00000", "MCA00000", "EGW00123", "EGW00123", "EGW00123"])
    #expect(await play.price(token).status == 500)
    let renewed = try await play.token()
    #expect(renewed != token)
    #expect(await play.price(renewed).code == "MCA00000")
    #expect(await play.isMet)
  }

  private static func rateLimitStorm() async throws {
    let play = try ScenarioPlay("rate-limit-storm.yaml")
    let replies = try await tenPerSecond(play, 160)
    #expect(replies[..<9].allSatisfy { $0.code == "MCA00000" })
    let storm = replies[10..<59]
    let refused = storm.filter { $0.code == "EGW00201" }
    #expect((20...40).contains(refused.count))
    let statuses = Set(refused.map(\.status)).sorted()
    #expect(statuses == [200, 500])
    #expect(replies[70...].allSatisfy { $0.code == "MCA00000" })
    #expect(await play.isMet)
    for _ in 1...30 { _ = await play.price(try await play.token()) }
    #expect(await !play.isMet, "thirty calls at once are above the quota")
  }

  private static func gatewayErrors() async throws {
    let play = try ScenarioPlay("gateway-errors.yaml")
    let replies = try await tenPerSecond(play, 400)
    let kinds = replies.map { reply in
      if reply.isEnded { return "nothing" }
      let body = String(decoding: reply.body, as: UTF8.self)
      return reply.code
        ?? (body.hasPrefix("<html>") && reply.status == 502 ? "page" : body.hasPrefix("{") ? "half" : "")
    }
    #expect(Set(kinds) == ["MCA00000", "page", "OPSQ1002", "EGW00316", "half", "nothing"])
    let failed = kinds.filter { $0 != "MCA00000" }.count
    #expect((60...100).contains(failed), "one in five of 400, not \(failed)")
    #expect(await play.isMet)
  }

  private static func slowGateway() async throws {
    let play = try ScenarioPlay("slow-gateway.yaml")
    let replies = try await tenPerSecond(play, 200)
    #expect(replies.allSatisfy { $0.code == "MCA00000" && $0.waited >= .seconds(1) })
    #expect(replies.filter { $0.pieces == 1 }.allSatisfy { $0.waited < .seconds(3) })
    #expect((10...30).contains(replies.filter { $0.pieces > 2 }.count))
    #expect(await play.sandbox.faultsOfUpgrade(path: "/") == [.late(.seconds(3))])
    #expect(await play.isMet)
  }

  /// The answers to ten calls a second.
  private static func tenPerSecond(_ play: ScenarioPlay, _ count: Int) async throws -> [ScenarioPlay.Reply] {
    let token = try await play.token()
    var replies: [ScenarioPlay.Reply] = []
    for _ in 0..<count {
      replies.append(await play.price(token))
      await play.pass(0.1)
    }
    return replies
  }
}
