import KISSandbox
import KISWire
import Testing

extension ScenarioCase {
  /// Scenarios about the frames that come.
  static let frames = [
    ScenarioCase("bad-network.yaml", badNetwork),
    ScenarioCase("vi-halt.yaml", viHalt),
    ScenarioCase("falling-share.yaml", fallingShare),
    ScenarioCase("width-change-at-midnight.yaml", widthChangeAtMidnight),
    ScenarioCase("official-client.yaml", officialClient),
  ]

  private static func badNetwork() async throws {
    let recorded = try await trades(ScenarioPlay("bad-network.yaml", faulty: false))
    let play = try ScenarioPlay("bad-network.yaml")
    let came = try await trades(play)
    // Of a frame that was split at the end the rest is still to come.
    let strangers = Set(came).subtracting(recorded).filter { came in !recorded.contains { $0.hasPrefix(came) } }
    #expect(strangers.isEmpty)
    #expect(Set(came).count < Set(recorded).count, "some are lost")
    #expect(Set(came).count < came.count, "some are repeated")
    let places = came.compactMap { recorded.firstIndex(of: $0) }
    #expect(places != places.sorted(), "some are in another order")
    #expect(try await trades(ScenarioPlay("bad-network.yaml")) == came)
    #expect(await play.isMet)
  }

  private static func viHalt() async throws {
    let play = try ScenarioPlay("vi-halt.yaml")
    let client = try await play.client(
      ("H0UNMKO0", "005930"), ("H0STCNT0", "005930"), ("H0STASP0", "005930"), ("H0STCNT0", "000660"))
    await play.pass(2.9)
    #expect(!client.frames(of: "H0STCNT0", "005930").isEmpty && client.frames(of: "H0UNMKO0").isEmpty)
    await play.pass(0.2)
    #expect(client.frames(of: "H0UNMKO0") == ["0|H0UNMKO0|001|005930^N^(null)^AB1^112^^^55^N^"])
    let before = ["H0STCNT0", "H0STASP0"].map { client.frames(of: $0, "005930").count }
    let others = client.frames(of: "H0STCNT0", "000660").count
    await play.pass(11.8)
    #expect(client.frames(of: "H0STCNT0", "005930").count == before[0])
    #expect(client.frames(of: "H0STASP0", "005930").count > before[1])
    #expect(client.frames(of: "H0STCNT0", "000660").count > others)
    await play.pass(5)
    #expect(client.frames(of: "H0UNMKO0").last?.contains("^311^") == true)
    #expect(client.frames(of: "H0STCNT0", "005930").count > before[0])
    #expect(await play.isMet)
  }

  private static func fallingShare() async throws {
    let play = try ScenarioPlay("falling-share.yaml")
    let client = try await play.client(("H0STCNT0", "005930"), ("H0STASP0", "005930"), ("H0STCNT0", "000660"))
    func price(_ id: String, _ key: String, _ value: Int) throws -> Int {
      let frame = try Frame(parsing: try #require(client.frames(of: id, key).last))
      return try #require(try frame.records().last.flatMap { Int(Array($0)[value]) })
    }
    await play.pass(19)
    let before = try price("H0STCNT0", "005930", 2)
    let other = client.frames(of: "H0STCNT0", "000660").count
    await play.pass(65)
    let after = try price("H0STCNT0", "005930", 2)
    #expect((before * 94 / 100...before * 96 / 100).contains(after))
    // The best ask of the book.
    #expect(abs(try price("H0STASP0", "005930", 3) - after) < before / 50)
    #expect(client.frames(of: "H0STCNT0", "000660").count > other)
  }

  private static func widthChangeAtMidnight() async throws {
    let play = try ScenarioPlay("width-change-at-midnight.yaml")
    let client = try await play.client(("H0STCNT0", "005930"), ("H0STASP0", "005930"))
    await play.pass(11.9)
    #expect(try widths(client, "H0STCNT0") == [46] && widths(client, "H0STASP0") == [62])
    await play.pass(12)
    #expect(try widths(client, "H0STCNT0") == [46, 47] && widths(client, "H0STASP0") == [62, 63])
    await play.pass(30)
    #expect(await play.isMet)
  }

  private static func officialClient() async throws {
    let play = try ScenarioPlay("official-client.yaml")
    let client = try await play.client(
      ("H0STCNI0", "kismock"), ("H0STASP0", "035420"), ("H0STASP0", "005930"), ("H0STASP0", "000660"))
    let replies = try client.sink.texts.map { try RegistrationReply(parsing: $0) }
    #expect(replies.map(\.code) == Array(repeating: "OPSP0000", count: 4))
    #expect(replies[0].header?.encrypt == "N")
    await play.pass(62)
    #expect(client.frames(of: "H0STCNI0").first?.hasPrefix("1|") == true)
    #expect(client.frames(of: "H0STASP0", "|035420^").isEmpty && !client.frames(of: "H0STASP0", "|005930^").isEmpty)
    let isBroken = client.sink.wire.contains(0xFF)
    #expect(isBroken, "a byte that is no UTF-8")
    #expect(await play.isMet)
  }

  /// Every trade that a client gets in the ten minutes.
  private static func trades(_ play: ScenarioPlay) async throws -> [String] {
    let client = try await play.client(("H0STCNT0", "005930"), ("H0STCNT0", "000660"), ("H0STCNT0", "035420"))
    // The recording, and not the market that goes on behind it.
    await play.pass(10)
    return client.sink.frames
  }

  /// How many values the records of a TR had, each number once, in the order in which they came.
  private static func widths(_ client: ScenarioPlay.Client, _ id: String) throws -> [Int] {
    var widths: [Int] = []
    for text in client.frames(of: id) {
      let width = try Frame(parsing: text).records().width
      if widths.last != width { widths.append(width) }
    }
    return widths
  }
}
