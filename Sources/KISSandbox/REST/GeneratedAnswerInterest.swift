import KISMarket
import KISWire

extension AnswerRequest {
  /// Yields (금리 종합): those of other countries, then Korea's. Names and codes are real, figures those of their charts.
  var interestRates: JSONObject {
    [
      "output1": .array(["Y0201", "Y0202"].map { rate($0, change: "prdy_ctrt") }),
      "output2": .array(
        ["Y0101", "Y0105", "Y0106", "Y0112", "Y0116"].map { rate($0, change: "bstp_nmix_prdy_ctrt") }),
    ]
  }

  private func rate(_ code: String, change: String) -> JSONValue {
    let quote = quotes.quote(quotes.instrument(code, .index), at: marketTime)
    func percents(_ units: Int) -> String { decimal(Double(units) / Double(quote.instrument.scale), places: 4) }
    return [
      "bcdt_code": .string(code), "hts_kor_isnm": .string(quote.instrument.name),
      "bond_mnrt_prpr": .string(percents(quote.price)), "prdy_vrss_sign": .string(signCode(Double(quote.change))),
      "bond_mnrt_prdy_vrss": .string(percents(quote.change)),
      change: .string(quote.rate(quote.price, over: quote.previousClose)),
      "stck_bsop_date": .string(quote.day.compact),
    ]
  }
}
