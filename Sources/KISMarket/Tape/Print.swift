/// A trade of the tape (체결). Prices are in the smallest units of the instrument's market.
public struct Print: Sendable, Hashable {
  /// When, to the millisecond.
  public let time: ClockTime
  /// 체결가
  public let price: Int
  /// Shares.
  public let size: Int
  /// Who took: a buyer at the ask, a seller at the bid; nil in an auction.
  public let side: Side?
  /// The best bid that it met, 0 when there was none.
  public let bid: Int
  /// The best ask that it met, 0 when there was none.
  public let ask: Int
  /// Where, on the tape of several venues (통합); nil where the tape says it.
  public let venue: TradingVenue?

  /// A trade, as one that somebody else tells of.
  public init(
    time: ClockTime, price: Int, size: Int, side: Side?, bid: Int, ask: Int, venue: TradingVenue? = nil
  ) {
    (self.time, self.price, self.size, self.side, self.bid, self.ask) = (time, price, size, side, bid, ask)
    self.venue = venue
  }
}
