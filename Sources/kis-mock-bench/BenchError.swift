#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Why a benchmark could not be measured. A missed target is not an error but a row that says so.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A failed system call, with the system's own reason.
  init(system call: String) { self.init("\(call) failed: \(String(cString: strerror(errno)))") }
}
