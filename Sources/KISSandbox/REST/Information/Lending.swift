import KISMarket
import KISWire

/// What is owed: shares bought with loans (신용잔고), sold short (공매도) and borrowed (대차거래), by the day, latest first.
extension AnswerRequest {
  /// Margin loans. The date that is asked for is that of the settlement, two trading days after the trade.
  var creditDays: [InformationRow] {
    let share = instrument ?? defaultInstrument
    let settled = min(date("FID_INPUT_DATE_1") ?? tradingDay, tradingDay)
    let last = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: settled.advanced(by: 1)) - 3)
    return days(of: share, through: last, count: 30).map { quote in
      let credit = quotes.ask(share) { $0.credit(of: share.code, on: quote.day) }
      let before = quotes.ask(share) { $0.credit(of: share.code, on: TradingCalendar.tradingDay(before: quote.day)) }
      let lent = credit.lentShares - before.lentShares
      // Amounts are in ten thousands of won.
      func amount(_ shares: Int) -> String { "\(shares * quote.price / 10_000)" }
      func part(_ shares: Int, of whole: Int) -> String { percent(Double(shares), of: Double(whole)) }
      return (
        [
          "deal_date": quote.day.compact, "stlm_date": TradingCalendar.settlement(of: quote.day).compact,
          "whol_loan_new_stcn": "\(credit.newShares)", "whol_loan_rdmp_stcn": "\(credit.repaidShares)",
          "whol_loan_rmnd_stcn": "\(credit.loanShares)", "whol_loan_new_amt": amount(credit.newShares),
          "whol_loan_rdmp_amt": amount(credit.repaidShares), "whol_loan_rmnd_amt": "\(credit.loanAmount / 10_000)",
          "whol_loan_rmnd_rate": part(credit.loanShares, of: share.listedShares),
          "whol_loan_gvrt": part(credit.newShares, of: quote.volume), "whol_stln_new_stcn": "\(max(0, lent))",
          "whol_stln_rdmp_stcn": "\(max(0, -lent))", "whol_stln_rmnd_stcn": "\(credit.lentShares)",
          "whol_stln_new_amt": amount(max(0, lent)), "whol_stln_rdmp_amt": amount(max(0, -lent)),
          "whol_stln_rmnd_amt": amount(credit.lentShares),
          "whol_stln_rmnd_rate": part(credit.lentShares, of: share.listedShares),
          "whol_stln_gvrt": part(max(0, lent), of: quote.volume),
        ], quote
      )
    }
  }

  /// Short sales of the days that are over; sums (누적) are those since the first day that is asked for.
  var shortSaleDays: JSONObject {
    let share = instrument ?? defaultInstrument
    let asked = dates("FID_INPUT_DATE_1", "FID_INPUT_DATE_2", latest: lastDayOver, days: 45)
    var sum = (shares: 0, amount: 0, volume: 0, traded: 0)
    let days = days(of: share, through: asked.last, count: 100).filter { $0.day >= asked.first }
    let rows: [InformationRow] = days.reversed().map { quote in
      let short = quotes.ask(share) { $0.shortSales(of: share.code, on: quote.day) }
      sum = (
        sum.shares + short.volume, sum.amount + short.amount, sum.volume + quote.volume, sum.traded + quote.amount
      )
      return (
        [
          "stck_bsop_date": quote.day.compact, "stnd_vol_smtn": "\(sum.volume)", "ssts_cntg_qty": "\(short.volume)",
          "ssts_vol_rlim": percent(Double(short.volume), of: Double(quote.volume)),
          "acml_ssts_cntg_qty": "\(sum.shares)",
          "acml_ssts_cntg_qty_rlim": percent(Double(sum.shares), of: Double(sum.volume)),
          "stnd_tr_pbmn_smtn": "\(sum.traded)", "ssts_tr_pbmn": "\(short.amount)",
          "ssts_tr_pbmn_rlim": percent(Double(short.amount), of: Double(quote.amount)),
          "acml_ssts_tr_pbmn": "\(sum.amount)",
          "acml_ssts_tr_pbmn_rlim": percent(Double(sum.amount), of: Double(sum.traded)),
          "avrg_prc": "\(short.volume == 0 ? 0 : short.amount / short.volume)",
        ], quote
      )
    }
    return [
      key(of: 0): output(0, [([:], quotes.quote(share, at: marketTime))]), key(of: 1): output(1, rows.reversed()),
    ]
  }

  /// Borrowed shares: of one share (MRKT_DIV_CLS_CODE 3), or of all of KOSPI (1) or KOSDAQ (2) beside their index.
  var loanDays: [[String: String]] {
    let board: Board? =
      switch parameter("MRKT_DIV_CLS_CODE") {
      case "1": .kospi
      case "2": .kosdaq
      default: nil
      }
    let subject =
      board.map { quotes.instrument($0 == .kospi ? "0001" : "1001", .index) } ?? instrument ?? defaultInstrument
    let lenders = board.map { board in quotes.shares.filter { $0.board == board } } ?? [subject]
    let asked = dates("START_DATE", "END_DATE", latest: lastDayOver, days: 45)
    return days(of: subject, through: asked.last, count: 100).filter { $0.day >= asked.first }.map { quote in
      let loans = lenders.map { BorrowedShares($0, on: quote.day, seed: seed) }
      func sum(_ figure: (BorrowedShares) -> Int) -> Int { loans.reduce(0) { $0 + figure($1) } }
      let amount = zip(lenders, loans).reduce(0) { sum, lent in
        sum + lent.1.balance / 1_000 * (board == nil ? quote.price : quotes.close(lent.0, on: quote.day)) / 1_000
      }
      let scale = subject.scale
      return [
        "bsop_date": quote.day.compact, "stck_prpr": decimal(Double(quote.price) / Double(scale)),
        "prdy_vrss_sign": signCode(Double(quote.change)), "prdy_vrss": decimal(Double(quote.change) / Double(scale)),
        "prdy_ctrt": quote.rate(quote.price, over: quote.previousClose), "acml_vol": "\(quote.volume)",
        "new_stcn": "\(sum(\.lent))", "rdmp_stcn": "\(sum(\.returned))",
        "prdy_rmnd_vrss": "\(sum(\.lent) - sum(\.returned))", "rmnd_stcn": "\(sum(\.balance))", "rmnd_amt": "\(amount)",
      ]
    }
  }

  /// Shares that the broker lends money for (당사 신용가능종목): of a market (FID_INPUT_ISCD), all of them here, in the order of
  /// their codes or names (FID_RANK_SORT_CLS_CODE 0, 1).
  var creditShares: [InformationRow] {
    // 1 asks for those that it does not lend for.
    guard parameter("FID_SLCT_YN") != "1" else { return [] }
    let code = parameter("FID_INPUT_ISCD") ?? "0000"
    let index = code == "0000" ? nil : IndexDefinition(code)
    let found = quotes.shares.filter { index?.contains($0) ?? true }
    let isByName = parameter("FID_RANK_SORT_CLS_CODE") == "1"
    return found.sorted { isByName ? ($0.name, $0.code) < ($1.name, $1.code) : $0.code < $1.code }.map { share in
      (["stck_shrn_iscd": share.code, "hts_kor_isnm": share.name, "crdt_rate": "45.00"], nil)
    }
  }

  /// Shares that the broker lends to be sold short (당사 대주가능 종목): those of the large indices, as many as it has set aside.
  ///
  /// EXCG_DVSN_CD 02 KOSPI, 03 KOSDAQ, else both; INQR_DVSN_1 1 in the order of codes, else those of which most are left.
  var lendableShares: JSONObject {
    let wanted = parameter("THCO_STLN_PSBL_YN") != "N"
    let board: Board? = ["02": .kospi, "03": .kosdaq][parameter("EXCG_DVSN_CD") ?? ""]
    let day = tradingDay
    let found = shares(market: board).filter { BrokerLoan.isLendable($0) == wanted }.map { share in
      (share: share, loan: BrokerLoan(share, on: day, seed: seed))
    }
    let isByCode = parameter("INQR_DVSN_1") == "1"
    let ordered = found.sorted { one, other in
      isByCode || one.loan.left == other.loan.left
        ? one.share.code < other.share.code : one.loan.left > other.loan.left
    }
    let rows: [InformationRow] = ordered.map { share, loan in
      let close = quotes.close(share, on: TradingCalendar.tradingDay(before: day))
      return (
        [
          "pdno": share.code, "prdt_name": share.name, "papr": "\(share.parValue)", "bfdy_clpr": "\(close)",
          "sbst_prvs": "\(close * 8 / 10 / 10 * 10)", "tr_stop_dvsn_name": "", "psbl_yn_name": wanted ? "가능" : "불가",
          "lmt_qty1": "\(wanted ? loan.limit : 0)", "use_qty1": "\(wanted ? loan.used : 0)",
          "trad_psbl_qty2": "\(wanted ? loan.left : 0)", "rght_type_cd": "", "bass_dt": day.compact,
          "psbl_yn": wanted ? "Y" : "N",
        ], nil
      )
    }
    func sum(_ figure: (BrokerLoan) -> Int) -> String { "\(wanted ? found.reduce(0) { $0 + figure($1.loan) } : 0)" }
    let totals = [
      "tot_stup_lmt_qty": sum(\.limit), "brch_lmt_qty": sum(\.limit), "rqst_psbl_qty": sum(\.left),
    ]
    return [key(of: 0): output(0, rows), key(of: 1): output(1, [(totals, nil)])]
  }

  /// The last day of which everything is known: figures of a day are out at six in the evening.
  private var lastDayOver: CalendarDate {
    tradingDay == marketTime.date && marketTime.time < ClockTime(18, 0)
      ? TradingCalendar.tradingDay(before: tradingDay) : tradingDay
  }

  /// So many whole days of an instrument, the latest first.
  func days(of instrument: Instrument, through last: CalendarDate, count: Int) -> [Quote] {
    let end = TradingCalendar.ordinal(of: last.advanced(by: 1)) - 1
    let first = max(TradingCalendar.ordinal(of: DailyChartWindow.dawn), end - count)
    guard first < end else { return [] }
    let bars = quotes.days(
      instrument, from: TradingCalendar.tradingDay(first), through: TradingCalendar.tradingDay(end))
    return zip(bars, bars.dropFirst()).map { before, bar in
      Quote(
        bar, of: instrument, before: before.close, second: 72_000, until: ClockTime(20, 0), tape: .krx, in: quotes)
    }.reversed()
  }
}

/// What a broker has to lend of a share on a day, and what of it is lent.
private struct BrokerLoan {
  let limit: Int
  let used: Int
  var left: Int { limit - used }

  /// Individuals may borrow what is in the KOSPI200 and the KOSDAQ150.
  static func isLendable(_ share: Instrument) -> Bool {
    share.memberships.contains(.kospi200) || share.memberships.contains(.kosdaq150)
  }

  init(_ share: Instrument, on day: CalendarDate, seed: UInt64) {
    limit = share.listedShares / 20_000
    let curve = SmoothNoise(SeededGenerator(seed: seed).fork("lendable").fork(share.code))
    used = Int(Double(limit) * (0.5 + 0.4 * curve.value(at: Double(TradingCalendar.ordinal(of: day)) / 12)))
  }
}

/// Shares that are borrowed (대차잔고) at the end of a day; what was lent and returned leads from the day before.
private struct BorrowedShares {
  let balance: Int
  let lent: Int
  let returned: Int

  init(_ share: Instrument, on day: CalendarDate, seed: UInt64) {
    let draws = SeededGenerator(seed: seed).fork("borrowed").fork(share.code)
    let curve = SmoothNoise(draws)
    let ordinal = TradingCalendar.ordinal(of: day)
    func level(_ ordinal: Int) -> Int {
      Int(Double(share.listedShares) * 0.014 * (1 + 0.5 * curve.value(at: Double(ordinal) / 12)))
    }
    balance = level(ordinal)
    let change = balance - level(ordinal - 1)
    var day = draws.fork(ordinal)
    let turnover = Int(Double(balance) * (0.004 + 0.012 * day.unit()))
    returned = turnover + max(0, -change)
    lent = returned + change
  }
}
