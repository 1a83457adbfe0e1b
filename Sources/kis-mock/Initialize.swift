import ArgumentParser
import Foundation
import KISMockServer

/// `kis-mock init`: a fixture for a test suite, written where its runner looks for it.
struct Initialize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write the fixture that starts a mock for a test suite, with a first test.",
    discussion:
      "It starts `kis-mock serve` on free ports, reads its ready line and ends it; `kis-mock` has to be on PATH.")

  enum Suite: String, ExpressibleByArgument, CaseIterable {
    case pytest
    case node
    case go
    case junit
  }

  @Argument(help: ArgumentHelp("For which test runner.", valueName: "pytest|node|go|junit"))
  var suite: Suite

  @Option(help: ArgumentHelp("The folder to write to. Default: this one.", valueName: "folder"))
  var output = "."

  @Flag(help: "Write over a file that is there.")
  var force = false

  func run() throws {
    for fixture in ShippedFile.files(in: "fixtures/\(suite.rawValue)") {
      let file = URL(filePath: output).appending(path: fixture.fileName)
      if !force, FileManager.default.fileExists(atPath: file.path) {
        throw ValidationError("\(file.path) is there already; --force writes over it.")
      }
      do {
        try Data(fixture.bytes).write(to: file)
      } catch {
        throw ValidationError("\(file.path) cannot be written: \(error.localizedDescription)")
      }
      print("wrote \(file.path)")
    }
  }
}
