/// A member of the exchange (회원사) through which others trade.
public struct Broker: Sendable, Hashable {
  /// Its number (회원사 코드), five digits.
  public let code: String
  /// Its short name, as KIS prints it.
  public let name: String
  /// Whether it is a foreign securities company (외국계 창구).
  public let isForeign: Bool

  /// The members that are known.
  public static let all: [Broker] = weighted.map(\.broker)

  static let weighted: [(broker: Broker, weight: Int)] = [
    ("00050", "키움증권", false, 190), ("00005", "미래에셋증권", false, 110), ("00030", "삼성증권", false, 75),
    ("00003", "한국증권", false, 85), ("00012", "NH투자증권", false, 80), ("00017", "KB증권", false, 75),
    ("00002", "신한투자증권", false, 60), ("00046", "대신증권", false, 35), ("00019", "하나증권", false, 35),
    ("00288", "토스증권", false, 40), ("00086", "BNK증권", false, 8), ("00010", "메리츠", false, 15),
    ("00001", "교보증권", false, 10), ("00006", "유안타증권", false, 18), ("00063", "iM증권", false, 8),
    ("00033", "JP모간", true, 32), ("00036", "모간서울", true, 40), ("00037", "씨티그룹", true, 18),
    ("00035", "맥쿼리", true, 14), ("00044", "메릴린치", true, 30), ("00042", "CS증권", true, 6),
    ("00045", "골드만삭스", true, 22), ("00054", "노무라증권", true, 6), ("00043", "UBS증권", true, 20),
  ].map { (Broker(code: $0.0, name: $0.1, isForeign: $0.2), $0.3) }
}

/// What was bought and sold through a broker until a moment.
public struct BrokerFlow: Sendable, Hashable {
  /// Through whom.
  public let broker: Broker
  /// What was bought and sold.
  public let flow: Flow
}

/// Short sales (공매도) until a moment.
public struct ShortSales: Sendable, Hashable {
  /// Shares.
  public let volume: Int
  /// In won.
  public let amount: Int
}

/// Margin loans (신용융자) and loaned shares (대주) of an instrument at the end of a day.
public struct CreditBalance: Sendable, Hashable {
  /// Shares bought with loans that stand open (융자 잔고).
  public let loanShares: Int
  /// Their amount in won.
  public let loanAmount: Int
  /// Shares that loans bought on the day.
  public let newShares: Int
  /// Shares whose loans were paid back on the day.
  public let repaidShares: Int
  /// Loaned shares that stand open (대주 잔고).
  public let lentShares: Int
}

extension FlowSplitting {
  /// Weights by part of the market, with noise by day; every share is traded through one of them.
  var brokers: Weights {
    var numbers = model.cell(.members, day: ordinal, 99)
    func weights() -> [Int] {
      Broker.weighted.map { max(1, $0.weight * Quantiles.lognormal(numbers.next()) / 64) }
    }
    return (weights(), weights())
  }
}

extension InstrumentModel {
  /// How many thousandths of what is sold on a day are sold short: two to eight percent in large names, less in others. The
  /// same all day, so that of a day that is over no minute has to be drawn.
  func soldShort(onDay ordinal: Int) -> Int {
    var numbers = cell(.shortSales, day: ordinal, 99)
    let limit = instrument.size == .large ? 80 : instrument.size == .medium ? 50 : 15
    return numbers.within((limit / 4)...limit)
  }
}
