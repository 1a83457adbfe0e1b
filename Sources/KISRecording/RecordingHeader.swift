public import KISWire

/// The first line of a recording: when and where it was made, and how true it is.
public struct RecordingHeader: Sendable, Hashable {
  /// The version of the file format that this package writes.
  public static let currentVersion = 1

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
    provenance: Provenance, source: String, title: String
  ) {
    self.version = version
    self.start = start
    self.venue = venue
    self.dialectDay = dialectDay
    self.provenance = provenance
    self.source = source
    self.title = title
  }
}
