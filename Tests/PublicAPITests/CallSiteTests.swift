import Foundation
import KISClient
import KISMockServer
import KISRecording
import KISTesting
import KISWire
import Testing

@Suite("From outside, with the products alone")
struct CallSiteTests {
  @Test("a frame becomes typed records")
  func decoding() throws {
    let text = Array("0|H0STPGM0|001|005930^093015^100^7000000^250^17500000^150^10500000^3^4^5".utf8)
    let trading = try Frame(parsing: text).records(in: .latest()).map(StockProgramTrading.init)
    #expect(trading.map(\.netQuantity) == [150])
    #expect(trading.first?.time == TimeOfDay("09:30:15"))
  }

  @Test("a recording is read, event by event")
  func reading() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../recordings/captured-paper.jsonl")
    var reader = try RecordingReader(path: file.standardized.path)
    var messages = 0
    while let event = try reader.next() {
      if case .message(_, from: .server) = event.content { messages += 1 }
    }
    #expect(reader.header.venue == .vts)
    #expect(messages > 0)
    reader.rewind()
    var last: (line: LineNumber, position: ByteCount) = (1, 0)
    try reader.read { event in
      #expect(event.line > last.line && event.position > last.position)
      last = (event.line, event.position)
      return .more
    }
    #expect(last.position < reader.size && last.position.bytes > 0)
  }

  @Test("a client streams", .mockKIS(clock: .virtual))
  func streaming() async throws {
    let mock = try MockKIS.current
    let configuration = ClientConfiguration(
      restURL: mock.addresses.rest, webSocketURL: mock.addresses.webSocket, appKey: Secret("key"),
      appSecret: Secret("secret"))
    try await withRealtimeClient(configuration) { client in
      for try await trading in try await client.programTrading("0001") {
        #expect(trading.code == "0001")
        break
      }
    }
  }

  @Test("a mock stands around a test and counts what was asked of it", .mockKIS(clock: .virtual))
  func counting() async throws {
    let mock = try MockKIS.current
    let client = RESTClient(
      ClientConfiguration(
        restURL: mock.addresses.rest, webSocketURL: mock.addresses.webSocket, appKey: Secret("key"),
        appSecret: Secret("secret")))
    for _ in 0..<3 { _ = try await client.foreignInstitutionTotal() }
    #expect(await mock.requests(to: "/oauth2/tokenP").count == 1)
    #expect(await mock.requests(to: "/uapi/*").count == 3)
  }

  @Test("a server is embedded, on a clock that the caller moves")
  func embedding() async throws {
    let clock = VirtualClock(wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9), autoAdvance: false)
    let server = try MockServer(.ephemeral, clock: clock)
    try await server.serving { server, addresses in
      #expect(addresses.rest.hasPrefix("http://127.0.0.1:"))
      clock.advance(by: .seconds(90))
      #expect(server.sandbox.clock.wallTime.timeOfDay == "090130")
    }
  }
}
