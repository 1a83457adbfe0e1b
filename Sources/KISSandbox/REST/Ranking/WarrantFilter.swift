import KISMarket
import KISWire

/// What lists of warrants (ELW) leave out: those whose figures lie outside of the ranges that were asked for, of another right
/// (콜, 풋), or that end too soon or too late.
struct WarrantFilter {
  /// The field of a row, in lower case, and the figures that it may have.
  private let ranges: [(field: String, range: ClosedRange<Double>)]
  private let wantsPut: Bool?
  private let endsEarly: Bool
  /// ATM, ITM or OTM.
  private let moneyness: String?
  /// How many days ago it was listed, and how many are left until it ends.
  private let ages: ClosedRange<Int>?
  private let remaining: ClosedRange<Int>?
  /// 1 a strike of at least the share's price, 2 of at most that.
  private let strikes: String?
  private let today: CalendarDate
  /// The last days (만기일) that are meant.
  private let first: String?
  private let last: String?
  /// Since when it has to be listed.
  private let listedSince: String?
  /// Whoever issued it (발행회사), by the member's code; nobody where the code is no member's.
  private let issuer: Broker?
  private let isOfNobody: Bool

  /// Nil for lists of anything else.
  init?(_ request: AnswerRequest) {
    guard request.market == .elw else { return nil }
    func number(_ name: String) -> Double? { request.parameter(name).flatMap { Double($0) } }
    ranges = WarrantFilter.fields.compactMap { field, low, high in
      // The list of what rose counts months in the place of days.
      if field == "hts_rmnn_dynu", request.api.path.hasSuffix("/updown-rate") { return nil }
      let bounds = (number(low), high.flatMap { number($0) })
      // Nothing, and 0, is no bound.
      guard (bounds.0 ?? 0) != 0 || (bounds.1 ?? 0) != 0 else { return nil }
      let least = bounds.0 ?? -.infinity
      return (field, least...max(least, (bounds.1 ?? 0) == 0 ? .infinity : bounds.1 ?? .infinity))
    }
    // Lists by day say 0 call, 1 put, 2 all; all others 0 all, 1 call, 2 put.
    let isByDay = ["/expiration-stocks", "/newly-listed"].contains { request.api.path.hasSuffix($0) }
    let isSearch = request.api.path.hasSuffix("/cond-search")
    let right = isSearch ? nil : request.parameter("FID_DIV_CLS_CODE").flatMap { Int($0) }.map { isByDay ? $0 + 1 : $0 }
    // Others name the right in letters: C and CO, P and PO; A is either.
    switch (right, request.parameter("FID_MRKT_CLS_CODE")?.first) {
    case (1, _), (_, "C"): wantsPut = false
    case (2, _), (_, "P"): wantsPut = true
    default: wantsPut = nil
    }
    // Nothing ends here before its day (조기종료).
    endsEarly = isSearch && request.parameter("FID_DIV_CLS_CODE") == "2"
    moneyness = ["1": "ATM", "2": "ITM", "3": "OTM"][request.parameter("FID_OPTION") ?? ""]
    func memberNamed(_ name: String) -> String? {
      request.parameter(name).flatMap { code in code.contains { $0 != "0" } ? code : nil }
    }
    // Whoever issued a warrant also stands ready to trade it (LP).
    let provider = isSearch || request.api.path.hasSuffix("/volume-rank") ? memberNamed("FID_INPUT_ISCD_2") : nil
    let member = memberNamed(isByDay ? "FID_INPUT_ISCD_2" : "FID_INPUT_ISCD") ?? provider
    ages = isSearch ? WarrantFilter.ages[request.parameter("FID_INPUT_DATE_1") ?? ""] : nil
    let months = isSearch ? "FID_INPUT_DATE_2" : "FID_INPUT_RMNN_DYNU_1"
    let isByMonths = isSearch || request.api.path.hasSuffix("/updown-rate")
    remaining = isByMonths ? WarrantFilter.months[request.parameter(months) ?? ""] : nil
    strikes = isSearch ? request.parameter("FID_ETC_CLS_CODE") : nil
    today = request.tradingDay
    issuer = member.flatMap { code in Broker.all.first { $0.code == code } }
    isOfNobody = member != nil && issuer == nil
    listedSince =
      request.api.path.hasSuffix("/newly-listed")
      ? request.parameter("FID_INPUT_DATE_1").flatMap { CalendarDate(compact: $0) }?.compact : nil
    let isByEnd = request.api.path.hasSuffix("/expiration-stocks")
    func day(_ name: String) -> String? {
      isByEnd ? request.parameter(name).flatMap { CalendarDate(compact: $0) }?.compact : nil
    }
    (first, last) = (day("FID_INPUT_DATE_1"), day("FID_INPUT_DATE_2"))
  }

  /// Whether it is of the right, and of whoever issued it, that were asked for.
  func admits(_ warrant: MonthlyWarrant) -> Bool {
    (wantsPut == nil || wantsPut == warrant.isPut) && !isOfNobody && isIssued(by: warrant.issuer.company)
  }

  /// Whether it is one of those that were asked for.
  func admits(_ quote: Quote) -> Bool {
    guard wantsPut == nil || (quote.value(of: "rght_type_name") == "PUT") == wantsPut else { return false }
    guard !isOfNobody, !endsEarly, issuer == nil || isIssued(by: quote.value(of: "pblc_co_name") ?? "") else {
      return false
    }
    if let moneyness, quote.value(of: "atm_cls_name") != moneyness { return false }
    guard isOfAge(quote), isOfStrike(quote) else { return false }
    if let listedSince, let listed = quote.value(of: "stck_lstn_date"), listed < listedSince { return false }
    if first != nil || last != nil, let end = quote.value(of: "mtrt_date") {
      if let first, end < first { return false }
      if let last, end > last { return false }
    }
    return ranges.allSatisfy { field, range in
      quote.value(of: field).flatMap { Double($0) }.map(range.contains) ?? true
    }
  }

  private func isOfAge(_ quote: Quote) -> Bool {
    if let remaining, let left = quote.value(of: "hts_rmnn_dynu").flatMap({ Int($0) }), !remaining.contains(left) {
      return false
    }
    guard let ages, let listed = quote.value(of: "stck_lstn_date").flatMap({ CalendarDate(compact: $0) }) else {
      return true
    }
    return ages.contains(today.number - listed.number)
  }

  private func isOfStrike(_ quote: Quote) -> Bool {
    guard let strikes, let strike = quote.value(of: "acpr").flatMap({ Double($0) }),
      let share = quote.value(of: "unas_prpr").flatMap({ Double($0) })
    else { return true }
    return strikes == "1" ? strike >= share : strikes == "2" ? strike <= share : true
  }

  /// FID_INPUT_DATE_1 of a search: listed today, within a week, a month, three months.
  private static let ages: [String: ClosedRange<Int>] = ["1": 0...0, "2": 0...7, "3": 8...30, "4": 31...90]

  /// Months until the end, in days: 1 within one, then 1 to 2, 2 to 3, 3 to 6, 6 to 9, 9 to 12, and more.
  private static let months: [String: ClosedRange<Int>] = [
    "1": 0...30, "2": 31...60, "3": 61...90, "4": 91...180, "5": 181...270, "6": 271...365, "7": 366...100_000,
  ]

  /// Members are called shorter than companies: 한국증권 is 한국투자증권.
  private func isIssued(by company: String) -> Bool {
    company.hasPrefix(issuer.map { String($0.name.prefix(2)) } ?? "")
  }

  /// Fields by the parameters that bound them.
  private static let fields: [(field: String, low: String, high: String?)] = [
    ("hts_rmnn_dynu", "FID_INPUT_RMNN_DYNU_1", "FID_INPUT_RMNN_DYNU_2"),
    ("elw_prpr", "FID_PRPR_CNT1", "FID_PRPR_CNT2"), ("prdy_ctrt", "FID_RSFL_RATE1", "FID_RSFL_RATE2"),
    ("acml_vol", "FID_VOL1", "FID_VOL2"), ("lvrg_val", "FID_LVRG_VAL1", "FID_LVRG_VAL2"),
    ("hts_ints_vltl", "FID_INTS_VLTL1", "FID_INTS_VLTL2"), ("prmm_val", "FID_PRMM_VAL1", "FID_PRMM_VAL2"),
    ("gear", "FID_GEAR1", "FID_GEAR2"), ("prls_qryr_rate", "FID_PRLS_QRYR_RATE1", "FID_PRLS_QRYR_RATE2"),
    ("delta_val", "FID_DELTA1", "FID_DELTA2"), ("acpr", "FID_ACPR1", "FID_ACPR2"),
    ("stck_cnvr_rate", "FID_STCK_CNVR_RATE1", "FID_STCK_CNVR_RATE2"), ("prit", "FID_PRIT1", "FID_PRIT2"),
    ("cfp", "FID_CFP1", "FID_CFP2"), ("moneyness", "FID_THETA1", "FID_THETA2"),
    // A search calls these after other figures: days on which trading ends, parts, distances.
    ("stck_last_tr_date", "FID_APLY_RANG_PRC_1", "FID_APLY_RANG_PRC_2"), ("stck_lp_fin_date", "FID_VOL3", "FID_VOL4"),
    ("lp_hldn_rate", "FID_INPUT_NMIX_PRICE_1", "FID_INPUT_NMIX_PRICE_2"),
    ("apprch_rate", "FID_EGEA_VAL1", "FID_EGEA_VAL2"),
    ("prls_qryr_stpr_prc", "FID_INPUT_DVDN_ERT", "FID_INPUT_HIST_VLTL"),
  ]
}

extension AnswerRequest {
  /// The warrants that end or have ended from FID_INPUT_DATE_1, else today, to _2 (만기예정/만기종목); of those of months the first
  /// hundred, who wants more asks from a later day on. Nil for any other list.
  var endingWarrants: [Instrument]? {
    guard api.path.hasSuffix("/expiration-stocks"), let filter = WarrantFilter(self) else { return nil }
    func day(_ name: String) -> CalendarDate? {
      date(name).map { quotes.shift?.shown($0) ?? $0 }
    }
    let today = shownToday
    let first = day("FID_INPUT_DATE_1") ?? today
    let last = day("FID_INPUT_DATE_2") ?? today.advanced(by: 31 * MonthlyWarrant.longestLife)
    let underlying = parameter("FID_UNAS_INPUT_ISCD").flatMap { Int($0) == 0 ? nil : $0 }
    let ending = quotes.monthlyWarrants(endingFrom: first, through: last, most: AnswerRequest.mostEndingWarrants) {
      first <= $0.matures && $0.matures <= last && $0.listed <= today && filter.admits($0)
        && (underlying == nil || underlying == $0.share.code)
    }
    return quotes.listed.filter { $0.market == .elw }.map(\.instrument) + ending
  }

  private static let mostEndingWarrants = 100
}
