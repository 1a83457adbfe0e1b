import ArgumentParser
import Foundation

/// How many files and sockets the process may have open (`ulimit -n`).
enum OpenFileLimit {
  /// Each event loop takes three, of which there are two a processor; the rest is for files and some connections.
  private static var needed: Int { 6 * ProcessInfo.processInfo.activeProcessorCount + 32 }

  /// Raises the limit as far as the system lets us, as servers do.
  /// - Throws: `ValidationError` when that is too little to serve anybody.
  static func prepareToServe() throws {
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0 else { return }
    if limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = limit.rlim_max
      if setrlimit(files, &raised) == 0 { limit = raised }
    }
    guard limit.rlim_cur >= UInt64(needed) else {
      throw ValidationError(
        "only \(limit.rlim_cur) files may be open here, and a server needs \(needed): raise the limit with `ulimit -n 1024`."
      )
    }
  }

  #if canImport(Glibc)
    private static var files: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
  #else
    private static var files: Int32 { RLIMIT_NOFILE }
  #endif
}
