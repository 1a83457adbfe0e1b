/// What was read of a capture, what was left out of the recording, and why.
package struct CaptureReport: Sendable, Hashable {
  /// What the file is: `pcapng, 2 interfaces (EN10MB, LINUX_SLL2)`.
  package var format: String
  /// What it was made of: packets, lines or entries.
  package var unit: String
  /// How many of them were read.
  package var read = 0
  /// Bytes of the file, unpacked.
  package var bytes: Int64 = 0
  /// What is missing or was left out, in the order in which each was first met.
  package private(set) var omissions: [Omission] = []
  /// Bytes that passed and are not in the capture, in the order met; no more than ``gapLimit`` are kept.
  package private(set) var gaps: [Gap] = []
  /// How many gaps there are in all.
  package private(set) var gapCount = 0
  /// What a user should know besides, a sentence each.
  package private(set) var remarks: [String] = []
  /// Connections whose events were given before it was known that they do not belong to the recording.
  package private(set) var excludedConnections: Set<Int> = []
  /// Whether the file ends in the middle of something.
  package var isTruncated = false

  /// More gaps than these are only counted.
  package static let gapLimit = 100

  package init(format: String, unit: String) {
    self.format = format
    self.unit = unit
  }

  /// One reason for leaving something out, with how often it was met.
  package struct Omission: Sendable, Hashable {
    /// What was left out and why, without the number: `messages with a part that was not captured`.
    package var reason: String
    /// How many.
    package var count: Int
    /// Where the first lies.
    package var first: CapturePlace?
    /// Whether something of the session is missing for it; else it was no part of a session, or nothing was lost.
    package var isLoss: Bool
  }

  /// A hole in the stream of one direction.
  package struct Gap: Sendable, Hashable {
    /// The connection's number.
    package var connection: Int
    /// Whose bytes are missing.
    package var side: CapturedEvent.Side
    /// Nanoseconds since 1970 of the first packet behind it; for a packet that was cut, its own.
    package var time: Int64
    /// How many bytes.
    package var bytes: Int64
    /// The first packet behind it.
    package var place: CapturePlace
  }

  /// Counts something that was left out.
  package mutating func omit(_ reason: String, at place: CapturePlace?, count: Int = 1, isLoss: Bool = true) {
    if let index = omissions.firstIndex(where: { $0.reason == reason }) {
      omissions[index].count += count
    } else {
      omissions.append(Omission(reason: reason, count: count, first: place, isLoss: isLoss))
    }
  }

  /// Says something once.
  package mutating func remark(_ remark: String) {
    if !remarks.contains(remark) { remarks.append(remark) }
  }

  /// Takes a connection's events back.
  package mutating func exclude(_ connection: Int) { excludedConnections.insert(connection) }

  /// Notes a hole.
  package mutating func note(_ gap: Gap) {
    gapCount += 1
    if gaps.count < CaptureReport.gapLimit { gaps.append(gap) }
  }

  /// Whether anything of the session is not in the recording.
  package var isPartial: Bool { isTruncated || gapCount > 0 || omissions.contains(where: \.isLoss) }
}
