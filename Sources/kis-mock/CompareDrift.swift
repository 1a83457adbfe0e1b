import ArgumentParser
import Foundation
import KISRecording
import KISWire
import Terminal

/// `kis-mock drift`: whether KIS still sends what the catalogue says.
struct CompareDrift: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract:
      "Compare recordings, or another catalogue, with the one built in: unknown TRs, widths, keys, types, fields.",
    discussion: """
      Each difference is told once, with the line where it first appears. \
      Instead of a recording a file may hold a catalogue as --print-catalogue writes it, for instance one read off \
      the portal today: JSON Lines, a header {"kis_catalogue":1,"as_of":"2026-09-21"}, then a TR or an API a line; \
      members that are left out are not compared. \
      Exit code 0: no difference. 1: there are some. 2: a file that is neither. 3: nothing to compare.
      """)

  @Argument(help: ArgumentHelp("Recordings, or files of a catalogue.", valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp("Compare with the layouts of this day. Default: the recording's own.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Flag(help: "Print one JSON object a file, each on a line.")
  var json = false

  @Flag(help: "Print the built-in catalogue as such a file, and compare nothing.")
  var printCatalogue = false

  func validate() throws {
    if files.isEmpty, !printCatalogue { throw ValidationError("Name a recording or a file of a catalogue.") }
    if let asOf {
      do {
        _ = try Dialect(day: asOf)
      } catch {
        throw ValidationError("--as-of: expected \(error.expected), found \(error.found).")
      }
    }
  }

  mutating func run() async throws {
    if printCatalogue {
      print(CatalogueFile.lines(of: try asOf.map { try Dialect(day: $0) } ?? .latest()).joined(separator: "\n"))
      return
    }
    var isBad = false
    var (differences, compared) = (0, 0)
    for file in files {
      do {
        let drift = try drift(of: file)
        differences += drift.findings.count
        compared += drift.frames + drift.exchanges
        print(json ? drift.json(of: file).text : drift.lines(of: file).joined(separator: "\n"))
      } catch let error as RecordingError {
        isBad = true
        StandardError.write("Error: \(error)\n")
      }
    }
    if isBad { throw ExitCode(2) }
    if compared == 0 { throw ExitCode(3) }
    if differences > 0 { throw ExitCode(1) }
  }
}

extension CompareDrift {
  private func drift(of file: String) throws -> Drift {
    let url = URL(filePath: file).resolvingSymlinksInPath()
    if (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
      let bytes = try? Data(contentsOf: url, options: .mappedIfSafe), CatalogueFile.begins(Array(bytes.prefix(4_096)))
    {
      let catalogue = try CatalogueFile(parsing: Array(bytes), file: file)
      return try Drift(of: catalogue, dialect: try asOf.map { try Dialect(day: $0) })
    }
    let reader = try RecordingReader(path: file)
    return try Drift(of: reader, dialect: try asOf.map { try Dialect(day: $0, venue: reader.header.venue) })
  }
}

extension Drift {
  /// For people.
  fileprivate func lines(of file: String) -> [String] {
    let compared = "\(frames) frames and \(exchanges) exchanges compared"
    if frames + exchanges == 0 { return ["\(file): nothing to compare"] }
    guard !findings.isEmpty else { return ["\(file): no drift, \(compared)"] }
    let rows = findings.map {
      ["\($0.line)", $0.kind.rawValue, $0.subject, $0.field, $0.expected, $0.found, "\($0.count)"]
    }
    return ["\(file): \(findings.count) differences, \(compared)"]
      + TextTable(["line", "what", "where", "field", "expected", "found first", "events"], rows).lines
  }

  /// For programs.
  fileprivate func json(of file: String) -> JSONValue {
    [
      "file": .string(file), "frames": .number(frames), "exchanges": .number(exchanges),
      "findings": .array(
        findings.map {
          [
            "kind": .string($0.kind.rawValue), "subject": .string($0.subject), "field": .string($0.field),
            "expected": .string($0.expected), "found": .string($0.found), "line": .number($0.line.number),
            "t": .number($0.offset.nanoseconds), "count": .number($0.count),
          ]
        }),
    ]
  }
}
