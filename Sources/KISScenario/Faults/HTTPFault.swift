/// What happens to an HTTP answer.
public enum HTTPFault: Sendable, Hashable {
  /// Another answer is sent instead.
  case replaced(HTTPReplacement)
  /// The answer is sent with something in it damaged.
  case damaged(HTTPDamage)
  /// The answer is late.
  case delayed(FaultDelay)
  /// The answer travels in an unusual way, in part, or not at all.
  case sent(HTTPTransmission)

  /// True when nothing of the answer leaves.
  public var replacesAnswer: Bool {
    switch self {
    case .replaced, .sent(.nothing), .sent(.closing), .sent(.reset), .sent(.garbage): true
    case .damaged, .delayed, .sent: false
    }
  }
}

/// An answer in the place of the one that there would have been.
public enum HTTPReplacement: Sendable, Hashable {
  /// A status, and a body sent as it stands.
  case status(Int, body: String)
  /// An error page in HTML (quirk 37).
  case html(status: Int)
}

/// What can be wrong in an answer that travels as any other.
public enum HTTPDamage: Sendable, Hashable {
  /// The body stops in its middle; the length is right.
  case brokenJSON
  /// A byte of the body is no UTF-8.
  case invalidUTF8
  /// All header names are in lower case.
  case lowerCaseHeaders
}

/// How the bytes of an answer leave.
public enum HTTPTransmission: Sendable, Hashable {
  /// Never; the connection stays open.
  case nothing
  /// Not a byte, and the connection is closed.
  case closing
  /// Not a byte, and the connection is reset (RST).
  case reset
  /// Bytes that are no HTTP, then the connection is closed.
  case garbage
  /// A part of the body, then a reset.
  case partThenReset(percent: Int)
  /// A part of the body, then the connection is closed.
  case partThenClose(percent: Int)
  /// The whole answer, then the connection is closed although keep-alive was agreed.
  case wholeThenClose
  /// `Content-Length` is larger than the body by so many bytes.
  case lengthTooLong(bytes: Int)
  /// `Content-Length` is smaller than the body by so many bytes.
  case lengthTooShort(bytes: Int)
  /// A chunked body whose chunk size is no number.
  case badChunk
  /// The body in pieces of so many bytes.
  case drip(bytes: Int, every: Duration)
  /// The head byte by byte.
  case slowHead(every: Duration)
}
