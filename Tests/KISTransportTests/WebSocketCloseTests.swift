import KISTransport
import NIOCore
import Testing

@Suite("A close frame's payload")
struct WebSocketCloseTests {
  @Test(
    "reads back as written",
    arguments: [
      WebSocketClose(nil), WebSocketClose(.normal), WebSocketClose(.goingAway, reason: "장 마감"),
      WebSocketClose(WebSocketCloseCode(4999), reason: String(repeating: "r", count: 123)),
    ])
  func roundTrip(_ close: WebSocketClose) throws {
    #expect(try WebSocketClose(payload: close.payload) == close)
  }

  @Test("is code, then reason")
  func bytes() {
    #expect(WebSocketClose(.normal, reason: "ok").payload == ByteBuffer(bytes: [0x03, 0xE8, 0x6F, 0x6B]))
  }

  @Test("cuts a long reason after a whole character")
  func cutsReason() throws {
    let payload = WebSocketClose(.normal, reason: String(repeating: "한", count: 60)).payload
    #expect(payload.readableBytes == 2 + 41 * 3)
    #expect(try WebSocketClose(payload: payload).reason.count == 41)
  }
}
