import KISTransport
public import KISWire

/// Why a call, a registration or a stream failed, in words for people.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The kind, in a word or two.
    public let description: String

    /// Any text is a code.
    public init(_ description: String) { self.description = description }

    /// KIS answered with an error; see ``ClientError/messageCode``.
    public static let refused = Code("refused")
    /// No answer could be had: no connection, a broken one, TLS missing.
    public static let transport = Code("transport")
    /// No answer within ``ClientConfiguration/timeout``.
    public static let timedOut = Code("timed out")
    /// An answer that is not what KIS sends.
    public static let unexpectedAnswer = Code("unexpected answer")
    /// A frame or record that cannot be read.
    public static let malformedRecord = Code("malformed record")
    /// A `tr_id` that the venue does not have, or a setting that is missing.
    public static let misuse = Code("misuse")
    /// The client has ended.
    public static let closed = Code("closed")
  }

  /// What kind of failure.
  public var code: Code
  /// What happened, and where it can be said what to do.
  public var message: String
  /// `msg_cd`, or `error_code` of the OAuth endpoints, when KIS sent one.
  public var messageCode: MessageCode?
  /// The HTTP status, when there was an HTTP answer. KIS says 500 for an expired token (PROTOCOL section 2.3).
  public var status: Int?

  /// An error as the client would throw it; for tests of code that handles it.
  public init(_ code: Code, _ message: String, messageCode: MessageCode? = nil, status: Int? = nil) {
    self.code = code
    self.message = message
    self.messageCode = messageCode
    self.status = status
  }

  /// The message alone.
  public var description: String { message }
}

extension ClientError {
  /// Any error as one of this type.
  init(_ error: any Error) {
    switch error {
    case let error as ClientError: self = error
    case let error as TransportError where error.code == .timedOut: self.init(.timedOut, error.message)
    case let error as TransportError: self.init(.transport, error.message)
    case let error as WireError: self.init(.malformedRecord, "\(error)")
    case is CancellationError: self.init(.closed, "the client was cancelled")
    default: self.init(.transport, "\(error)")
    }
  }

  /// A registration that the server refused.
  init(refusal reply: RegistrationReply, of subscription: RegistrationKey) {
    var message = "\(subscription) was refused: \(reply.code) \(reply.message)"
    if reply.code == .invalidTransactionID {
      let near = Catalogue.nearest(to: subscription.transactionID).filter { Catalogue.realtime($0) != nil }
      if !near.isEmpty { message += "; did you mean \(near.map(\.rawValue).joined(separator: " or "))?" }
    }
    self.init(.refused, message, messageCode: reply.code)
  }

  /// What a client that has ended says to whoever still asks.
  static let ended = ClientError(.closed, "the realtime client has ended; open streams while it runs")
}
