import KISRecording
import KISWire
import Testing

extension FaultStage {
  /// The answer to an upgrade.
  static let upgraded = Array(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nConnection: upgrade\r\n\r\n"
      .utf8)

  /// What is played at a second, from 1 on: program trading of 0001, two records of 1001, a notice for `kismock`.
  static func message(_ second: Int, _ key: String = "0001") -> String {
    switch key {
    case "1001": "0|H0UPPGM0|002|1001^\(second)^a^1001^\(second)^b"
    case "kismock": "1|H0STCNI0|001|kismock^5000000001^000000000\(second)^02^0"
    default: "0|H0UPPGM0|001|0001^09000\(second)^\(second)"
    }
  }

  static let recording: [UInt8] = {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "a test",
      title: "a message a second"
    ).appendLine(to: &bytes)
    for second in 1...9 {
      for key in ["0001", "1001", "kismock"] {
        RecordedEvent(at: RecordedTime(.seconds(second)), .message(Array(message(second, key).utf8), from: .server))
          .appendLine(to: &bytes)
      }
    }
    return bytes
  }()
}

/// Frames as a server sends them, written down here once more.
enum ServerFrame {
  static func frame(_ firstByte: UInt8, _ payload: [UInt8], length: Int? = nil, masked: Bool = false) -> [UInt8] {
    let length = length ?? payload.count
    let maskBit: UInt8 = masked ? 0x80 : 0
    let header =
      length < 126 ? [maskBit | UInt8(length)] : [maskBit | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
    return [firstByte] + header + payload
  }

  static func text(_ text: String) -> [UInt8] { frame(0x81, Array(text.utf8)) }

  /// The message of a second.
  static func message(_ second: Int, _ key: String = "0001") -> [UInt8] { text(FaultStage.message(second, key)) }

  static func close(_ code: UInt16, _ reason: String = "") -> [UInt8] {
    frame(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
  }
}

extension RawSocket {
  /// These bytes come next.
  func expect(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let came = try await take(bytes.count) ?? pending()
    let isSame = came == bytes
    #expect(isSame, "\(came.readable) instead of \(bytes.readable)", sourceLocation: sourceLocation)
  }

  func expect(text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await expect(ServerFrame.text(text), sourceLocation: sourceLocation)
  }

  /// Nothing but the end comes next.
  func expectEnd(_ expected: End, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let bytes = try await rest()
    let isEmpty = bytes.isEmpty
    #expect(isEmpty, "\(bytes.readable)", sourceLocation: sourceLocation)
    #expect(end == expected, sourceLocation: sourceLocation)
  }

  /// The next text message.
  func takeText() async throws -> [UInt8] {
    guard let header = try await take(2), header[0] == 0x81, header[1] <= 126 else { return [] }
    guard header[1] == 126 else { return try await take(Int(header[1])) ?? [] }
    let length = try await take(2) ?? [0, 0]
    return try await take(Int(length[0]) << 8 | Int(length[1])) ?? []
  }

  /// SUBSCRIBE SUCCESS comes next.
  /// - Returns: the cipher it carries.
  func expectSuccess(
    _ id: TransactionID, _ key: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> PayloadCipher {
    let text = String(decoding: try await takeText(), as: UTF8.self)
    let output = try #require(try RegistrationReply(parsing: text).output, "\(text)", sourceLocation: sourceLocation)
    let encrypt = id == "H0STCNI0" ? "Y" : "N"
    #expect(
      text
        == #"{"header":{"tr_id":"\#(id)","tr_key":"\#(key)","encrypt":"\#(encrypt)"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"\#(output.iv)","key":"\#(output.key)"}}}"#,
      sourceLocation: sourceLocation)
    return try PayloadCipher(iv: output.iv, key: output.key)
  }
}
