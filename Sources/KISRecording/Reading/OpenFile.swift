#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file of the system, closed with its last user. Reading and writing name their position, so users do not
/// disturb each other.
package final class OpenFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Opens a regular file for reading.
  init(reading path: String) throws(RecordingError) {
    self.path = path
    // A pipe that nobody writes to would else be waited for.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "there is no such file" : "cannot be opened: \(systemError())"
      throw RecordingError(.unreadable, file: path, reason: reason)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw RecordingError(.unreadable, file: path, reason: "is a folder, not a recording")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw RecordingError(.unreadable, file: path, reason: "is not a regular file, so it cannot be read twice")
    }
  }

  /// Whether there is a file of that name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a file for writing.
  ///
  /// - Parameter replacing: whether a file of that name may be overwritten.
  init(creating path: String, replacing: Bool) throws(RecordingError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL), 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw RecordingError(
          .alreadyThere, file: path, reason: "exists already; recordings are not overwritten unless asked")
      }
      throw RecordingError(.unwritable, file: path, reason: "cannot be made: \(systemError())")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// How large the file is now.
  var size: ByteCount {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? ByteCount(Int64(status.st_size)) : .zero
  }

  /// When it was last written, in nanoseconds since 1970; nil for what is no regular file.
  var modified: Int64? { OpenFile.modified(descriptor) }

  /// When what is open under a descriptor was last written, in nanoseconds since 1970; nil for what is no regular file.
  package static func modified(_ descriptor: Int32) -> Int64? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Reads up to the buffer's size from a position on; 0 at the end.
  func read(at position: ByteCount, into buffer: UnsafeMutableRawBufferPointer) throws(RecordingError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(position.bytes))
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw RecordingError(.unreadable, file: path, reason: "reading at byte \(position) failed: \(systemError())")
      }
    }
  }

  /// Writes all bytes at a position, or none: a write that fails half way (no space left) is taken back.
  func write(_ bytes: [UInt8], at position: ByteCount) throws(RecordingError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        pwrite(
          descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written,
          off_t(position.bytes) + off_t(written))
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        let reason = "cannot be written: \(systemError())"
        _ = ftruncate(descriptor, off_t(position.bytes))
        throw RecordingError(.unwritable, file: path, reason: reason)
      }
    }
  }
}

/// The text of the last failed system call: "Permission denied".
private func systemError() -> String { String(cString: strerror(errno)) }
