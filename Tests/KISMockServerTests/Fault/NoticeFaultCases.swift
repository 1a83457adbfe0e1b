import Foundation
import KISSandbox
import KISWire
import Testing

/// Faults of a notice's encryption, seen by a client with the right iv and key.
enum NoticeFaultCases {
  private static let head = "1|H0STCNI0|001|"
  private static let plain = Array(FaultStage.message(1, "kismock").dropFirst(head.count).utf8)

  static let all = [
    FaultCase("{name: notice-bad-base64, times: 1}") { stage in
      let (payload, cipher) = try await firstNotice(stage)
      let good = try cipher.encrypt(plain)
      let changed = zip(payload, good).filter { $0 != $1 }.map(\.0)
      #expect(payload.count == good.count && changed == [UInt8(ascii: "!")])
      #expect(throws: WireError.self) { try cipher.decrypt(payload) }
    },
    FaultCase("{name: notice-bad-padding, times: 1}") { stage in
      let (payload, cipher) = try await firstNotice(stage)
      #expect(try #require(Data(base64Encoded: Data(payload))).count == (plain.count / 16 + 1) * 16)
      #expect(throws: WireError.self) { try cipher.decrypt(payload) }
    },
    FaultCase("{name: notice-wrong-iv, times: 1}") { stage in
      let (payload, cipher) = try await firstNotice(stage)
      let decrypted = try cipher.decrypt(payload)
      #expect(decrypted.prefix(16) != plain.prefix(16))
      #expect(decrypted.dropFirst(16) == plain.dropFirst(16))
    },
    FaultCase("{name: notice-wrong-key, times: 1}") { stage in
      let (payload, cipher) = try await firstNotice(stage)
      #expect(Data(base64Encoded: Data(payload)) != nil)
      #expect((try? cipher.decrypt(payload)) != plain)
    },
    FaultCase("{name: notice-plain, times: 1}") { stage in
      let (payload, _) = try await firstNotice(stage)
      #expect(payload == plain)
    },
  ]

  /// The payload of the first notice, which has the fault, and the cipher of the session; the second notice decrypts.
  private static func firstNotice(_ stage: FaultStage) async throws -> (payload: [UInt8], cipher: PayloadCipher) {
    let client = try await stage.registeringClient("H0STCNI0", "kismock")
    let cipher = try await client.expectSuccess("H0STCNI0", "kismock")
    await stage.play(seconds: 2)
    let first = try await client.takeText()
    #expect(first.starts(with: Array(head.utf8)))
    let second = try await client.takeText()
    let decrypted = try cipher.decrypt(second.dropFirst(head.count))
    #expect(Array(head.utf8) + decrypted == Array(FaultStage.message(2, "kismock").utf8))
    return (Array(first.dropFirst(head.count)), cipher)
  }
}
