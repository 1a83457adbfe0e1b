/// The server cases of the Autobahn test suite as a list of our own. Binary messages (its 1.2) are refused by KIS's
/// service, which speaks text, so here too; compression (its 12 and 13) is declined.
enum ConformanceCases {
  private typealias Case = ConformanceCase
  private typealias Frame = ClientFrame

  private static func message(_ text: String, cut: Int? = nil) -> [[UInt8]] {
    let bytes = Array(Case.message(text).utf8)
    guard let cut else { return [Frame.frame(1, bytes)] }
    var frames: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: cut) {
      let end = min(start + cut, bytes.count)
      frames.append(Frame.frame(start == 0 ? 1 : 0, Array(bytes[start..<end]), fin: end == bytes.count))
    }
    return frames
  }

  static let framing: [ConformanceCase] =
    [Case("1.1.1 empty text", [Frame.text("")], .refusal)]
    + [125, 126, 127, 128, 1_000, 65_535, 65_536].map { length in
      let text = Case.text(forLength: length)
      return Case("1.1 text of \(length) bytes", message(text), .answer(text))
    }
    + [0, 125, 126, 65_535, 65_536].map { length in
      Case("1.2 binary of \(length) bytes", [Frame.frame(2, Array(repeating: 0xFE, count: length))], .close(1003))
    }

  private static let longest = Array(repeating: UInt8(0xFE), count: 125)
  private static let tenPings = Case(
    "2.10 ten pings", (0..<10).map { Frame.ping("payload-\($0)") }, .pong(payload(0)), .pong(payload(1)),
    .pong(payload(2)), .pong(payload(3)), .pong(payload(4)), .pong(payload(5)), .pong(payload(6)), .pong(payload(7)),
    .pong(payload(8)), .pong(payload(9)))
  private static func payload(_ number: Int) -> [UInt8] { Array("payload-\(number)".utf8) }

  static let pings: [ConformanceCase] = [
    Case("2.1 an empty ping", [Frame.ping()], .pong([])),
    Case("2.2 a ping with text", [Frame.ping("Hello, world!")], .pong(Array("Hello, world!".utf8))),
    Case("2.3 a ping with bytes", [Frame.frame(9, [0, 0xFF, 0xFE, 0])], .pong([0, 0xFF, 0xFE, 0])),
    Case("2.4 a ping of 125 bytes", [Frame.frame(9, longest)], .pong(longest)),
    Case("2.5 a ping of 126 bytes", [Frame.frame(9, longest + [1])], .close(1002)),
    Case("2.6 a ping of 125 bytes", [Frame.frame(9, longest)], .pong(longest)).chopped,
    Case("2.7 an unsolicited empty pong", [Frame.frame(10)]),
    Case("2.8 an unsolicited pong", [Frame.frame(10, [1, 2])]),
    Case("2.9 an unsolicited pong, then a ping", [Frame.frame(10, [1]), Frame.ping("p")], .pong([0x70])),
    tenPings, tenPings.chopped,
  ]

  static let reservedBits: [ConformanceCase] = {
    let between = [message("a"), [Frame.frame(1, Array("b".utf8), reserved: 2)], [Frame.ping()]].flatMap { $0 }
    let after = Case("3.2 RSV 2 after a good message", between, .answer("a"), .close(1002))
    return [
      Case("3.1 RSV 1", [Frame.frame(1, [0x61], reserved: 1)], .close(1002)), after, after.joined, after.chopped,
      Case("3.5 RSV 5, binary", [Frame.frame(2, [0], reserved: 5)], .close(1002)),
      Case("3.6 RSV 6, ping", [Frame.frame(9, reserved: 6)], .close(1002)),
      Case("3.7 RSV 7, close", [Frame.frame(8, reserved: 7)], .close(1002)),
      Case("12 compressed although it was not agreed", [Frame.frame(1, [0x61], reserved: 4)], .close(1002)),
      Case("unmasked", [Frame.frame(1, [0x61], mask: nil)], .close(1002)),
    ]
  }()

  static let opcodes: [ConformanceCase] = ([3, 4, 5, 6, 7] + [11, 12, 13, 14, 15] as [UInt8]).flatMap { opcode in
    [
      Case("4 opcode \(opcode)", [Frame.frame(opcode)], .close(1002)),
      Case("4 opcode \(opcode) with payload", [Frame.frame(opcode, [1, 2, 3])], .close(1002)),
      Case(
        "4 opcode \(opcode) after a message", message("a") + [Frame.frame(opcode), Frame.ping()], .answer("a"),
        .close(1002)),
    ]
  }

  static let fragmentation: [ConformanceCase] = {
    let two = Case("5.3 two fragments", message("fragment1fragment2", cut: 70), .answer("fragment1fragment2"))
    let parts = message("fragments", cut: 30)
    let withPing = Case(
      "5.6 a ping between fragments", [parts[0], Frame.ping("p")] + parts[1...], .pong([0x70]), .answer("fragments"))
    let nothing = Case(
      "5.9 a continuation of nothing", [Frame.more("a"), message("b")[0]], .close(1002))
    let nothingOpen = Case(
      "5.12 an open continuation of nothing", [Frame.more("a", fin: false), message("b")[0]], .close(1002))
    let manyPings = Case(
      "5.19 fragments and pings", [parts[0], Frame.ping("1"), parts[1], Frame.ping("2")] + parts[2...],
      .pong([0x31]), .pong([0x32]), .answer("fragments"))
    return [
      Case("5.1 a fragmented ping", [Frame.frame(9, [1], fin: false), Frame.frame(0, [2])], .close(1002)),
      Case("5.2 a fragmented pong", [Frame.frame(10, [1], fin: false), Frame.frame(0, [2])], .close(1002)),
      two, two.joined, two.chopped, withPing, withPing.joined, withPing.chopped, nothing, nothing.joined,
      nothing.chopped, nothingOpen, nothingOpen.joined, nothingOpen.chopped,
      Case(
        "5.15 a continuation behind a whole fragmented message",
        message("a", cut: 70) + [Frame.more("x", fin: false), message("b")[0]], .answer("a"), .close(1002)),
      Case("5.18 text in fragmented text", [Frame.text("a", fin: false), Frame.text("b")], .close(1002)),
      manyPings, manyPings.chopped,
      Case("octet fragments", message("한글 κόσμε", cut: 1), .answer("한글 κόσμε")),
      Case("empty fragments", [Frame.text("", fin: false), Frame.more("", fin: false), Frame.more("")], .refusal),
    ]
  }()

  static let closing: [ConformanceCase] =
    [
      Case("7.1.1 a message, then a close", message("a") + [Frame.close(1000)], .answer("a"), .close(1000)),
      Case("7.1.2 two closes", [Frame.close(1000), Frame.close(1000)], .close(1000)),
      Case("7.1.3 a ping after the close", [Frame.close(1000), Frame.ping()], .close(1000)),
      Case("7.1.4 text after the close", [Frame.close(1000)] + message("late"), .close(1000)),
      Case(
        "7.1.5 a close between fragments", [Frame.text("a", fin: false), Frame.close(1000), Frame.more("b")],
        .close(1000)),
      Case("7.3.1 an empty close", [Frame.frame(8)], .close(nil)),
      Case("7.3.2 a close of one byte", [Frame.frame(8, [3])], .close(1002)),
      Case("7.3.4 a close with a reason", [Frame.close(1000, Array("bye".utf8))], .close(1000)),
      Case("7.3.5 the longest reason", [Frame.close(1000, Array(repeating: 0x2A, count: 123))], .close(1000)),
      Case("7.3.6 too long a reason", [Frame.close(1000, Array(repeating: 0x2A, count: 124))], .close(1002)),
      Case("7.5.1 a reason that is not UTF-8", [Frame.close(1000, [0xCE, 0xBA, 0xED, 0xA0, 0x80])], .close(1007)),
    ]
    + [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map { code in
      Case("7.7 close code \(code)", [Frame.close(code)], .close(code))
    }
    + [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map { code in
      Case("7.9 close code \(code)", [Frame.close(code)], .close(1002))
    }

  static let limits: [ConformanceCase] =
    [64, 256, 1_300, 4_096, 16_384].map { size in
      let text = Case.text(forLength: 65_536)
      return Case("9 64 KiB in fragments of \(size)", message(text, cut: size), .answer(text))
    } + [
      Case("9 one byte above the limit", message(Case.text(forLength: 65_537)), .close(1009)),
      Case("9 one byte above the limit in fragments", message(Case.text(forLength: 65_537), cut: 4_096), .close(1009)),
      Case("9 a length of 63 bits", [[0x81, 0xFF, 0x7F] + Array(repeating: 0xFF, count: 7)], .close(1009)),
      Case(
        "9 a length with its highest bit set", [[0x81, 0xFF, 0xFF] + Array(repeating: 0xFF, count: 7)], .close(1009)),
    ]
}
