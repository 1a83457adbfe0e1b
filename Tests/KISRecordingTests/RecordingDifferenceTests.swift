import KISWire
import Testing

@testable import KISRecording

@Suite("The difference between two recordings")
struct RecordingDifferenceTests {
  private func difference(_ left: [RecordedEvent], _ right: [RecordedEvent]) throws -> RecordingDifference {
    func reader(_ events: [RecordedEvent]) throws -> RecordingReader {
      var bytes = Array(Samples.headerLine.utf8)
      for event in events { event.appendLine(to: &bytes) }
      return try RecordingReader(bytes: bytes)
    }
    return try RecordingDifference(of: reader(left), and: reader(right))
  }

  private func frame(_ time: RecordedTime, _ key: String, _ price: Int, on connection: Int = 1) -> RecordedEvent {
    RecordedEvent(
      at: time, on: connection, .message(Array("0|H0STCNT0|001|\(key)^090000^\(price)".utf8), from: .server))
  }

  @Test("is none where only the order of different keys, the numbers of connections and credentials differ")
  func meaning() throws {
    let reply = { (key: String) in
      RegistrationReply.registered(.init("H0STCNT0", key: "005930"), .init(iv: key, key: key)).bytes
    }
    let left = [
      RecordedEvent(at: 0, on: 1, .message(reply("a"), from: .server)), frame(1, "005930", 10), frame(1, "000660", 20),
      frame(2, "005930", 11, on: 2),
    ]
    let right = [
      RecordedEvent(at: 3, on: 7, .message(reply("b"), from: .server)), frame(4, "000660", 20, on: 7),
      frame(4, "005930", 10, on: 7), frame(9, "005930", 11, on: 4),
    ]
    let difference = try difference(left, right)
    #expect(difference.isEmpty)
    #expect(difference.same == 4)
  }

  @Test("names the first changed value by KIS's name, with both lines and what came before")
  func changed() throws {
    let left = (0..<10).map { frame(RecordedTime(nanoseconds: Int64($0)), "005930", 100 + $0) }
    var right = left
    right[4] = frame(4, "005930", 999)
    let difference = try difference(left, right)
    #expect(difference.same == 9)
    #expect(difference.counts == [.init(subject: "frame H0STCNT0 005930", kind: .changed, count: 1)])
    let first = try #require(difference.first)
    #expect(first.fields == [.init(name: "STCK_PRPR", left: "104", right: "999")])
    #expect(first.lines == (6, 6))
    #expect(first.context == [4, 5])
  }

  @Test("finds its way back after events that only one recording has")
  func missing() throws {
    let all = (0..<200).map { frame(RecordedTime(nanoseconds: Int64($0)), "005930", $0) }
    var fewer = all
    fewer.removeSubrange(50..<53)
    let difference = try difference(all, fewer)
    #expect(difference.same == 197)
    #expect(difference.counts == [.init(subject: "frame H0STCNT0 005930", kind: .missing, count: 3)])
    #expect(difference.first?.lines.0 == 52)
    let other = try self.difference(fewer, all)
    #expect(other.counts == [.init(subject: "frame H0STCNT0 005930", kind: .added, count: 3)])
  }

  @Test("shows values of answers by their path, and a status")
  func exchanges() throws {
    func exchange(_ price: String, _ status: Int) -> RecordedEvent {
      RecordedEvent(
        at: 0,
        .exchange(
          RecordedExchange(
            method: "GET", path: "/a", transactionID: "T", status: status,
            headers: [.init("gt_uid", "\(price)")], body: #"{"output":[{"stck_prpr":"\#(price)"}]}"#)))
    }
    let first = try #require(try difference([exchange("1", 200)], [exchange("2", 500)]).first)
    #expect(first.subject == "rest GET /a T")
    #expect(
      first.fields == [
        .init(name: "status", left: "200", right: "500"), .init(name: "output[0].stck_prpr", left: "1", right: "2"),
      ])
  }
}
