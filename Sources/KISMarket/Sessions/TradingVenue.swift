/// A place where Korean shares trade.
public enum TradingVenue: String, Sendable, Hashable, CaseIterable {
  /// 한국거래소 (Korea Exchange)
  case krx = "KRX"
  /// 넥스트레이드, since 2025-03-04
  case nxt = "NXT"
}
