import Foundation
import KISWire
import Synchronization

#if LIBFUZZER
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  /// One input. The library's own `main` names it, and so it has to exist under this name.
  @_cdecl("LLVMFuzzerTestOneInput")
  func testOneInput(_ start: UnsafePointer<UInt8>?, _ length: Int) -> Int32 { GuidedFuzzing.feed(start, length) }
#endif

/// Inputs for one parser that libFuzzer makes of those that reached something new. For builds of `.ci/fuzz` only.
struct GuidedFuzzing {
  /// Where inputs are kept that reached something new.
  let corpus: URL

  /// Whether this build can.
  static var isPossible: Bool {
    #if LIBFUZZER
      true
    #else
      false
    #endif
  }

  /// The callback of libFuzzer can hold nothing.
  private static let target = Mutex<FuzzTarget?>(nil)

  /// Feeds a parser until the time is over, then ends the process with 0; with another code when an input crashes it,
  /// takes ten seconds, or is read otherwise than it would be written. That input is then in a file beside the corpus.
  ///
  /// - Returns: libFuzzer's exit code where it cannot begin.
  /// - Throws: `CocoaError` when the corpus cannot be written.
  func run(_ target: FuzzTarget, seconds: Int) throws -> Int32 {
    let folder = corpus.appending(path: target.name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (number, seed) in target.seeds.enumerated() {
      try Data(seed.utf8).write(to: folder.appending(path: "seed-\(number)"))
    }
    GuidedFuzzing.target.withLock { $0 = target }
    #if LIBFUZZER
      let words = [
        "kis-mock-bench", "-max_total_time=\(seconds)", "-timeout=10", "-max_len=65536", "-rss_limit_mb=2048",
        "-print_final_stats=1", "-artifact_prefix=\(folder.path)-", folder.path,
      ]
      var arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
      for (place, word) in words.enumerated() { arguments[place] = strdup(word) }
      arguments[words.count] = nil
      var count = Int32(words.count)
      return runDriver(&count, &arguments, testOneInput)
    #else
      return 1
    #endif
  }
  /// Feeds the parser one input; -1 leaves it out of the corpus.
  fileprivate static func feed(_ start: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
    guard let target = target.withLock({ $0 }) else { return -1 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: length))
    if target.run(bytes) == .inconsistent { fatalError("\(target.name) reads it otherwise than it would write it") }
    return 0
  }
}
