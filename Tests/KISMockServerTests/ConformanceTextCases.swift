extension ConformanceCases {
  /// Autobahn's section 6: UTF-8, whole, in fragments, octet by octet. Sequences after Markus Kuhn's stress test, as there.
  static let text: [ConformanceCase] =
    validText.flatMap { text in
      let bytes = Array(ConformanceCase.message(text).utf8)
      let whole = ConformanceCase("6.2 valid \(text)", [ClientFrame.frame(1, bytes)], .answer(text))
      let octets = bytes.indices.map { index in
        ClientFrame.frame(index == 0 ? 1 : 0, [bytes[index]], fin: index == bytes.count - 1)
      }
      return [whole, ConformanceCase("6.2 valid \(text), octet fragments", octets, .answer(text))]
    }
    + invalidText.flatMap { bytes in
      let start = Array("good ".utf8)
      return [
        ConformanceCase("6.3 invalid \(bytes)", [ClientFrame.frame(1, start + bytes)], .close(1007)),
        ConformanceCase(
          "6.3 invalid \(bytes) in fragments",
          [ClientFrame.frame(1, start, fin: false)]
            + bytes.indices.map { ClientFrame.frame(0, [bytes[$0]], fin: $0 == bytes.count - 1) },
          .close(1007)),
        ConformanceCase("6.3 invalid \(bytes)", [ClientFrame.frame(1, start + bytes)], .close(1007)).chopped,
      ]
    } + [
      ConformanceCase(
        "6.4 fails before the message ends",
        [ClientFrame.frame(1, Array("κόσμε".utf8) + [0xF4, 0x90], fin: false), ClientFrame.ping()], .close(1007))
    ]

  private static let validText = [
    "Hello-µ@ßöäüàá-UTF-8!!", "κόσμε", "한글 실시간", "\u{80}", "\u{7F}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10000}",
    "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10FFFF}", "\u{FFFE}", "\u{1FFFF}", "𝄞",
  ]

  private static let invalidText: [[UInt8]] = [
    [0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xCF, 0x83, 0xCE, 0xBC, 0xCE, 0xB5, 0xED, 0xA0, 0x80, 0x65, 0x64],
    // Lonely continuation bytes.
    [0x80], [0xBF], [0x80, 0xBF], [0x80, 0xBF, 0x80],
    // Lonely start bytes.
    [0xC0, 0x20], [0xDF, 0x20], [0xE0, 0x20], [0xEF, 0x20], [0xF0, 0x20], [0xF7, 0x20], [0xF8], [0xFC], [0xFE], [0xFF],
    // The last byte is missing.
    [0xC3], [0xDF], [0xE0, 0xA0], [0xEF, 0xBF], [0xF0, 0x90, 0x80], [0xF4, 0x8F, 0xBF],
    // Beyond Unicode.
    [0xF4, 0x90, 0x80, 0x80], [0xF7, 0xBF, 0xBF, 0xBF], [0xF8, 0x88, 0x80, 0x80, 0x80],
    [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
    // Longer than needed.
    [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xC0, 0x80],
    // Surrogates.
    [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80],
  ]
}
