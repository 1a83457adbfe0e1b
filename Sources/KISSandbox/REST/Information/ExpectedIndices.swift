import KISMarket
import KISWire

/// The answers about expected indices (예상체결지수), see ``ExpectedIndex``.
extension AnswerRequest {
  /// How an index went through an auction until now, the latest first, in steps of FID_INPUT_HOUR_1 seconds (예상체결지수 추이).
  var expectedIndexTrend: [InformationRow] {
    let index = instrument ?? quotes.instrument("0001", .index)
    guard let auction = indexAuction, auction.start <= auction.until else { return [] }
    let step = max(10, min(600, parameter("FID_INPUT_HOUR_1").flatMap { Int($0) } ?? 60))
    let seconds = stride(from: auction.start.seconds, through: auction.until.seconds, by: step)
    let auctions = ExpectedIndex.Auctions(of: index, on: tradingDay, in: quotes)
    let told = seconds.suffix(30).reversed()
    let expected = auctions.expectations(at: told.map { ClockTime(milliseconds: $0 * 1_000) })
    return told.enumerated().map { place, second in
      let made = auctions.index(index, of: expected.map { $0[place] })
      return (
        [
          "stck_cntg_hour": clockDigits(second), "bstp_nmix_prpr": index.text(made.level),
          "prdy_vrss_sign": signCode(Double(made.change)), "bstp_nmix_prdy_vrss": index.text(made.change),
          "prdy_ctrt": percent(Double(made.change), of: Double(made.base)), "acml_vol": "\(made.volume / 1_000)",
          "acml_tr_pbmn": "\(made.amount / 1_000_000)",
        ], nil
      )
    }
  }

  /// All industries of the markets that are asked for (FID_MRKT_CLS_CODE: 0 all, K KOSPI, Q KOSDAQ) after the index
  /// that is asked for (예상체결 전체지수).
  var expectedIndices: JSONObject {
    let asked = parameter("FID_INPUT_ISCD").flatMap { Int($0) == 0 ? nil : $0 } ?? "0001"
    let first = ["K": "0", "Q": "1"][parameter("FID_MRKT_CLS_CODE") ?? ""]
    let auctions = ExpectedIndex.Auctions(of: nil, on: tradingDay, in: quotes)
    let expected = indexAuction.map { auctions.expectations(at: [$0.until]).map { $0[0] } } ?? []
    func row(_ code: String) -> InformationRow {
      let index = quotes.instrument(code, .index)
      let members = expected.isEmpty ? [] : quotes.places(ofIndex: code).map { expected[$0] }
      let made = auctions.index(index, of: members)
      return (
        [
          "hts_kor_isnm": index.name, "bstp_cls_code": code, "bstp_nmix_prpr": index.text(made.level),
          "bstp_nmix_prdy_vrss": index.text(made.change), "prdy_vrss_sign": signCode(Double(made.change)),
          "bstp_nmix_prdy_ctrt": percent(Double(made.change), of: Double(made.base)),
          "prdy_ctrt": percent(Double(made.change), of: Double(made.base)), "acml_vol": "\(made.volume / 1_000)",
          "nmix_sdpr": index.text(made.base), "ascn_issu_cnt": "\(made.rising)",
          "stnr_issu_cnt": "\(made.standing)", "down_issu_cnt": "\(made.falling)",
        ], nil
      )
    }
    let listed = knownCodes.industries.map(\.code).filter { code in first.map { code.hasPrefix($0) } ?? true }
    return [key(of: 0): output(0, [row(asked)]), key(of: 1): output(1, listed.map(row))]
  }

  /// The opening auction (FID_MKOP_CLS_CODE 1), or the closing one (2), as far as it has come; nil before it.
  private var indexAuction: (start: ClockTime, until: ClockTime)? {
    let hours = TradingHours(of: .krx, on: tradingDay)
    let phase = hours.first(parameter("FID_MKOP_CLS_CODE") == "2" ? .closingAuction : .openingAuction)
    let now = tradingDay == marketTime.date ? marketTime.time : ClockTime(20, 0)
    guard let phase, phase.start <= now else { return nil }
    return (phase.start, min(now, phase.end.later(milliseconds: -1)))
  }
}
