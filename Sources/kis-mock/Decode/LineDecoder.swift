import KISWire

/// Turns lines with realtime messages into lines of JSON.
struct LineDecoder {
  private let dialect: Dialect
  private var cipher: PayloadCipher?
  /// A cipher given by hand wins over those of registration answers.
  private let learnsCipher: Bool
  private var heads: [TransactionID: RecordJSON] = [:]

  init(dialect: Dialect, cipher: PayloadCipher? = nil) {
    self.dialect = dialect
    self.cipher = cipher
    learnsCipher = cipher == nil
  }

  /// Appends one line of JSON for every record of a message; nothing for a blank line, an answer or a heartbeat.
  ///
  /// - Throws: ``WireError`` with the offset in the line, or in the decrypted text when the line was encrypted.
  mutating func decode(_ line: [UInt8], into output: inout [UInt8]) throws(WireError) {
    guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
    guard first == UInt8(ascii: "{") else {
      try append(try Frame(parsing: line), to: &output)
      return
    }
    switch try RealtimeMessage(parsing: line) {
    case .frame(let frame): try append(frame, to: &output)
    case .registration(let reply): if learnsCipher, let cipher = try reply.cipher() { self.cipher = cipher }
    case .pingPong: break
    case .unknown(let json):
      throw WireError(
        .frame, expected: "a frame, an answer to a registration, or PINGPONG", found: json.text, at: 0)
    }
  }

  private mutating func append(_ frame: Frame, to output: inout [UInt8]) throws(WireError) {
    let records = try plain(frame).records()
    let json = heads[frame.transactionID] ?? RecordJSON(dialect.layout(of: frame.transactionID))
    heads[frame.transactionID] = json
    for record in records {
      json.append(record, to: &output)
      output.append(UInt8(ascii: "\n"))
    }
  }

  private func plain(_ frame: Frame) throws(WireError) -> Frame {
    guard frame.flag == .encrypted else { return frame }
    guard let cipher else {
      throw WireError(
        .cipher, expected: "a key and an iv: give --key and --iv, or let the registration's answer come first",
        found: "an encrypted frame", at: 0)
    }
    return try cipher.decrypt(frame)
  }
}
