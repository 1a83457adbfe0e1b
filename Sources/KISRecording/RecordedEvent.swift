/// One line of a recording after the header: something that happened at an offset from its start.
public struct RecordedEvent: Sendable, Hashable {
  /// Nanoseconds since the header's start; never negative, never less than the line before.
  public var offset: Int64
  /// What happened.
  public var content: Content

  /// An event so many nanoseconds after the recording's start.
  public init(at offset: Int64, _ content: Content) {
    self.offset = offset
    self.content = content
  }

  /// What can happen on a connection.
  public enum Content: Sendable, Hashable {
    /// A WebSocket text message. Bytes, since the real service sends broken UTF-8 now and then (quirk 87).
    ///
    /// A notice (flag `1`) keeps its payload decrypted; replay encrypts it with the session's own iv and key.
    case message([UInt8], from: Side)
    /// A REST or OAuth request with its answer.
    case exchange(RecordedExchange)
    /// A name for this moment, to seek to.
    case marker(String)
    /// The recorded connection ended, with the close code if there was a close frame.
    case closed(code: Int?)
  }

  /// Who sent a message.
  public enum Side: String, Sendable, Hashable {
    case server
    case client
  }
}

/// One REST or OAuth exchange: what was asked, what was answered.
public struct RecordedExchange: Sendable, Hashable {
  public var method: String
  /// The path without its query: `/uapi/domestic-stock/v1/quotations/inquire-price`.
  public var path: String
  /// The `tr_id` header; empty for OAuth.
  public var transactionID: String
  /// Query parameters (GET) or top-level body members (POST), in the order sent.
  public var parameters: [Parameter]
  public var status: Int
  /// Response headers that clients read: `tr_cont`, `tr_id`, `gt_uid`, `content-type` when it is not JSON.
  public var headers: [Parameter]
  /// The body as it went over the wire.
  public var body: String

  public struct Parameter: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(
    method: String, path: String, transactionID: String, parameters: [Parameter] = [], status: Int = 200,
    headers: [Parameter] = [], body: String
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.parameters = parameters
    self.status = status
    self.headers = headers
    self.body = body
  }
}
