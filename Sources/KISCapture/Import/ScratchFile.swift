#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file for what does not fit into memory: it has lost its name when it is opened, so nothing is left of it.
final class ScratchFile {
  private let descriptor: Int32
  private let folder: String
  private var size: Int64 = 0

  init(folder: String) throws(CaptureError) {
    self.folder = folder
    var template = Array("\(folder)/.kis-mock-XXXXXX".utf8CString)
    descriptor = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard descriptor >= 0 else { throw ScratchFile.failure(folder) }
    _ = template.withUnsafeBufferPointer { $0.baseAddress.map { unlink($0) } ?? -1 }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func append(_ bytes: [UInt8]) throws(CaptureError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        pwrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(size))
      }
      if count > 0 {
        written += count
        size += Int64(count)
      } else if errno != EINTR {
        throw ScratchFile.failure(folder)
      }
    }
  }

  func read(at position: Int64, count: Int) throws(CaptureError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(position)) }
      if read >= 0 {
        bytes.removeLast(count - read)
        return bytes
      }
      if errno != EINTR { throw ScratchFile.failure(folder) }
    }
  }

  private static func failure(_ folder: String) -> CaptureError {
    CaptureError(
      .unwritable, file: folder, reason: "a file to sort in cannot be made there: \(String(cString: strerror(errno)))")
  }
}
