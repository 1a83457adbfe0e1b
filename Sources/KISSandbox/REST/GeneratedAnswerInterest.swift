import KISMarket
import KISWire

extension AnswerRequest {
  /// Yields (금리 종합): those of other countries, then Korea's. Names and codes are real, figures move by the day.
  var interestRates: JSONObject {
    [
      "output1": .array(rates(AnswerRequest.foreignYields, change: "prdy_ctrt")),
      "output2": .array(rates(AnswerRequest.koreanYields, change: "bstp_nmix_prdy_ctrt")),
    ]
  }

  private func rates(_ yields: [(code: String, name: String, level: Double)], change: String) -> [JSONValue] {
    let day = marketTime.date
    return yields.map { yield in
      let curve = SmoothNoise(SeededGenerator(seed: seed).fork("yield").fork(yield.code))
      func level(_ day: CalendarDate) -> Double { yield.level + 0.6 * curve.value(at: Double(day.number) / 20) }
      let (now, before) = (level(day), level(TradingCalendar.tradingDay(before: day)))
      return [
        "bcdt_code": .string(yield.code), "hts_kor_isnm": .string(yield.name),
        "bond_mnrt_prpr": .string(decimal(now, places: 4)), "prdy_vrss_sign": .string(signCode(now - before)),
        "bond_mnrt_prdy_vrss": .string(decimal(now - before, places: 4)),
        change: .string(percent(now - before, of: before)), "stck_bsop_date": .string(day.compact),
      ]
    }
  }

  private static let koreanYields = [
    (code: "Y0101", name: "국고채 3년", level: 3.2), ("Y0105", "국고채 5년", 3.3), ("Y0106", "국고채 10년", 3.5),
    ("Y0112", "회사채 3년 AA-", 3.8), ("Y0116", "CD 91일", 3.0),
  ]

  private static let foreignYields = [
    (code: "Y0201", name: "미국 30년T-BOND", level: 4.6), ("Y0202", "미국 10년T-NOTE 수익률", 4.4),
  ]
}
