import KISMarket
import KISWire

extension AnswerRequest {
  /// Who traded how much by the size of trades in won (체결금액별 매매비중), the smallest first. What was bought and sold of the
  /// day is divided as the last trades were, so that sizes sum to the day without a look at every one of its trades.
  var tradesByAmount: [InformationRow] {
    let share = instrument ?? defaultInstrument
    let day = tradingDay
    let now = TradingMoment(day, day == marketTime.date ? marketTime.time : ClockTime(23, 59))
    let quote = quotes.quote(share, at: now, tape: tape)
    var sizes = [TradeSize](repeating: TradeSize(), count: TradeSize.bounds.count)
    for print in quotes.lastPrints(TradeSize.trades, share, at: now, tape: tape) {
      sizes[TradeSize.bounds.lastIndex { print.size * print.price >= $0.won } ?? 0].add(print)
    }
    let bought = TradeSize.divided(quote.buyVolume, as: sizes.map(\.bought))
    let sold = TradeSize.divided(quote.sellVolume, as: sizes.map(\.sold))
    let purchases = TradeSize.divided(quote.buyCount, as: sizes.map(\.purchases))
    let sales = TradeSize.divided(quote.sellCount, as: sizes.map(\.sales))
    func part(_ shares: Int) -> String { percent(Double(shares), of: Double(quote.buyVolume + quote.sellVolume)) }
    return TradeSize.bounds.indices.map { place in
      let size = sizes[place]
      return (
        [
          "prpr_name": TradeSize.bounds[place].name,
          "smtn_avrg_prpr": "\(size.volume == 0 ? 0 : size.amount / size.volume)",
          "acml_vol": "\(bought[place] + sold[place])", "whol_ntby_qty_rate": part(bought[place] - sold[place]),
          "ntby_cntg_csnu": "\(purchases[place] - sales[place])", "seln_cnqn_smtn": "\(sold[place])",
          "whol_seln_vol_rate": part(sold[place]), "seln_cntg_csnu": "\(sales[place])",
          "shnu_cnqn_smtn": "\(bought[place])", "whol_shun_vol_rate": part(bought[place]),
          "shnu_cntg_csnu": "\(purchases[place])",
        ], nil
      )
    }
  }
}

/// Trades of about the same amount.
private struct TradeSize {
  private(set) var (bought, sold) = (0, 0)
  private(set) var (purchases, sales) = (0, 0)
  private(set) var amount = 0
  var volume: Int { bought + sold }

  /// How many trades are looked at.
  static let trades = 400

  /// From how many won on, and how the HTS calls it.
  static let bounds: [(won: Int, name: String)] = [
    (0, name: "1천만원 미만"), (10_000_000, "1천만원 이상"), (30_000_000, "3천만원 이상"), (50_000_000, "5천만원 이상"),
    (100_000_000, "1억원 이상"), (300_000_000, "3억원 이상"), (500_000_000, "5억원 이상"), (1_000_000_000, "10억원 이상"),
  ]

  /// An auction's trades are nobody's initiative.
  mutating func add(_ print: Print) {
    switch print.side {
    case .buy: (bought, purchases) = (bought + print.size, purchases + 1)
    case .sell: (sold, sales) = (sold + print.size, sales + 1)
    case nil: return
    }
    amount += print.size * print.price
  }

  /// A whole in such parts; they sum to it, but where there are none.
  static func divided(_ whole: Int, as parts: [Int]) -> [Int] {
    let sum = parts.reduce(0, +)
    guard sum > 0 else { return parts.map { _ in 0 } }
    var (reached, told) = (0, 0)
    return parts.map { part in
      reached += part
      defer { told = Int(Double(whole) * Double(reached) / Double(sum)) }
      return Int(Double(whole) * Double(reached) / Double(sum)) - told
    }
  }
}
