import KISMarket
import KISScenario

extension QuotedMarket {
  /// The values of an H0UPPGM0 record at a moment; nil before the first.
  func programTrading(_ key: String, at moment: TradingMoment) -> [String]? {
    let industry = IndustryMarket(rawValue: key) ?? (key.hasPrefix("1") ? .kosdaq : .kospi)
    return programTotals(industry, at: moment).values(of: industry)
  }

  /// Program trading of a market at a moment.
  func programTotals(_ industry: IndustryMarket, at moment: TradingMoment) -> ProgramTotals {
    ProgramTotals(
      programs(ofIndex: industry.rawValue, at: moment), traded: turnover(ofIndex: industry.rawValue, at: moment),
      second: moment.time.seconds)
  }
}
