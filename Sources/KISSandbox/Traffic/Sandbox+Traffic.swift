import KISRecording
import KISWire

/// Recordings of what a sandbox says and hears.
extension Sandbox {
  /// Begins to write everything that passes from now on into a file, secrets and people replaced by placeholders.
  ///
  /// - Throws: ``ReplayError`` when one is written already; ``RecordingError`` when there is a file of that name, or none
  ///   can be made.
  public func startRecording(to path: String) throws {
    if let recorded = traffic.recorded {
      throw ReplayError(description: "\(recorded.path) is being recorded already; stop that first")
    }
    try traffic.start(path, configuration, since: clock.now)
  }

  /// Ends the recording.
  ///
  /// - Returns: its path and bytes; nil when none was written.
  @discardableResult
  public func stopRecording() throws -> (path: String, bytes: Int64)? { try traffic.stop() }

  /// The recording that is being written: its path, and the bytes that are on file.
  public var recordingUnderWay: (path: String, bytes: Int64)? { traffic.recorded }

  /// What passed in the last while, at most an hour of the sandbox's clock and eight megabytes, as the lines of a recording
  /// without secrets.
  public nonisolated func recordingSnapshot(last duration: Duration) async throws -> [UInt8] {
    let now = clock.now
    return try await recordingSnapshot(from: now - duration, through: now).bytes
  }

  /// The same of a stretch of the sandbox's clock, and whether all of it was still there.
  package nonisolated func recordingSnapshot(from first: Duration, through last: Duration) async throws
    -> (bytes: [UInt8], isComplete: Bool)
  {
    let (entries, isComplete, header, start) = await traffic(from: first, through: last)
    // Read twice, as from a file: a secret may stand in front of what says that it is one.
    var redaction = Redaction()
    var events = entries.flatMap { $0.events(since: start) }
    for event in events { redaction.learn(from: event) }
    var bytes: [UInt8] = []
    for index in events.indices { redaction.redact(&events[index]) }
    var written = header
    written.placeholders = redaction.placeholders
    written.appendLine(to: &bytes)
    for event in events { event.appendLine(to: &bytes) }
    return (bytes, isComplete)
  }

  private func traffic(from first: Duration, through last: Duration) -> (
    [TrafficEntry], isComplete: Bool, RecordingHeader, Duration
  ) {
    let entries = traffic.entries(from: first, through: last)
    let (header, start) = configuration.recordingHeader(since: entries.first?.time ?? clock.now, on: clock)
    return (entries, traffic.isComplete(since: first), header, start)
  }

  /// Ends the recording with the sandbox.
  func endTraffic() {
    do {
      try traffic.stop()
    } catch {
      note(.fault(name: "record", detail: "\(error)"))
    }
  }

  /// Writes what was noted to the file; a file that cannot be written ends its recording, and the journal says so.
  func flushTraffic(all: Bool = false) {
    do {
      try traffic.flush(all: all)
    } catch {
      note(.fault(name: "record", detail: "\(error)"))
    }
  }
}

extension SandboxConfiguration {
  /// The header of a recording that begins at a moment, and the whole second before it at which it counts from.
  func recordingHeader(since moment: Duration, on clock: any MockClock) -> (RecordingHeader, Duration) {
    let wall = clock.wallStart.epochNanoseconds + moment.nanoseconds
    let rest = (wall % 1_000_000_000 + 1_000_000_000) % 1_000_000_000
    let start = KoreanTime(epochNanoseconds: wall - rest)
    let dialect = effectiveDialect ?? recordedDialect
    let header = RecordingHeader(
      start: start.iso8601, venue: venue, dialectDay: dialect.day, provenance: .simulated,
      source: "what the sandbox \(name) said and heard, seed \(seed)", title: "Recorded by kis-mock")
    return (header, moment - .nanoseconds(rest))
  }
}
