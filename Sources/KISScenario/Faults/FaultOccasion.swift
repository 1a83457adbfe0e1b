public import KISWire

/// Something that a fault may happen to, with all that conditions look at.
public enum FaultOccasion: Sendable, Hashable {
  /// A TCP connection was accepted.
  case connection
  /// A client asks for a WebSocket upgrade.
  case upgrade(path: String)
  case request(ObservedRequest)
  case registration(session: Int, transactionID: TransactionID, key: String, appKey: String)
  /// A data frame is about to leave for a session.
  case frame(session: Int, transactionID: TransactionID, key: String)
  /// A PINGPONG is about to leave for a session.
  case heartbeat(session: Int)
  /// A session answered PINGPONG, or sent a PING of its own.
  case clientPing(session: Int)
  /// A session sent its close frame.
  case clientClose(session: Int)

  /// Its kind, as ``Fault/occasion`` names it.
  public var kind: Fault.Occasion {
    switch self {
    case .connection: .connection
    case .upgrade: .upgrade
    case .request: .request
    case .registration: .registration
    case .frame: .frame
    case .heartbeat: .heartbeat
    case .clientPing: .clientPing
    case .clientClose: .clientClose
    }
  }

  /// The session it happens to; nil for connections and requests.
  public var session: Int? {
    switch self {
    case .connection, .upgrade, .request: nil
    case .registration(let session, _, _, _), .frame(let session, _, _), .heartbeat(let session),
      .clientPing(let session), .clientClose(let session):
      session
    }
  }
}

extension FaultBehavior {
  /// False for what never happens to such a request: a fault of orders to a quotation. It is not counted there either.
  package func concerns(_ occasion: FaultOccasion) -> Bool {
    guard case .refusal(let refusal) = self, case .request(let request) = occasion else { return true }
    return refusal.concerns(path: request.path, transactionID: request.transactionID)
  }
}

extension FaultConditions {
  /// True when an occasion has everything that is asked for; what an occasion does not have never matches.
  package func match(_ occasion: FaultOccasion) -> Bool {
    let (id, key, path, appKey): (TransactionID?, String?, String?, String?) =
      switch occasion {
      case .connection, .heartbeat, .clientPing, .clientClose: (nil, nil, nil, nil)
      case .upgrade(let path): (nil, nil, path, nil)
      case .request(let request): (request.transactionID, nil, request.path, request.appKey)
      case .registration(_, let id, let key, let appKey): (id, key, nil, appKey)
      case .frame(_, let id, let key): (id, key, nil, nil)
      }
    return [(transactionID, id?.rawValue), (self.key, key), (self.path, path), (self.appKey, appKey)].allSatisfy {
      pattern, found in pattern.map { pattern in found.map(pattern.matches) ?? false } ?? true
    }
  }
}
