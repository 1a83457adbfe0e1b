import Foundation

/// What programs read: everything arrives, or the verb fails.
package enum StandardOutput {
  /// - Throws: ``StandardOutputError`` when not everything could be written.
  package static func write(_ bytes: some Sequence<UInt8>) throws(StandardOutputError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      throw StandardOutputError()
    }
  }

  package static func write(_ text: String) throws(StandardOutputError) { try write(text.utf8) }

  /// Writes what `print` still keeps.
  package static func flush() throws(StandardOutputError) {
    if fflush(nil) != 0 { throw StandardOutputError() }
  }
}

/// What people read; where nobody does, nothing is missing.
package enum StandardError {
  package static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

/// Why stdout took no more.
package struct StandardOutputError: Error, CustomStringConvertible {
  private let code = errno

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
