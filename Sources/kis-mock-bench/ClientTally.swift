import Histogram

/// What the counting client saw; it comes back from its process as one line of JSON.
struct ClientTally: Codable {
  /// Data frames of all connections within the measured time.
  var frames: Int
  /// Bytes of all connections within the measured time, headers included.
  var bytes: Int
  /// Nanoseconds of the measured time.
  var nanoseconds: Int64
  /// Nanoseconds from the request to start the replay to the last frame.
  var sinceStart: Int64
  /// Nanoseconds from the first to the last data frame of the first connection.
  var span: Int64
  /// Nanoseconds that each data frame came after it was due, of all connections.
  var lateness: Histogram<UInt64>?
  /// The processor time of the server within the measured time.
  var processorSeconds: Double?

  var framesPerSecond: Double { Double(frames) / seconds }
  var megabytesPerSecond: Double { Double(bytes) / seconds / 1_000_000 }
  private var seconds: Double { Double(nanoseconds) / 1_000_000_000 }
}
