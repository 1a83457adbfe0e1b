/// A print as it is drawn. Prices are tick indices.
struct DrawnPrint: Sendable {
  /// Milliseconds since midnight.
  @Compact var time = 0
  @Compact var price = 0
  var size = 0
  /// 1 is bought at the ask, −1 sold at the bid, 0 an auction.
  @Compact var side = 0
  /// The best prices that it met.
  @Compact var bid = 0
  @Compact var ask = 0
}
