public import KISWire

/// One WebSocket connection as it stands.
public struct SessionStatus: Sendable, Hashable {
  /// Counts a sandbox's connections from 1.
  public var number: Int
  /// nil until its first good registration.
  public var appKey: String?
  /// In the order in which they were made.
  public var registrations: [Registration]
  /// Bytes that wait for the client to read.
  public var backlog: Int
  /// Bytes that its socket has taken.
  public var taken: Int
  /// Whether it owes an answer to a PINGPONG.
  public var owesPingPong: Bool
  /// Whether it was told to end and is not gone yet.
  public var isEnding: Bool

  /// One TR and key that a session has subscribed to.
  public struct Registration: Sendable, Hashable {
    /// The `tr_id`, such as `H0STCNT0`.
    public var transactionID: TransactionID
    /// The `tr_key`: a stock or industry code (종목코드, 업종코드), or an HTS id.
    public var key: String
    /// Messages sent since the session began, those of an earlier registration of the same included.
    public var delivered: Int
  }
}

extension Sandbox {
  /// Every connection, in the order in which they were opened.
  public var sessionStatuses: [SessionStatus] {
    sessions.inOrder.map { session in
      SessionStatus(
        number: session.id, appKey: session.appKey,
        registrations: session.registrations.map {
          .init(transactionID: $0.transactionID, key: $0.key, delivered: session.sent(on: $0.route))
        },
        backlog: session.sink.backlog, taken: session.sink.taken,
        owesPingPong: session.heartbeat.answerDue != nil, isEnding: session.isEnding)
    }
  }
}
