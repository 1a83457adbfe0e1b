import Foundation
import KISRecording
import KISSandbox
import KISScenario

/// The files that may be named over HTTP: those in the folders `scenarios` and `recordings`, and beside the files that the
/// mock was started with. Whoever reaches the admin API must not be able to open, or to learn of, any other.
struct NamedFolders {
  private let library: ScenarioLibrary
  private let folders: [URL]

  init(_ library: ScenarioLibrary, started: SandboxConfiguration) {
    self.library = library
    let files = [started.scenario?.file].compactMap(\.self) + started.recordings.map(\.name)
    let beside = files.map { URL(filePath: $0).deletingLastPathComponent() }
    folders = (library.namedFolders + beside).map { $0.standardizedFileURL.resolvingSymlinksInPath() }
  }

  /// A scenario by its name, with or without its extension or folder.
  /// - Throws: ``AdminError`` (404) when none of the folders has it.
  func scenario(_ name: String) throws -> Scenario {
    try check(name, "scenario")
    guard name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      return try library.scenario(name)
    }
    return try library.scenario(try file(name, "scenario", ["yaml", "yml"]))
  }

  /// The path of a recording that was given by its name, with or without its folder.
  /// - Throws: ``AdminError`` (404) when none of the folders has it.
  func recording(_ name: String) throws -> String {
    try check(name, "recording")
    return try file(name, "recording", ["jsonl"])
  }

  private func check(_ name: String, _ what: String) throws {
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw AdminError.badRequest("the name of the \(what) is empty or has control characters in it")
    }
  }

  private func file(_ name: String, _ what: String, _ endings: [String]) throws -> String {
    let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    let candidates = folders.flatMap { folder in
      [folder.appending(path: name)] + endings.map { folder.appending(path: "\(name).\($0)") }
    }
    for candidate in candidates + [URL(filePath: name, relativeTo: here)] {
      let file = candidate.standardizedFileURL.resolvingSymlinksInPath()
      guard endings.contains(file.pathExtension),
        folders.contains(where: { $0.path == file.deletingLastPathComponent().path }),
        FileManager.default.fileExists(atPath: file.path)
      else { continue }
      return file.path
    }
    throw AdminError(
      status: 404, message: "there is no \(what) `\(name)` in the folders that this mock knows",
      hint: "name a file in \(Set(folders.map(\.lastPathComponent)).sorted().joined(separator: ", "))")
  }
}
