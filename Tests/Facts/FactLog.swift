import Foundation
import Synchronization
import Testing

/// The file that the environment variable `KIS_FACTS` names: first every fact, then a line for each proof as its test
/// ends. `.ci/facts` makes the table of it. Fields are separated by tabs.
final class FactLog: Sendable {
  static let shared = ProcessInfo.processInfo.environment["KIS_FACTS"].flatMap(FactLog.init)

  private let file: Mutex<FileHandle>

  private init?(path: String) {
    let facts = Fact.all.map { "fact\t\($0.name)\t\($0.statement)\n" }.joined()
    guard FileManager.default.createFile(atPath: path, contents: Data(facts.utf8)),
      let handle = FileHandle(forWritingAtPath: path)
    else { return nil }
    _ = try? handle.seekToEnd()
    file = Mutex(handle)
  }

  func note(_ facts: [Fact], provedBy test: Test, passed: Bool) {
    let place = test.sourceLocation
    let file = place.fileName.replacing(".swift", with: "")
    let name = "\(place.moduleName)/\(file)\t\(test.displayName ?? test.name)"
    let lines = facts.map { "proof\t\($0.name)\t\(name)\t\(passed ? "pass" : "FAIL")\n" }.joined()
    self.file.withLock { try? $0.write(contentsOf: Data(lines.utf8)) }
  }
}
