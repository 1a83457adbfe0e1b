/// A session of an instrument that has a tape of its own.
public enum SessionName: String, Sendable, Hashable, CaseIterable {
  /// KRX's regular session with its auctions (정규장); abroad the regular session.
  case regular
  /// NXT's pre-market.
  case nextradePreMarket
  /// NXT's main market.
  case nextradeMain
  /// NXT's after-market.
  case nextradeAfterMarket
  /// KRX's evening: the after-market since 2026-09-14, auctions every ten minutes before.
  case evening
}

/// Whose trades count.
public enum Tape: String, Sendable, Hashable, CaseIterable {
  /// The Korea Exchange's.
  case krx = "KRX"
  /// Nextrade's.
  case nxt = "NXT"
  /// Both (통합).
  case unified = "UN"
}
