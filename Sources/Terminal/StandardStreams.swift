import Foundation

/// What programs read: everything arrives, or the verb fails.
package enum StandardOutput {
  private static let writer = StreamWriter(STDOUT_FILENO)

  /// Writes at once, however long the reader takes: for verbs that do nothing else meanwhile.
  /// - Throws: ``StandardOutputError`` when not everything could be written.
  package static func write(_ bytes: some Sequence<UInt8>) throws(StandardOutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      throw StandardOutputError(code: errno)
    }
  }

  package static func write(_ text: String) throws(StandardOutputError) { try write(text.utf8) }

  /// Queues bytes for a verb that has to go on while nobody reads; waits, and may be cancelled, while too many are queued.
  package static func queue(_ bytes: [UInt8]) async throws { try await writer.write(bytes) }

  /// Waits until all that was queued is written.
  package static func drain() async throws { try await writer.drain() }

  /// Writes what `print` still keeps.
  package static func flush() throws(StandardOutputError) {
    if fflush(nil) != 0 { throw StandardOutputError(code: errno) }
  }
}

/// What people read; where nobody does, nothing is missing, and nobody waits.
package enum StandardError {
  private static let writer: StreamWriter = {
    atexit { StandardError.flush() }
    return StreamWriter(STDERR_FILENO)
  }()

  /// Waits a moment for what is queued, before the process ends.
  private static func flush() { writer.flush() }

  /// Queues lines; control characters in them are written out.
  package static func write(_ text: String) { writer.offer(text.printableLines) }
}

/// Why stdout took no more.
package struct StandardOutputError: Error, CustomStringConvertible {
  private let code: Int32

  /// - Parameter code: as `errno` has it.
  package init(code: Int32) { self.code = code }

  /// Whoever read it has gone, as `head` does once it has its lines.
  package var isReaderGone: Bool { code == EPIPE }

  package var description: String { "stdout cannot be written: \(String(cString: strerror(code)))" }
}

/// Gives a program that was started without some of its standard streams (`>&-`) empty ones: else the next file or socket
/// to be opened would take their place, and with it what is meant for them.
package func replaceMissingStandardStreams() {
  for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
    _ = open("/dev/null", O_RDWR)
  }
}
