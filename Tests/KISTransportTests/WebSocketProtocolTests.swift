import KISTransport
import NIOCore
import NIOWebSocket
import Testing

@Suite("The WebSocket protocol")
struct WebSocketProtocolTests {
  @Test("reads whole conversations", arguments: messages + controls + closes + violations + brokenText)
  func playsPlaybook(_ playbook: Playbook) {
    var connection = WebSocketProtocol(role: .server, maximumMessageSize: 200)
    for (index, line) in playbook.lines.enumerated() {
      let received = connection.receive(line.frame)
      if let code = line.received.violationCode {
        #expect(received.violationCode == code, "line \(index)")
      } else {
        #expect(received == line.received, "line \(index)")
      }
    }
  }

  static let messages: [Playbook] = [
    Playbook("one frame", .init(.text("hello"), .text("hello"))),
    Playbook("an empty message", .init(.text(""), .text(""))),
    Playbook("binary", .init(.frame(.binary, [0, 0xFF]), .binary(ByteBuffer(bytes: [0, 0xFF])))),
    Playbook(
      "three fragments", .init(.text("a", fin: false), .nothing), .init(.more("b", fin: false), .nothing),
      .init(.more("c"), .text("abc"))),
    Playbook(
      "a ping between fragments", .init(.text("a", fin: false), .nothing), .init(.ping("p"), .ping("p")),
      .init(.more("b"), .text("ab")), .init(.text("next"), .text("next"))),
    Playbook(
      "a code point cut between fragments", .init(.frame(.text, [0xED, 0x95], fin: false), .nothing),
      .init(.frame(.continuation, [0x9C]), .text("한"))),
    Playbook(
      "empty fragments", .init(.text("", fin: false), .nothing), .init(.more("", fin: false), .nothing),
      .init(.more(""), .text(""))),
    Playbook(
      "exactly the limit in two fragments",
      .init(.text(String(repeating: "a", count: 100), fin: false), .nothing),
      .init(.more(String(repeating: "a", count: 100)), .text(String(repeating: "a", count: 200)))),
  ]

  static let controls: [Playbook] = [
    Playbook("a ping of 125 bytes", .init(.ping(longest), .ping(longest))),
    Playbook("an unsolicited pong", .init(.frame(.pong, [1]), .pong(ByteBuffer(bytes: [1])))),
    Playbook("pings keep their order", .init(.ping("1"), .ping("1")), .init(.ping("2"), .ping("2"))),
    Playbook("a ping of 126 bytes", .init(.ping(longest + "x"), .fails(.protocolError))),
    Playbook("a fragmented ping", .init(.frame(.ping, [], fin: false), .fails(.protocolError))),
    Playbook("a fragmented close", .init(.frame(.connectionClose, [], fin: false), .fails(.protocolError))),
  ]

  private static let longest = String(repeating: "p", count: 125)

  static let closes: [Playbook] =
    [
      Playbook(
        "an empty close, and silence after it",
        .init(.frame(.connectionClose, []), .close(WebSocketClose(nil), answerDue: true)),
        .init(.text("late"), .nothing), .init(.ping("late"), .nothing),
        .init(.frame(.connectionClose, []), .nothing)),
      Playbook(
        "a close with a Korean reason",
        .init(.close(1001, "장 마감"), .close(WebSocketClose(.goingAway, reason: "장 마감"), answerDue: true))),
      Playbook("a close of one byte", .init(.frame(.connectionClose, [3]), .fails(.protocolError))),
      Playbook(
        "a reason that is not UTF-8", .init(.frame(.connectionClose, [3, 0xE8, 0xC0]), .fails(.invalidPayload))),
      Playbook(
        "a close in the middle of a message", .init(.text("a", fin: false), .nothing),
        .init(.close(1000), .close(WebSocketClose(.normal), answerDue: true)), .init(.more("b"), .nothing)),
    ]
    + [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1014, 3000, 3999, 4000, 4999].map { code in
      Playbook(
        "close code \(code)",
        .init(.close(code), .close(WebSocketClose(WebSocketCloseCode(code)), answerDue: true)))
    }
    + [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map { code in
      Playbook("close code \(code)", .init(.close(code), .fails(.protocolError)), .init(.text("late"), .nothing))
    }

  static let violations: [Playbook] =
    [
      Playbook("an unmasked client frame", .init(.frame(.text, [97], masked: false), .fails(.protocolError))),
      Playbook("a continuation of nothing", .init(.more("a"), .fails(.protocolError))),
      Playbook(
        "a continuation after the last fragment", .init(.text("a", fin: false), .nothing),
        .init(.more("b"), .text("ab")), .init(.more("c"), .fails(.protocolError))),
      Playbook(
        "text inside a fragmented message", .init(.text("a", fin: false), .nothing),
        .init(.text("b"), .fails(.protocolError))),
      Playbook(
        "binary inside a fragmented message", .init(.text("a", fin: false), .nothing),
        .init(.frame(.binary, [1], fin: false), .fails(.protocolError))),
      Playbook(
        "a message above the limit in two fragments",
        .init(.text(String(repeating: "a", count: 150), fin: false), .nothing),
        .init(.more(String(repeating: "a", count: 51)), .fails(.messageTooBig))),
      Playbook(
        "good, bad, nothing", .init(.text("good"), .text("good")),
        .init(.frame(.text, [97], rsv: 2), .fails(.protocolError)), .init(.text("late"), .nothing)),
    ]
    + (1...7).map { bits in
      Playbook("reserved bits \(bits)", .init(.frame(.text, [97], rsv: bits), .fails(.protocolError)))
    }
    + [3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF].map { (number: UInt8) in
      let opcode = WebSocketOpcode(encodedWebSocketOpcode: number) ?? .text
      return Playbook("reserved opcode \(number)", .init(.frame(opcode, []), .fails(.protocolError)))
    }

  static let brokenText: [Playbook] = [
    Playbook("a lone continuation byte", .init(.frame(.text, [0x80]), .fails(.invalidPayload))),
    Playbook("a cut code point at the end", .init(.frame(.text, [0xED, 0x95]), .fails(.invalidPayload))),
    Playbook(
      "a bad byte in the second fragment", .init(.text("κό", fin: false), .nothing),
      .init(.frame(.continuation, [0xED, 0xA0], fin: false), .fails(.invalidPayload))),
    Playbook(
      "a cut code point that the last fragment does not finish",
      .init(.frame(.text, [0xF4, 0x8F], fin: false), .nothing), .init(.more(""), .fails(.invalidPayload))),
  ]

  @Test("a client refuses masked frames and takes plain ones")
  func clientWantsPlainFrames() {
    var connection = WebSocketProtocol(role: .client)
    let plain = connection.receive(.frame(.text, [97], masked: false))
    let masked = connection.receive(.text("a"))
    #expect(plain == .text("a"))
    #expect(masked.violationCode == .protocolError)
  }

  @Test("text is left alone where broken text has to be lived with")
  func lenientAboutText() {
    var connection = WebSocketProtocol(role: .server, checksText: false)
    let received = connection.receive(.frame(.text, [0x80]))
    #expect(received == .text(ByteBuffer(bytes: [0x80])))
  }

  @Test("our own close needs no second one when the answer comes, and messages still arrive until then")
  func ownClose() {
    var connection = WebSocketProtocol(role: .server)
    let closes = [connection.beginClose(), connection.beginClose()]
    let late = connection.receive(.text("late"))
    let answer = connection.receive(.close(1000))
    #expect(closes == [true, false])
    #expect(late == .text("late"))
    #expect(answer == .close(WebSocketClose(.normal), answerDue: false))
  }

  @Test("no close is begun after the peer's or after a violation", arguments: [WebSocketFrame.close(1000), .more("a")])
  func noCloseAfterTheEnd(_ last: WebSocketFrame) {
    var connection = WebSocketProtocol(role: .server)
    _ = connection.receive(last)
    let begun = connection.beginClose()
    #expect(!begun)
  }
}
