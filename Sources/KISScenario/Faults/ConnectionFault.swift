/// What happens to a TCP connection, whatever is spoken on it.
public enum ConnectionFault: Sendable, Hashable {
  /// Reset as soon as it is there.
  case refused
  /// Accepted, then neither read nor written.
  case stalled
  /// Reset (RST) after so many bytes were sent.
  case resetAfter(bytes: Int)
  /// Our own side ends (FIN) after so many bytes; reading goes on.
  case halfClosedAfter(bytes: Int)
  /// Everything is written in pieces of so many bytes, with a pause between them.
  case slices(bytes: Int, every: Duration)
  /// So many bytes a second leave at the most.
  case bandwidth(bytesPerSecond: Int)
  /// Everything leaves late, in order.
  case latency(FaultDelay)
}
