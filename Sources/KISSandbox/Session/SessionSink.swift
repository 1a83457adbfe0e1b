/// Where a session's bytes go: a socket's outbox in the server, an array in a test.
///
/// Calls never block and never fail: what does not fit ends the session, as ``Limits/slowClient`` says.
public protocol SessionSink: AnyObject, Sendable {
  /// Sends parts of a batch, in order, as one write.
  func send(_ batch: FrameBatch, _ ranges: [Range<Int>])
  /// Sends bytes that are framed already.
  func send(_ bytes: [UInt8])
  /// More follows than what is sent next: until ``endBurst()`` some of it may wait for the rest.
  func beginBurst()
  /// Whatever was sent is on its way.
  func endBurst()
  /// Ends the connection after everything sent so far.
  func end(_ ending: SessionEnding)
  /// Bytes accepted here that the socket has not taken yet.
  var backlog: Int { get }
  /// Bytes that the socket has taken so far.
  var taken: Int { get }
  /// Whether a fault of TCP, of which the sandbox knows nothing, ends the connection after what it was given already.
  var isCutOff: Bool { get }
}

extension SessionSink {
  /// Does nothing, for nothing waits.
  public func beginBurst() {}
  /// Does nothing, for nothing has waited.
  public func endBurst() {}
  /// False: only sockets are cut.
  public var isCutOff: Bool { false }
}

/// How a connection ends.
public enum SessionEnding: Sendable, Hashable {
  /// With a WebSocket close frame: code and reason.
  case closeFrame(code: UInt16, reason: String)
  /// The TCP connection is shut without a close frame; clients see 1006.
  case drop
  /// The TCP connection is reset (RST).
  case reset
}
