import KISMarket
import KISWire

/// What the call auctions of a day would make, and made.
extension AnswerRequest {
  /// How the expected price of a share went (예상체결가 추이), the latest first: through the auctions until now, with what
  /// each made at its end.
  var expectedPrices: JSONObject {
    let share = instrument ?? defaultInstrument
    let quote = quotes.quote(share, at: marketTime)
    let day = tradingDay
    let now = day == marketTime.date ? marketTime.time : ClockTime(20, 0)
    let hours = TradingHours(of: .krx, on: day)
    var expected: [(time: ClockTime, price: Int, volume: Int)] = []
    for phase in [hours.first(.openingAuction), hours.first(.closingAuction)].compactMap({ $0 })
    where phase.start <= now {
      var times = stride(from: phase.start.seconds, to: min(phase.end, now).seconds, by: 20).map {
        ClockTime(milliseconds: $0 * 1_000)
      }
      if now < phase.end { times.append(now) }
      let outlooks = quotes.ask(share) { $0.expectedExecutions(of: share.code, on: day, at: times) }
      for (time, made) in zip(times, outlooks) {
        if let made { expected.append((time, made.price, made.volume)) }
      }
      let end = min(now, phase.end.later(milliseconds: 40_000))
      let prints = quotes.prints(share, on: day, after: phase.end.later(milliseconds: -1), through: end)
      if let made = prints.first(where: { $0.side == nil }) { expected.append((made.time, made.price, made.size)) }
    }
    if parameter("FID_MKOP_CLS_CODE") == "4" { expected.removeAll { $0.volume == 0 } }
    let last = expected.last
    let base = quote.previousClose
    let change = last.map { $0.price - base } ?? 0
    let head = [
      "antc_cnpr": "\(last?.price ?? 0)", "antc_cntg_vrss_sign": signCode(Double(change)),
      "antc_cntg_vrss": "\(change)",
      "antc_cntg_prdy_ctrt": percent(Double(change), of: Double(base)), "antc_vol": "\(last?.volume ?? 0)",
      "antc_tr_pbmn": "\((last?.price ?? 0) * (last?.volume ?? 0))",
    ]
    let rows: [InformationRow] = expected.suffix(30).reversed().map { made in
      (
        [
          "stck_bsop_date": day.compact, "stck_cntg_hour": clockDigits(made.time.seconds), "stck_prpr": "\(made.price)",
          "prdy_vrss_sign": signCode(Double(made.price - base)), "prdy_vrss": "\(made.price - base)",
          "prdy_ctrt": percent(Double(made.price - base), of: Double(base)), "acml_vol": "\(made.volume)",
        ], nil
      )
    }
    return [key(of: 0): output(0, [(head, quote)]), key(of: 1): output(1, rows)]
  }

  /// What the closing auction would make, or made, of each share by its code (장마감 예상체결가): 0 all, and by
  /// FID_RANK_SORT_CLS_CODE those at their limits (1 upper, 2 lower), those that rise in it (3) or fall (4).
  ///
  /// `sdpr_vrss_prpr` is how far that is from the price before the auction.
  var closingAuction: [InformationRow] {
    let day = tradingDay
    let now = day == marketTime.date ? marketTime.time : ClockTime(20, 0)
    guard let auction = TradingHours(of: .krx, on: day).first(.closingAuction), auction.start <= now else { return [] }
    let moment = TradingMoment(day, now)
    let rows: [(code: String, row: InformationRow)] = sharesOfMarket.compactMap { share in
      let quote = quotes.quote(share, at: moment)
      let before = quotes.quote(share, at: TradingMoment(day, auction.start.later(milliseconds: -1))).price
      let made =
        now < auction.end
        ? quotes.ask(share) { $0.expectedExecution(of: share.code, on: day, at: now) }.map { ($0.price, $0.volume) }
        : closingPrint(share, after: auction.end, at: moment)
      guard let (price, volume) = made, isWanted(price, before, quote) else { return nil }
      return (
        share.code,
        (
          [
            "stck_prpr": "\(price)", "prdy_vrss": "\(price - quote.previousClose)",
            "prdy_vrss_sign": signCode(Double(price - quote.previousClose)),
            "prdy_ctrt": quote.rate(price, over: quote.previousClose), "sdpr_vrss_prpr": "\(price - before)",
            "sdpr_vrss_prpr_rate": quote.rate(price, over: before), "cntg_vol": "\(volume)",
          ], quote
        )
      )
    }
    return rows.sorted { $0.code < $1.code }.prefix(30).map(\.row)
  }

  /// What an auction would make, or made, of each share (예상체결 상승/하락상위): the opening one (FID_MKOP_CLS_CODE 0) or the
  /// closing one (1), in the order of FID_RANK_SORT_CLS_CODE: 0 what rises most in percent, 1 in won, 2 what stays, 3 and 4
  /// what falls most, 5 volume, 6 amount.
  var expectedMoves: [InformationRow] {
    let day = tradingDay
    let now = day == marketTime.date ? marketTime.time : ClockTime(20, 0)
    let isClosing = parameter("FID_MKOP_CLS_CODE") == "1"
    let hours = TradingHours(of: .krx, on: day)
    let phase = hours.first(isClosing ? .closingAuction : .openingAuction)
    // Every bound is looked at, whether the auction has begun or not.
    let filter = RankingFilter(self)
    let least = ["FID_APLY_RANG_PRC_1", "FID_VOL_CNT", "FID_PBMN"].map { parameter($0).flatMap { Int($0) } ?? 0 }
    let order = parameter("FID_RANK_SORT_CLS_CODE") ?? "0"
    guard let phase, phase.start <= now else { return [] }
    let rows: [(figure: Double, code: String, row: InformationRow)] = sharesOfMarket.compactMap { share in
      let made =
        now < phase.end
        ? quotes.ask(share) { $0.expectedExecution(of: share.code, on: day, at: now) }.map { ($0.price, $0.volume) }
        : closingPrint(share, after: phase.end, at: TradingMoment(day, now))
      guard let (price, volume) = made, filter.isOfClass(share) else { return nil }
      // FID_PBMN counts thousands of won.
      guard price >= least[0], volume >= least[1], price * volume >= least[2] * 1_000 else { return nil }
      let quote = quotes.quote(share, at: TradingMoment(day, now))
      let change = price - quote.previousClose
      if order == "2", change != 0 { return nil }
      let rate = Double(change) / Double(max(1, quote.previousClose))
      let figures = [rate, Double(change), rate, -rate, Double(-change), Double(volume), Double(price * volume)]
      let values = [
        "stck_prpr": "\(price)", "prdy_vrss": "\(change)", "prdy_vrss_sign": signCode(Double(change)),
        "prdy_ctrt": quote.rate(price, over: quote.previousClose), "stck_sdpr": "\(quote.previousClose)",
        "cntg_vol": "\(volume)", "antc_tr_pbmn": "\(price * volume)",
      ]
      return (figures[Int(order).flatMap { figures.indices.contains($0) ? $0 : nil } ?? 0], share.code, (values, quote))
    }
    return rows.sorted { ($0.figure, $1.code) > ($1.figure, $0.code) }.prefix(30).map(\.row)
  }

  private func closingPrint(_ share: Instrument, after end: ClockTime, at moment: TradingMoment) -> (Int, Int)? {
    let prints = quotes.prints(
      share, on: moment.date, after: end.later(milliseconds: -1),
      through: min(moment.time, end.later(milliseconds: 40_000)))
    return prints.first { $0.side == nil }.map { ($0.price, $0.size) }
  }

  private func isWanted(_ price: Int, _ before: Int, _ quote: Quote) -> Bool {
    switch parameter("FID_RANK_SORT_CLS_CODE") {
    case "1": price == quote.limits.upper
    case "2": price == quote.limits.lower
    case "3": price > before
    case "4": price < before
    default: true
    }
  }

  /// Shares at their limits, or nearly there (상하한가 포착), those that traded most first.
  ///
  /// FID_PRC_CLS_CODE 0 the upper limit, 1 the lower; FID_DIV_CLS_CODE 0 at it, 6 within 8 %, 5 within 10 %, 1 within
  /// 15 %, 2 within 20 %, 3 within 25 % of the base price.
  var limitPrices: [InformationRow] {
    let isUpper = parameter("FID_PRC_CLS_CODE") != "1"
    let near = ["6": 8, "5": 10, "1": 15, "2": 20, "3": 25][parameter("FID_DIV_CLS_CODE") ?? ""]
    let (low, high) = (
      parameter("FID_INPUT_PRICE_1").flatMap { Int($0) } ?? 0, parameter("FID_INPUT_PRICE_2").flatMap { Int($0) } ?? 0
    )
    let volume = parameter("FID_VOL_CNT").flatMap { Int($0) } ?? 0
    let found = sharesOfMarket.map { quotes.quote($0, at: marketTime) }.filter { quote in
      let limit = isUpper ? quote.limits.upper : quote.limits.lower
      let isThere = near.map { abs(quote.price - limit) * 100 <= quote.previousClose * $0 } ?? (quote.price == limit)
      return isThere && quote.price >= low && (high == 0 || quote.price <= high) && quote.volume >= volume
    }
    return found.sorted { ($0.volume, $1.instrument.code) > ($1.volume, $0.instrument.code) }.prefix(30).map {
      ([:], $0)
    }
  }

  /// Shares of the market that an industry code stands for: 0000 all, 0001 KOSPI, 1001 KOSDAQ, and members of any other.
  private var sharesOfMarket: [Instrument] {
    switch parameter("FID_INPUT_ISCD") ?? "0000" {
    case "0000": quotes.shares
    case let code where code.count == 4:
      quotes.shares.filter { IndexDefinition(code).contains($0) }
    default: shares()
    }
  }
}
