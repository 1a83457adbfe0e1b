import KISSandbox
import KISWire
import Testing

/// Faults of a frame's values.
enum FrameValuesFaultCases {
  static let all = [
    FaultCase("{name: count-mismatch, times: 1, extra: 2}") { stage in
      try await expect("0|H0UPPGM0|003|0001^090001^1", stage)
    },
    FaultCase("{name: extra-value, times: 1, values: 2}") { stage in
      try await expect("0|H0UPPGM0|002|1001^1^a^0^0^1001^1^b^0^0", stage, key: "1001")
    },
    FaultCase("{name: missing-value, times: 1, values: 1}") { stage in
      try await expect("0|H0UPPGM0|002|1001^1^1001^1", stage, key: "1001")
    },
    FaultCase("{name: wrong-key-in-frame, times: 1, key: \"777777\"}") { stage in
      try await expect("0|H0UPPGM0|002|777777^1^a^777777^1^b", stage, key: "1001")
    },
    FaultCase("{name: null-value, times: 1}") { stage in
      let client = try await stage.registeredClient()
      await stage.play(seconds: 2)
      let text = String(decoding: try await client.takeText(), as: UTF8.self)
      #expect(["0|H0UPPGM0|001|0001^(null)^1", "0|H0UPPGM0|001|0001^090001^(null)"].contains(text))
      try await client.expect(ServerFrame.message(2))
    },
  ]

  /// The first message becomes a text; the second is as it should be.
  private static func expect(_ text: String, _ stage: FaultStage, key: String = "0001") async throws {
    let client = try await stage.registeredClient("H0UPPGM0", key)
    await stage.play(seconds: 2)
    try await client.expect(ServerFrame.text(text) + ServerFrame.message(2, key))
  }
}
