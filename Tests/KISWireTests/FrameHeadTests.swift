import Testing

@testable import KISWire

@Suite("The head of a frame")
struct FrameHeadTests {
  private func read(_ text: String) -> (id: String, key: String, count: Int, isEncrypted: Bool)? {
    Array(text.utf8).withUnsafeBytes { bytes in
      FrameHead(bytes).map { head in
        (
          String(decoding: bytes[head.transactionID], as: UTF8.self), String(decoding: bytes[head.key], as: UTF8.self),
          head.count, head.isEncrypted
        )
      }
    }
  }

  @Test("tells tr_id, tr_key, count and flag")
  func reads() throws {
    let plain = try #require(read("0|H0UPPGM0|012|0001^085913^0"))
    #expect(plain == ("H0UPPGM0", "0001", 12, false))
    let notice = try #require(read("1|H0STCNI0|001|HTSID"))
    #expect(notice == ("H0STCNI0", "HTSID", 1, true))
    let empty = try #require(read("0|H0STCNT0|x1|"))
    #expect(empty == ("H0STCNT0", "", 0, false))
  }

  @Test(
    "is nil for whatever is no data message",
    arguments: [
      "", "0", "0|", "0|A|0", "2|A|001|x", #"{"header":{"tr_id":"PINGPONG"}}"#, "0|A", "0|A|0000000001|x",
      "0|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|001|x",
    ])
  func refuses(text: String) {
    #expect(read(text) == nil)
  }
}
