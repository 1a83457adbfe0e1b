import KISMarket
import KISWire

extension AnswerRequest {
  /// Whose programs traded today in KOSPI (MRKT_DIV_CLS_CODE 1) or KOSDAQ (4): parts of the totals that H0UPPGM0 tells,
  /// then their sum. Shares are thousands, money is millions of won.
  var programInvestors: [InformationRow] {
    let market = parameter("MRKT_DIV_CLS_CODE") == "4" ? "1001" : "0001"
    let time = tradingDay == marketTime.date ? marketTime.time : ClockTime(20, 0)
    let programs = quotes.programs(ofIndex: market, at: TradingMoment(tradingDay, time))
    var draws = SeededGenerator(seed: seed).fork("program investors").fork(market).fork(tradingDay.number)
    let sides = ["arbt": programs.arbitrage, "nabt": programs.other]
    var columns: [String: [Int]] = [:]
    for name in ["arbt", "nabt"] {
      guard let flow = sides[name] else { continue }
      let (sold, bought) = (parts(&draws), parts(&draws))
      columns[name + "_seln_qty"] = split(flow.soldVolume / 1_000, sold)
      columns[name + "_seln_amt"] = split(flow.soldAmount / 1_000_000, sold)
      columns[name + "_shnu_qty"] = split(flow.boughtVolume / 1_000, bought)
      columns[name + "_shnu_amt"] = split(flow.boughtAmount / 1_000_000, bought)
    }
    let investors = ProgramInvestor.all + [(code: "99", name: "합계", weight: 0)]
    return investors.enumerated().map { index, investor in
      var row = ["invr_cls_code": investor.code, "invr_cls_name": investor.name]
      for unit in ["qty", "amt"] {
        var whole = (sold: 0, bought: 0)
        for name in ["arbt", "nabt"] {
          let sold = columns["\(name)_seln_\(unit)"]?[index] ?? 0
          let bought = columns["\(name)_shnu_\(unit)"]?[index] ?? 0
          whole = (whole.sold + sold, whole.bought + bought)
          (row["\(name)_seln_\(unit)"], row["\(name)_shnu_\(unit)"]) = ("\(sold)", "\(bought)")
          row["\(name)_ntby_\(unit)"] = "\(bought - sold)"
        }
        (row["all_seln_\(unit)"], row["all_shnu_\(unit)"]) = ("\(whole.sold)", "\(whole.bought)")
        row["all_ntby_\(unit)"] = "\(whole.bought - whole.sold)"
      }
      return (row, nil)
    }
  }

  /// What part of a side each investor has today, near what it ordinarily has.
  private func parts(_ draws: inout SeededGenerator) -> [Double] {
    let drawn = ProgramInvestor.all.map { Double($0.weight) * (0.8 + 0.4 * draws.unit()) }
    let sum = drawn.reduce(0, +)
    return drawn.map { $0 / sum }
  }

  /// A total in those parts, and the total behind them.
  private func split(_ total: Int, _ parts: [Double]) -> [Int] {
    var rest = total
    var shares = parts.dropLast().map { part in
      let share = Int(Double(total) * part)
      rest -= share
      return share
    }
    shares.append(rest)
    return shares + [total]
  }
}

/// Who has programs, and how much of program trading is theirs.
private enum ProgramInvestor {
  static let all: [(code: String, name: String, weight: Int)] = [
    ("01", "개인", 20), ("02", "외국인", 640), ("03", "금융투자", 180), ("04", "보험", 20), ("05", "투신", 60), ("06", "사모펀드", 18),
    ("07", "은행", 5), ("08", "기타금융", 2), ("09", "연기금등", 45), ("10", "기타법인", 10),
  ]
}
