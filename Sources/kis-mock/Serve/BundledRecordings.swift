import Foundation
import KISSandbox
import KISWire

/// What `serve` plays when nobody says what: the recordings that come with the project, or, for a program without
/// them beside it, the same kind of day simulated at start.
enum BundledRecordings {
  private static let names = ["simulated-day.jsonl", "simulated-session.jsonl"]

  static func tapes(_ library: TapeLibrary, seed: UInt64) throws -> [Tape] {
    for folder in folders {
      let paths = names.map { folder.appending(path: $0).path(percentEncoded: false) }
      if paths.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) {
        return try paths.map { try library.tape(path: $0) }
      }
    }
    return [try library.tape(simulating: standardDay, seed: seed)]
  }

  private static let standardDay = SimulationPlan(
    start: KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 59), length: .seconds(6 * 3_600 + 46 * 60),
    title: "A simulated day: program trading, trades, books, order notices", programTrading: [.kospi, .kosdaq],
    ranksInvestors: true, instruments: ["005930", "000660", "035420"], noticesFor: "kismock")

  /// Here, and beside the program or above it, where a checkout keeps them.
  private static var folders: [URL] {
    let here = URL(filePath: FileManager.default.currentDirectoryPath)
    var folders = [here.appending(path: "recordings")]
    var parent = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<5 {
      guard let folder = parent else { break }
      folders.append(folder.appending(path: "recordings"))
      parent = folder.deletingLastPathComponent()
    }
    return folders
  }
}
