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
    /// KIS, or what stood in for it. A line without `from` is one of the server.
    case server
    /// The program that uses the API; its lines have `"from":"client"`.
    case client
  }
}

/// One REST or OAuth exchange: what was asked, what was answered.
public struct RecordedExchange: Sendable, Hashable {
  /// The HTTP method as sent: `GET` or `POST`.
  public var method: String
  /// The path without its query: `/uapi/domestic-stock/v1/quotations/inquire-price`.
  public var path: String
  /// The `tr_id` header; empty for OAuth.
  public var transactionID: String
  /// Query parameters (GET) or top-level body members (POST), in the order sent.
  public var parameters: [Parameter]
  /// The HTTP status of the answer, three digits. KIS answers many errors with 500; `msg_cd` in the body says which.
  public var status: Int
  /// Response headers that clients read: `tr_cont`, `tr_id`, `gt_uid`, `content-type` when it is not JSON.
  public var headers: [Parameter]
  /// The body as it went over the wire.
  public var body: String

  /// A name with its text: a query parameter, a member of a request's body, or a header.
  public struct Parameter: Sendable, Hashable {
    /// As it was spelt: `FID_INPUT_ISCD`, `tr_cont`.
    public var name: String
    /// Its text; for a body member that is no string, its JSON.
    public var value: String

    /// One pair: `.init("FID_INPUT_ISCD", "0001")`.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An exchange; unless said otherwise it succeeded, with 200, and had neither parameters nor headers worth keeping.
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
