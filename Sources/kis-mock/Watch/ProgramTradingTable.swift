import KISWire
import Terminal

/// Program trading as people know it from their HTS: 차익, 비차익, 위탁, 자기, 전체 by 매도, 매수, 순매수.
struct ProgramTradingTable {
  private let trading: ProgramTrading
  private let style: TerminalStyle
  private static let width = 14

  init(_ trading: ProgramTrading, _ style: TerminalStyle) {
    self.trading = trading
    self.style = style
  }

  var lines: [String] {
    let name = CodeTable.industry(trading.code)?.koreanName ?? ""
    let titles = ["매도 수량", "매도 대금", "매수 수량", "매수 대금", "순매수 수량", "순매수 대금"]
    return [
      style.bold("국내지수 실시간프로그램매매 H0UPPGM0  \(trading.code.printable) \(name)  \(trading.time.colons)")
        + style.dim("  천주, 백만원"),
      style.dim("".padded(to: 8) + titles.map { $0.alignedRight(to: Self.width) }.joined()),
      row("차익", trading.arbitrage), row("비차익", trading.nonArbitrage), row("위탁", trading.entrusted),
      row("자기", trading.own), row("전체", trading.all),
      style.dim(
        "시장 누적 거래량 \(trading.market.quantity.grouped)천주, 거래대금 \(trading.market.amount.grouped)백만원"),
    ]
  }

  private func row(_ name: String, _ block: ProgramTrading.Block) -> String {
    let sides = [block.sell, block.buy].flatMap { [$0.quantity, $0.amount] }.map { cell($0.grouped) }
    let net = [block.net.quantity, block.net.amount].map { number in
      let text = cell(number > 0 ? "+\(number.grouped)" : number.grouped)
      return number == 0 ? text : number > 0 ? style.rise(text) : style.fall(text)
    }
    return name.padded(to: 8) + (sides + net).joined()
  }

  private func cell(_ text: String) -> String { text.alignedRight(to: Self.width) }
}

extension Int {
  /// The number with commas between thousands.
  var grouped: String {
    var digits = Substring(String(magnitude))
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}
