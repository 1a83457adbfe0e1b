/// Which of the two KIS services: real money or paper trading (모의투자).
///
/// Hosts: PROTOCOL sections 1 and 3.1.
public enum Venue: String, Sendable, Hashable, CaseIterable, Codable {
  /// Real money (실전투자).
  case real
  /// Paper trading (모의투자), `vts` in KIS's host names: it lacks many TRs and allows fewer calls a second.
  case vts

  /// The REST and OAuth host, `https`.
  public var restURL: String {
    switch self {
    case .real: "https://openapi.koreainvestment.com:9443"
    case .vts: "https://openapivts.koreainvestment.com:29443"
    }
  }

  /// The WebSocket host, plain `ws`.
  public var webSocketURL: String {
    switch self {
    case .real: "ws://ops.koreainvestment.com:21000"
    case .vts: "ws://ops.koreainvestment.com:31000"
    }
  }
}
