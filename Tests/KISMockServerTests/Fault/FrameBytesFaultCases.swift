import KISSandbox
import KISWire
import Testing

/// Faults of a frame's bytes: its characters, and what RFC 6455 does not allow.
enum FrameBytesFaultCases {
  private static let text = Array(FaultStage.message(1).utf8)
  private static let next = ServerFrame.message(2)

  static let all: [FaultCase] = characters + framing

  private static let characters = [
    FaultCase("{name: ws-corrupt-frame, times: 1, characters: 2}") { stage in
      let came = try await firstText(stage)
      let changed = zip(came, text).filter { $0 != $1 }
      #expect(came.count == text.count && (1...2).contains(changed.count))
      #expect(String(validating: came, as: UTF8.self) != nil)
      #expect(came.starts(with: Array("0|H0UPPGM0|001|".utf8)))
    },
    FaultCase("{name: ws-truncate-frame, times: 1, percent: 50}") { stage in
      let client = try await firstMessage(stage)
      try await client.expect(ServerFrame.frame(0x81, Array(text.prefix(text.count / 2))) + next)
    },
    FaultCase("{name: ws-invalid-utf8, times: 1}") { stage in
      let came = try await firstText(stage)
      let changed = zip(came, text).filter { $0 != $1 }.map(\.0)
      #expect(came.count == text.count && changed == [0xFF])
    },
    FaultCase("{name: ws-oversize, times: 1, bytes: 2048}") { stage in
      let came = try await firstText(stage)
      let parts = came.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
      #expect(came.count >= 2_048 && came.count < 2_100)
      let count = try #require(Int(parts[2]))
      #expect(parts[3] == Array(repeating: "0001^090001^1", count: count).joined(separator: "^"))
    },
  ]

  private static let framing = [
    FaultCase("{name: ws-fragment, times: 1, fragments: 3}") { stage in
      let client = try await firstMessage(stage)
      let (a, b) = (text.count / 3, text.count * 2 / 3)
      let fragments =
        ServerFrame.frame(0x01, Array(text[..<a])) + ServerFrame.frame(0x00, Array(text[a..<b]))
        + ServerFrame.frame(0x80, Array(text[b...]))
      try await client.expect(fragments + next)
    },
    FaultCase("{name: ws-masked-frame, times: 1}") { stage in
      let client = try await firstMessage(stage)
      try await client.expect([0x81, 0x80 | UInt8(text.count)])
      let mask = try #require(try await client.take(4))
      try await client.expect(text.enumerated().map { $1 ^ mask[$0 % 4] } + next)
    },
    FaultCase("{name: ws-reserved-bits, times: 1}") { stage in
      try await firstMessage(stage).expect(ServerFrame.frame(0xC1, text) + next)
    },
    FaultCase("{name: ws-unknown-opcode, times: 1, opcode: 11}") { stage in
      try await firstMessage(stage).expect(ServerFrame.frame(0x8B, text) + next)
    },
    FaultCase("{name: ws-binary-frame, times: 1}") { stage in
      try await firstMessage(stage).expect(ServerFrame.frame(0x82, text) + next)
    },
    FaultCase("{name: ws-wrong-length, times: 1, bytes: 5}") { stage in
      try await firstMessage(stage).expect(ServerFrame.frame(0x81, text, length: text.count + 5) + next)
    },
    FaultCase("{name: ws-cut-in-frame, times: 1}") { stage in
      let client = try await firstMessage(stage)
      try await client.expect(Array(ServerFrame.text(FaultStage.message(1)).prefix(2 + text.count / 2)))
      try await client.expectEnd(.finished)
    },
  ]

  /// A client for which two messages are on their way, the first of them with the fault.
  private static func firstMessage(_ stage: FaultStage) async throws -> RawSocket {
    let client = try await stage.registeredClient()
    await stage.play(seconds: 2)
    return client
  }

  /// The text of the first message, behind which the second is whole.
  private static func firstText(_ stage: FaultStage) async throws -> [UInt8] {
    let client = try await firstMessage(stage)
    let text = try await client.takeText()
    try await client.expect(next)
    return text
  }
}
