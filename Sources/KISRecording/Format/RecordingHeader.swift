public import KISWire

/// The first line of a recording: when and where it was made, and how true it is.
public struct RecordingHeader: Sendable, Hashable {
  /// The version of the file format that this package writes.
  public static let currentVersion = 2

  /// A plain integer, independent of the program's version.
  public var version: Int
  /// Wall-clock start, ISO 8601 with zone: `2026-09-21T08:59:00+09:00`.
  public var start: String
  /// Which service its messages are those of; files that do not say are of the real one (실전).
  public var venue: Venue
  /// The day whose layouts its frames have, `YYYY-MM-DD` (see `Dialect`).
  public var dialectDay: String
  /// Whether its messages are KIS's own or made; every file has to say.
  public var provenance: Provenance
  /// Where it came from, for people: a document, a capture, a command line with its seed.
  public var source: String
  /// One line that says what is inside.
  public var title: String
  /// What stands in it for secrets and people, so that nobody takes it for the real thing.
  public var placeholders: [Placeholder]
  /// Which part of a longer recording the file holds; nil for a whole one.
  public var part: Part?

  /// Text that stands for a secret or for what tells who somebody is.
  public struct Placeholder: Sendable, Hashable {
    /// What it stands for: `app-key`, `account`, see ``SecretKind``.
    public var kind: String
    /// The text as it stands in the recording.
    public var text: String

    /// A text and what it stands for.
    public init(kind: String, text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// The range that was cut out of a longer recording, by its times.
  public struct Part: Sendable, Hashable {
    /// The first moment that the file holds; nil when it holds the beginning.
    public var from: RecordedTime?
    /// The first moment that the file does not hold any more; nil when it holds the end.
    public var to: RecordedTime?

    /// The range from one moment to just before another.
    public init(from: RecordedTime?, to: RecordedTime?) {
      self.from = from
      self.to = to
    }
  }

  /// How true a recording is.
  public enum Provenance: String, Sendable, Hashable, CaseIterable {
    /// Bytes that the real service sent.
    case captured
    /// Examples printed by KIS's documents.
    case documented
    /// Made by a simulator.
    case simulated
  }

  /// A header of today's format unless a version is given. Nothing is checked here: readers refuse a `start` or
  /// `dialectDay` that is no moment or day.
  public init(
    version: Int = RecordingHeader.currentVersion, start: String, venue: Venue = .real, dialectDay: String,
    provenance: Provenance, source: String, title: String, placeholders: [Placeholder] = [], part: Part? = nil
  ) {
    self.version = version
    self.start = start
    self.venue = venue
    self.dialectDay = dialectDay
    self.provenance = provenance
    self.source = source
    self.title = title
    self.placeholders = placeholders
    self.part = part
  }
}
