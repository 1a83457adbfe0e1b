import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("Messages put into a batch")
struct FrameBatchBuilderTests {
  private func destinations(_ texts: [String], on connections: [Int?] = []) throws -> [String] {
    let routes = RouteTable()
    var builder = FrameBatchBuilder(routes: routes)
    for (index, text) in texts.enumerated() {
      let connection = index < connections.count ? connections[index] : nil
      Array(text.utf8).withUnsafeBytes { bytes in
        builder.append(bytes, at: 0, on: connection.map { RecordedConnection(recording: 1, number: $0) })
      }
    }
    let finished = builder.finish()
    let batch = try #require(finished)
    return try batch.messages.enumerated().map { index, message in
      let name = try #require(routes.name(of: message.route))
      let text = String(decoding: batch.text(of: index), as: UTF8.self)
      #expect(message.isEncrypted == (texts[index].first == "1") && text == texts[index])
      return "\(name.transactionID) \(name.key)" + (name.connection.map { " on \($0.number)" } ?? "")
    }
  }

  @Test("go where their own head says, however much they begin like the one in front")
  func heads() throws {
    let texts = [
      "0|H0UPPGM0|001|0001^1", "0|H0UPPGM0|001|0001^2", "0|H0UPPGM0|001|00012^3", "0|H0UPPGM0|002|0001^4",
      "0|H0UPPGM0|001|0001", "0|H0UPPGM0|001|00011", "0|H0UPPGM0|001|0001^", "0|H0UPPGM01|001|0001^5",
      "1|H0UPPGM0|001|0001^6",
      "0|X|1|", "0|X|1|^7", "0|X|1|8", "0|H0UPPGM0|001|0001^9",
    ]
    #expect(
      try destinations(texts) == [
        "H0UPPGM0 0001", "H0UPPGM0 0001", "H0UPPGM0 00012", "H0UPPGM0 0001", "H0UPPGM0 0001", "H0UPPGM0 00011",
        "H0UPPGM0 0001", "H0UPPGM01 0001", "H0UPPGM0 0001", "X ", "X ", "X 8", "H0UPPGM0 0001",
      ])
  }

  @Test("go to their own connection, and to their own route among more than are remembered")
  func connections() throws {
    let text = "0|H0UPPGM0|001|0001^1"
    #expect(
      try destinations([text, text, text, text], on: [nil, 1, 1, 2]) == [
        "H0UPPGM0 0001", "H0UPPGM0 0001 on 1", "H0UPPGM0 0001 on 1", "H0UPPGM0 0001 on 2",
      ])
    let keys = (0..<40).map { 100_000 + $0 % 12 }
    #expect(try destinations(keys.map { "0|H0STCNT0|001|\($0)^1" }) == keys.map { "H0STCNT0 \($0)" })
  }
}
