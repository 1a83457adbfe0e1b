/// A session of an instrument, with prints of its own.
enum SessionName: String, Sendable, Hashable, CaseIterable {
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

  /// Where it trades, of what trades in Korea.
  var venue: TradingVenue {
    switch self {
    case .regular, .evening: .krx
    case .nextradePreMarket, .nextradeMain, .nextradeAfterMarket: .nxt
    }
  }
}

/// Whose trades count.
public enum Tape: String, Sendable, Hashable, CaseIterable {
  /// The Korea Exchange's regular session; of what trades abroad, its exchange's.
  case krx = "KRX"
  /// Nextrade's: pre-market, main market, after-market.
  case nxt = "NXT"
  /// The sum of the two (통합).
  case unified = "UN"
  /// The Korea Exchange's evening: the after-market since 2026-09-14, before it 시간외단일가. Its totals begin at 0.
  case evening = "KRX evening"

  var sessions: [SessionName] {
    switch self {
    case .krx: [.regular]
    case .nxt: [.nextradePreMarket, .nextradeMain, .nextradeAfterMarket]
    case .unified: [.nextradePreMarket, .regular, .nextradeMain, .nextradeAfterMarket]
    case .evening: [.evening]
    }
  }
}
