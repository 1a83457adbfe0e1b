import ArgumentParser
import KISRecording
import KISWire
import Terminal

/// `kis-mock diff`: how two recordings differ in what they mean.
struct CompareRecordings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two recordings by what they mean.",
    discussion: """
      Events are set against each other by TR and key, method and path, and the role of their connection. Credentials, \
      numbers of requests and connections, and the host's time do not count.

      Exit codes: 0 when nothing differs, 1 when something does, 2 for a file that cannot be read, 3 when neither holds \
      anything to compare.
      """)

  @Argument(help: ArgumentHelp("The first recording; - for stdin.", valueName: "a"))
  var left: String

  @Argument(help: ArgumentHelp("The second recording.", valueName: "b"))
  var right: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let (first, second) = try (RecordingReader.named(left), RecordingReader.named(right))
    let difference = try RecordingDifference(of: first, and: second)
    for name in difference.truncated { warnOfCut(name) }
    if json {
      print(difference.json.text)
    } else {
      print(difference.lines(first.name, second.name).joined(separator: "\n"))
    }
    if !difference.isEmpty { throw ExitCode(1) }
    if difference.same == 0 { throw ExitCode(3) }
  }
}

extension RecordingDifference {
  /// For people: the first difference in its context, then a count of each kind.
  fileprivate func lines(_ left: String, _ right: String) -> [String] {
    guard let first else { return ["nothing differs; \(grouped(same)) events are the same"] }
    var lines = ["first difference: \(first.subject) \(first.kind.rawValue)"]
    for (name, side) in [(left, first.left), (right, first.right)] {
      lines.append(side.map { "  \(name):\($0.line) at \($0.offset) ns" } ?? "  \(name): no such event")
    }
    for field in first.fields.prefix(10) {
      lines.append("    \(field.name): \(field.left ?? "none") → \(field.right ?? "none")")
    }
    if first.fields.count > 10 { lines.append("    and \(first.fields.count - 10) other values") }
    if !first.context.isEmpty {
      lines.append(
        "  in front of it, the same in both: " + first.context.map { "\(left):\($0)" }.joined(separator: ", "))
    }
    lines.append("")
    lines +=
      TextTable(
        ["events", "", "subject"], counts.map { [grouped($0.count), $0.kind.rawValue, $0.subject] }
      ).lines
    return lines + ["", "\(grouped(same)) events are the same"]
  }

  fileprivate var json: JSONValue {
    [
      "same": .number(same),
      "counts": .array(
        counts.map { ["subject": .string($0.subject), "kind": .string($0.kind.rawValue), "count": .number($0.count)] }),
      "first": first.map { first in
        [
          "kind": .string(first.kind.rawValue), "subject": .string(first.subject),
          "left": RecordingDifference.json(first.left), "right": RecordingDifference.json(first.right),
          "fields": .array(
            first.fields.map {
              [
                "name": .string($0.name), "left": $0.left.map { .string($0) } ?? .null,
                "right": $0.right.map { .string($0) } ?? .null,
              ]
            }),
          "context": .array(first.context.map { .number($0.number) }),
        ]
      } ?? .null,
    ]
  }

  private static func json(_ side: Finding.Side?) -> JSONValue {
    side.map { ["line": .number($0.line.number), "t": .number($0.offset.nanoseconds)] } ?? .null
  }
}
