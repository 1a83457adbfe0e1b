import KISSandbox
import KISWire
import Logging
import Terminal

/// Log lines on stderr: when it happened on the host's clock as Korea has it (KST), how grave it is, what it was.
///
/// They are queued, so that nothing waits for whoever reads stderr; see ``StandardError``.
struct StandardErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  private static let host = RealClock()

  /// A logger for a verb.
  static func logger(_ level: Logger.Level = .info) -> Logger {
    Logger(label: "kis-mock") { _ in StandardErrorLog(logLevel: level) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    // What clients send stands in such lines: one line each, whatever they send.
    let text = "\(event.message)".printable
    StandardError.write("\(StandardErrorLog.host.wallTime.spaced) KST \(event.level): \(text)\n")
  }
}
