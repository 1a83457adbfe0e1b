/// The side of an order; of a print, the side of the order that took.
public enum Side: Sendable, Hashable, CaseIterable {
  /// 매수
  case buy
  /// 매도
  case sell

  /// The side that this one trades with.
  public var opposite: Side { self == .buy ? .sell : .buy }
}
