import KISMarket

/// Draws a day of an instrument as SVG: minutes as high–low bars with the closes through them, below it the volume.
struct DayPicture {
  var market: Market
  let code: String
  let date: CalendarDate

  private let width = 960
  private let top = 40
  private let priceHeight = 280
  private let volumeHeight = 110

  /// The picture.
  mutating func svg() -> String {
    let bars = market.minuteBars(of: code, on: date, through: ClockTime(16, 0))
    let instrument = market.instrument(code)
    let day = market.day(of: code, on: date)
    guard let first = bars.first, let last = bars.last else { return "" }
    let span = max(1, last.time.minutes - first.time.minutes)
    let range = max(1, day.high - day.low)
    let most = max(1, bars.map(\.volume).max() ?? 1)
    func x(_ bar: Bar) -> Int { 60 + (bar.time.minutes - first.time.minutes) * (width - 80) / span }
    func y(_ price: Int) -> Int { top + (day.high - price) * priceHeight / range }
    let floor = top + priceHeight + 30 + volumeHeight
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(floor + 30)\" font-family=\"sans-serif\" font-size=\"12\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
      "<text x=\"60\" y=\"22\">\(instrument.code) \(instrument.name), \(date): minutes of the simulated day, price and volume</text>",
    ]
    for price in [day.high, day.low, day.open] {
      lines.append("<text x=\"4\" y=\"\(y(price) + 4)\" fill=\"#666\">\(price)</text>")
      lines.append("<path d=\"M60 \(y(price))H\(width - 20)\" stroke=\"#eee\"/>")
    }
    for bar in bars {
      lines.append(
        "<path d=\"M\(x(bar)) \(y(bar.high))V\(y(bar.low) + 1)\" stroke=\"\(bar.close >= bar.open ? "#c33" : "#36c")\"/>"
      )
      // Auctions dwarf all other minutes.
      let height = min(volumeHeight, bar.volume * volumeHeight * 3 / most)
      lines.append("<path d=\"M\(x(bar)) \(floor)V\(floor - height)\" stroke=\"#999\"/>")
    }
    let points = bars.map { "\(x($0)),\(y($0.close))" }.joined(separator: " ")
    lines.append("<polyline points=\"\(points)\" fill=\"none\" stroke=\"#222\" stroke-width=\"0.6\"/>")
    for bar in bars where bar.time.minutes % 60 == 0 {
      lines.append(
        "<text x=\"\(x(bar) - 14)\" y=\"\(floor + 18)\" fill=\"#666\">\(bar.time.description.prefix(5))</text>")
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }
}
