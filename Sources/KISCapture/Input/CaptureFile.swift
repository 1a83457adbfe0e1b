import KISRecording

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file or standard input, read from front to back once, closed with its last user.
final class CaptureFile: Sendable {
  /// The path as it was given; `-` is standard input.
  let path: String
  private let descriptor: Int32

  init(path: String) throws(CaptureError) {
    self.path = path
    guard path != "-" else {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "there is no such file" : "cannot be opened: \(String(cString: strerror(errno)))"
      throw CaptureError(.unreadable, file: path, reason: reason)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw CaptureError(.unreadable, file: path, reason: "is a folder, not a capture")
    }
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// Whether every part of the file can be read at any time; pipes cannot.
  var isSeekable: Bool { lseek(descriptor, 0, SEEK_CUR) >= 0 }

  /// When it was last written, in nanoseconds since 1970; nil for what is no regular file.
  var modified: Int64? { OpenFile.modified(descriptor) }

  /// Bytes in the file; 0 for a pipe.
  var size: Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Reads what comes next into the bytes behind an index; 0 at the end.
  func read(into bytes: inout [UInt8], from index: Int) throws(CaptureError) -> Int {
    while true {
      let count = bytes.withUnsafeMutableBytes { bytes in
        let free = UnsafeMutableRawBufferPointer(rebasing: bytes[index...])
        #if canImport(Darwin)
          return Darwin.read(descriptor, free.baseAddress, free.count)
        #elseif canImport(Musl)
          return Musl.read(descriptor, free.baseAddress, free.count)
        #else
          return Glibc.read(descriptor, free.baseAddress, free.count)
        #endif
      }
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw CaptureError(.unreadable, file: path, reason: "reading failed: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// The bytes at a place, fewer only where the file ends.
  func bytes(at position: Int64, count: Int) throws(CaptureError) -> [UInt8] {
    var read = 0
    var bytes = [UInt8](repeating: 0, count: count)
    while read < count {
      let more = bytes.withUnsafeMutableBytes { bytes in
        pread(descriptor, bytes.baseAddress.map { $0 + read }, count - read, off_t(position) + off_t(read))
      }
      if more == 0 { break }
      if more > 0 {
        read += more
      } else if errno != EINTR {
        throw CaptureError(
          .unreadable, file: path, at: .byte(position), reason: "reading failed: \(String(cString: strerror(errno)))")
      }
    }
    bytes.removeLast(count - read)
    return bytes
  }
}
