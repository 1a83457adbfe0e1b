import KISWire

/// One way in which a recording differs from the catalogue, with the place where it first does.
public struct DriftFinding: Sendable, Hashable {
  /// In which way a recording differs; the raw value is how `kis-mock drift` writes it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A `tr_id` of frames that the catalogue does not have.
    case unknownTR = "unknown-tr"
    /// A path or method that the catalogue does not have.
    case unknownAPI = "unknown-api"
    /// Records have another number of values, or the count does not divide them.
    case width
    /// The first value of a frame is no key of the TR's kind.
    case key
    /// A value is not of the kind that its name says, or not text where all KIS values are.
    case type
    /// An answer has an output, or a field in one, that the catalogue does not know.
    case unknownField = "unknown-field"
    /// An answer lacks an output, or a field in one, that the catalogue knows.
    case missingField = "missing-field"
    /// An output is an array instead of an object, or the other way round.
    case shape
  }

  /// In which way it differs.
  public var kind: Kind
  /// The `tr_id`, or method and path.
  public var subject: String
  /// The field or output that is meant; empty when all of the subject is.
  public var field: String
  /// What should stand there, as a phrase: `an array`, `no such field`, `a TR of the catalogue, nearest is H0UPPGM0`.
  public var expected: String
  /// What stood there first.
  public var found: String
  /// The line of the first one.
  public var line: LineNumber
  /// When it happened.
  public var offset: RecordedTime
  /// How many events differ in this way.
  public var count = 1
}

/// Where in a file something stands.
struct DriftPlace {
  var line: LineNumber
  var offset: RecordedTime
}

/// Findings without repetition: each difference once, with its first place and how often it was seen.
struct DriftFindings {
  private struct Identity: Hashable {
    var kind: DriftFinding.Kind
    var subject: String
    var field: String
  }

  private(set) var all: [DriftFinding] = []
  private var indices: [Identity: Int] = [:]
  private var lastLine: [LineNumber] = []

  mutating func add(
    _ kind: DriftFinding.Kind, _ subject: String, field: String = "", expected: @autoclosure () -> String,
    found: @autoclosure () -> String, in event: RecordedEventView
  ) {
    add(
      kind, subject, field: field, expected: expected(), found: found(),
      at: DriftPlace(line: event.line, offset: event.offset))
  }

  /// - Parameters:
  ///   - expected: and `found` are asked for only when the difference is new.
  mutating func add(
    _ kind: DriftFinding.Kind, _ subject: String, field: String = "", expected: @autoclosure () -> String,
    found: @autoclosure () -> String, at place: DriftPlace
  ) {
    let identity = Identity(kind: kind, subject: subject, field: field)
    if let index = indices[identity] {
      if lastLine[index] != place.line { all[index].count += 1 }
      lastLine[index] = place.line
      return
    }
    indices[identity] = all.count
    lastLine.append(place.line)
    let text = found()
    all.append(
      DriftFinding(
        kind: kind, subject: subject, field: field, expected: expected(),
        found: text.count > 40 ? text.prefix(39) + "…" : text, line: place.line, offset: place.offset))
  }
}
