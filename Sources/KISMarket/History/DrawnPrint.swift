/// A print as it is drawn. Prices are tick indices.
struct DrawnPrint: Sendable {
  /// Milliseconds since midnight.
  var time = 0
  var price = 0
  var size = 0
  /// 1 is bought at the ask, −1 sold at the bid, 0 an auction.
  var side = 0
  /// The best prices that it met.
  var bid = 0
  var ask = 0
}
