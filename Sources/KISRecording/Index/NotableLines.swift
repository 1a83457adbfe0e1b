import KISWire

/// The lines of a recording that whoever plays it has to know before it begins: all that are no frames of the market, those
/// about somebody, and of what came on one connection for one registration the first and the last.
struct NotableLines: Sendable {
  /// A line by its place in the file and its number.
  struct Line: Sendable, Hashable {
    var position: ByteCount
    var line: LineNumber
  }

  private struct Way: Hashable {
    var registration: RegistrationKey
    var connection: Int?
  }

  /// More ways than this are not told apart; then nothing is known beforehand.
  static let capacity = RegistrationTrail.capacity

  private var lines: [Line] = []
  private var lasts: [Way: Line] = [:]
  private let isCaptured: Bool

  /// - Parameter provenance: of the recording; only what was captured is about somebody.
  init(_ provenance: RecordingHeader.Provenance) { isCaptured = provenance == .captured }

  mutating func note(_ event: RecordedEventView) {
    let line = Line(position: event.position, line: event.line)
    guard case .serverMessage(let text) = event.content, let head = FrameHead(text), !(isCaptured && head.isEncrypted)
    else { return lines.append(line) }
    guard lasts.count <= NotableLines.capacity else { return }
    let registration = RegistrationKey(
      TransactionID(String(decoding: text[head.transactionID], as: UTF8.self)),
      key: String(decoding: text[head.key], as: UTF8.self))
    if lasts.updateValue(line, forKey: Way(registration: registration, connection: event.connection)) == nil {
      lines.append(line)
    }
  }

  /// All of them, in the order of the file; nil when there are too many ways to tell apart.
  var all: [Line]? {
    guard lasts.count <= NotableLines.capacity else { return nil }
    return Set(lines + lasts.values).sorted { $0.position < $1.position }
  }
}
