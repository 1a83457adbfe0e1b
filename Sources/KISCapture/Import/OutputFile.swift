#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that is written beside its name and moved into place when it is whole; `-` is standard output.
///
/// Whatever ends the program before leaves what was there.
final class OutputFile {
  /// The name it gets.
  let path: String
  private let descriptor: Int32
  private let temporary: String?
  private var buffer: [UInt8] = []
  private(set) var size: Int64 = 0

  private static let chunk = 256 << 10

  /// - Parameter replacing: whether a file of that name may be replaced.
  init(path: String, replacing: Bool) throws(CaptureError) {
    self.path = path
    guard path != "-" else {
      descriptor = STDOUT_FILENO
      temporary = nil
      return
    }
    if !replacing, access(path, F_OK) == 0 {
      throw CaptureError(.unwritable, file: path, reason: "exists already; --force replaces it")
    }
    let name = "\(path).\(getpid()).partial"
    temporary = name
    descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CaptureError(.unwritable, file: path, reason: "cannot be made: \(String(cString: strerror(errno)))")
    }
  }

  deinit {
    guard let temporary, descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  func write(_ bytes: some Sequence<UInt8>) throws(CaptureError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= OutputFile.chunk { try flush() }
  }

  private func flush() throws(CaptureError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          Darwin.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        #elseif canImport(Musl)
          Musl.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        #else
          Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        #endif
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        throw CaptureError(.unwritable, file: path, reason: "cannot be written: \(String(cString: strerror(errno)))")
      }
    }
    size += Int64(buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Everything is written: it takes its name.
  func finish() throws(CaptureError) {
    try flush()
    guard let temporary else { return }
    guard rename(temporary, path) == 0 else {
      throw CaptureError(.unwritable, file: path, reason: "cannot take its name: \(String(cString: strerror(errno)))")
    }
  }

  /// The folder it lies in, for files that are needed on the way.
  var folder: String {
    guard path != "-" else { return "/tmp" }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
