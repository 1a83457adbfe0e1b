import Foundation
import KISWire

/// Looks for what redaction should have taken away: secrets by their names, shapes and places, and text so random that it
/// can hardly be anything else.
public struct SecretLint: Sendable {
  /// Something that looks like a secret.
  public struct Finding: Sendable, Hashable {
    /// The line of the recording.
    public var line: LineNumber
    /// What it seems to be; nil for text that is merely random.
    public var kind: SecretKind?
    /// Its first characters, and how long it is: `PSq7… (36 characters)`.
    public var excerpt: String
  }

  /// What was found, at most ``limit`` of it.
  public private(set) var findings: [Finding] = []
  /// How much was found.
  public private(set) var count = 0
  /// Notices that are still encrypted, in which nobody can look.
  public private(set) var ciphertexts = 0
  /// Whether the recording ends in the middle of a line.
  public private(set) var isTruncated = false

  /// More findings than this tell nobody anything new.
  public static let limit = 100

  /// Reads a recording from its beginning.
  ///
  /// - Throws: ``RecordingError`` when a line is malformed.
  public init(_ recording: RecordingReader) throws {
    var reader = recording
    reader.rewind()
    let placeholders = Redaction(known: reader.header.placeholders)
    try reader.read { event in
      if case .serverMessage(let text) = event.content, isMarketData(text) { return .more }
      look(in: event.event.content, at: event.line, placeholders)
      return .more
    }
    isTruncated = reader.isTruncated
  }

  private mutating func look(in content: RecordedEvent.Content, at line: LineNumber, _ placeholders: Redaction) {
    if case .ciphertext = content { ciphertexts += 1 }
    var seen: Set<String> = []
    for (kind, secret) in EventSecrets.found(in: content)
    where !placeholders.isPlaceholder(secret) && secret.contains(where: { $0.isLetter || $0.isNumber })
      && seen.insert(secret).inserted
    {
      note(Finding(line: line, kind: kind, excerpt: SecretLint.excerpt(of: secret)))
    }
    var random: [String] = []
    var copy = content
    copy.replaceText { text, isMarketData in
      if !isMarketData { random += RandomText.runs(in: text) }
      return nil
    }
    for run in random
    where !seen.contains(where: { $0.contains(run) || run.contains($0) })
      && !placeholders.placeholders.contains(where: { $0.text.contains(run) || run.contains($0.text) })
    {
      seen.insert(run)
      note(Finding(line: line, kind: nil, excerpt: SecretLint.excerpt(of: run)))
    }
  }

  private mutating func note(_ finding: Finding) {
    count += 1
    if findings.count < SecretLint.limit { findings.append(finding) }
  }

  private static func excerpt(of secret: String) -> String { "\(secret.prefix(4))… (\(secret.count) characters)" }
}

/// Runs of characters that no person and no format writes, by their entropy.
private enum RandomText {
  static func runs(in text: UnsafeRawBufferPointer) -> [String] {
    var runs: [String] = []
    var start = 0
    for end in 0...text.count {
      if end < text.count, isKeyCharacter(text[end]) { continue }
      if end - start >= 20, isRandom(text[start..<end]) {
        runs.append(String(decoding: text[start..<end], as: UTF8.self))
      }
      start = end + 1
    }
    return runs
  }

  /// Letters and digits mixed, and more different ones than words have: hexadecimal from 32 characters on, else 20.
  private static func isRandom(_ run: Slice<UnsafeRawBufferPointer>) -> Bool {
    var counts = [Int](repeating: 0, count: 256)
    for byte in run { counts[Int(byte)] += 1 }
    let digits = counts[0x30...0x39].reduce(0, +)
    guard digits > 0, digits < run.count else { return false }
    let isHexadecimal = run.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 || $0 == UInt8(ascii: "-") }
    if isHexadecimal, run.count < 32 { return false }
    let total = Double(run.count)
    let entropy = counts.reduce(0.0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
    }
    return entropy > (isHexadecimal ? 3.0 : 4.0)
  }

  private static func isKeyCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
