/// The exchange as far as clients have dealt with it: what they ordered, and how the market stands for what rests.
struct SimulatedExchange {
  var ledger = OrderLedger()
  /// When resting orders are held against the market again.
  var due = Duration.never
  var quotes = QuoteCache()
}
