import KISMarket

/// What companies do to their shares (예탁원정보): dividends, issues, changes of the par value, mergers, meetings.
///
/// A function of the share, the year and the market's seed. Whoever asks again, or for part of a range, gets the same;
/// what follows from something else follows from it here too: an issue is listed, part of it is deposited, a merger
/// needs a meeting.
struct CompanyEvents {
  let quotes: QuotedMarket

  /// One line of a list.
  struct Event {
    let share: Instrument
    /// The day by which it is looked for.
    let date: CalendarDate
    let values: [String: String]

    init(_ share: Instrument, _ date: CalendarDate, _ values: [String: String]) {
      (self.share, self.date, self.values) = (share, date, values)
    }
  }

  /// What a list is about, by the last word of its path.
  enum Kind: String {
    case dividend
    case bonusIssue = "bonus-issue"
    case paidIssue = "paidin-capin"
    case parChange = "rev-split"
    case reduction = "cap-dcrs"
    case merger = "merger-split"
    case purchaseRequest = "purreq"
    case publicOffer = "pub-offer"
    case forfeit
    case listing = "list-info"
    case deposit = "mand-deposit"
    case meeting = "sharehld-meet"
  }

  /// For how many days something is known before it happens.
  static let notice = 45

  /// Everything of a kind that a company does from one day to another, in no order.
  func events(_ kind: Kind, of share: Instrument, from first: CalendarDate, through last: CalendarDate) -> [Event] {
    guard share.kind == .share, first <= last else { return [] }
    // What a year brings about may happen in the next one.
    return ((first.year - 1)...last.year).flatMap { events(kind, of: share, in: $0) }.filter {
      (first...last).contains($0.date)
    }
  }

  private func events(_ kind: Kind, of share: Instrument, in year: Int) -> [Event] {
    // A company does with its ordinary shares what it does; trusts only pay.
    let isOrdinary = share.ordinaryCode == nil && !DividendHabit.isTrust(share)
    guard isOrdinary || kind == .dividend || kind == .meeting else { return [] }
    return switch kind {
    case .dividend: quotes.dividends(of: share, in: year) { dividends(of: share, in: year) }
    case .bonusIssue: issues(of: share, in: year).filter { $0.kind == .bonus }.map(\.bonusLine)
    case .paidIssue: issues(of: share, in: year).filter(\.kind.isPaid).map(\.paidLine)
    case .publicOffer: issues(of: share, in: year).filter { $0.kind == .rights }.map(\.offerLine)
    case .forfeit: issues(of: share, in: year).compactMap(\.forfeitLine)
    case .listing:
      (issues(of: share, in: year) + [stockDividend(of: share, in: year)].compactMap(\.self)).map(\.listingLine)
    case .deposit: issues(of: share, in: year).filter { $0.kind == .thirdParty }.map(\.depositLine)
    case .parChange: parChanges(of: share, in: year)
    case .reduction: reductions(of: share, in: year)
    case .merger: merger(of: share, in: year).map { [$0.line] } ?? []
    case .purchaseRequest: merger(of: share, in: year).map { [$0.purchaseLine] } ?? []
    case .meeting: meetings(of: share, in: year)
    }
  }

  func draws(_ what: String, _ share: Instrument, _ year: Int) -> SeededGenerator {
    SeededGenerator(seed: quotes.seed).fork("company").fork(what).fork(share.code).fork(year)
  }

  /// A trading day of a year.
  func day(of year: Int, _ draws: inout SeededGenerator) -> CalendarDate {
    let first = CalendarDate(year: year, month: 1, day: 2) ?? Market.referenceDate
    return TradingCalendar.tradingDay(after: first.advanced(by: Int(draws.unit() * 355)))
  }

  // MARK: Dividends and meetings

  private func dividends(of share: Instrument, in year: Int) -> [Event] {
    let whole = dividend(of: share, in: year)
    guard whole > 0 else { return [] }
    let habit = DividendHabit(of: share, seed: quotes.seed)
    let part = whole / habit.months.count
    let yield = Double(whole) / Double(max(1, share.referencePrice))
    return habit.months.compactMap { month, name in
      let isLast = month == habit.months.last?.month
      let amount = isLast ? whole - part * (habit.months.count - 1) : part
      let isLate = isLast && habit.isLate && year >= 2_023
      let end = isLate ? CalendarDate.monthEnd(year + 1, 2) : CalendarDate.monthEnd(year, month)
      guard let record = end, amount > 0 else { return nil }
      let paid = record.tradingDay(after: isLate ? 52 : isLast ? 76 : 34)
      let shares = isLast ? stockDividend(of: share, in: year) : nil
      return Event(
        share, record,
        [
          "record_date": record.compact, "divi_kind": name, "face_val": "\(share.parValue)",
          "per_sto_divi_amt": "\(amount)", "divi_rate": percent(Double(amount), of: Double(share.parValue)),
          "stk_divi_rate": decimal(Double(shares == nil ? 0 : habit.inShares)), "divi_pay_dt": paid.slashed,
          "stk_div_pay_dt": shares?.listing.slashed ?? "", "odd_pay_dt": shares == nil ? "" : paid.slashed,
          "stk_kind": share.ordinaryCode == nil ? "보통" : "우선", "high_divi_gb": yield >= 0.03 ? "Y" : "",
        ])
    }
  }

  /// Won per share that are paid for a year. Preferred shares get a percent of the par value more than ordinary ones.
  private func dividend(of share: Instrument, in year: Int) -> Int {
    if DividendHabit.isTrust(share) {
      return Int(Double(share.referencePrice) * DividendHabit.yieldOfTrusts) / 4 * 4
    }
    guard let ordinary = share.ordinaryCode.flatMap({ Instrument.builtIn($0) }) else {
      return CompanyBooks(share).dividend(of: year)
    }
    let paid = CompanyBooks(ordinary).dividend(of: year)
    return paid == 0 ? 0 : paid + max(1, share.parValue / 100)
  }

  /// The new shares that a company gives its holders of the end of a year; nil when it gives none.
  func stockDividend(of share: Instrument, in year: Int) -> ShareIssue? {
    let habit = DividendHabit(of: share, seed: quotes.seed)
    guard habit.inShares > 0, dividend(of: share, in: year) > 0 else { return nil }
    let end = habit.isLate && year >= 2_023 ? CalendarDate.monthEnd(year + 1, 2) : CalendarDate.monthEnd(year, 12)
    guard let record = end else { return nil }
    return ShareIssue(
      share: share, kind: .stockDividend, record: record, subscription: record,
      listing: record.tradingDay(after: habit.isLate && year >= 2_023 ? 59 : 104),
      issued: share.listedShares * habit.inShares / (100 + habit.inShares), price: 0, discount: 0, forfeited: 0,
      manager: "")
  }

  private func meetings(of share: Instrument, in year: Int) -> [Event] {
    guard let close = CalendarDate.monthEnd(year, 12) else { return [] }
    var draws = draws("meeting", share, year)
    func line(_ record: CalendarDate, _ meeting: CalendarDate, _ type: String, _ agenda: String) -> Event {
      Event(
        share, record,
        [
          "record_date": record.compact, "gen_meet_dt": meeting.slashed, "gen_meet_type": type, "agenda": agenda,
          "vote_tot_qty": share.listedShares.blankPadded(12),
        ])
    }
    // Preferred shares have no vote.
    guard share.ordinaryCode == nil else { return [] }
    let agenda = draws.chance(0.5) ? "재무제표 승인, 이사 선임" : "재무제표 승인, 정관 변경, 이사 보수한도 승인"
    var lines = [line(close, close.tradingDay(after: 60 + Int(draws.next() % 20)), "정기총회", agenda)]
    if let merger = merger(of: share, in: year) { lines.append(line(merger.record, merger.meeting, "임시총회", "합병계약 승인")) }
    return lines
  }

  // MARK: Shares that become others

  private func parChanges(of share: Instrument, in year: Int) -> [Event] {
    var draws = draws("par", share, year)
    guard let record = day(of: "par", share, in: year, chance: 0.03, &draws) else { return [] }
    // Nothing is below 100 won.
    let before = draws.chance(0.7) || share.parValue < 500 ? share.parValue * 5 : share.parValue / 5
    let stop = TradingCalendar.tradingDay(before: record)
    let listing = record.tradingDay(after: 8)
    return [
      Event(
        share, record,
        [
          "record_date": record.compact, "inter_bf_face_amt": padded(before, to: 9),
          "inter_af_face_amt": padded(share.parValue, to: 9),
          "td_stop_dt": "\(stop.slashed) ~ \(TradingCalendar.tradingDay(before: listing).slashed)",
          "list_dt": listing.slashed,
        ])
    ]
  }

  private func reductions(of share: Instrument, in year: Int) -> [Event] {
    var draws = draws("reduction", share, year)
    let chance = share.size == .large ? 0.005 : 0.03
    guard let record = day(of: "reduction", share, in: year, chance: chance, &draws) else { return [] }
    let rate = [0.1, 0.2, 0.5, 0.8][Int(draws.next() % 4)]
    return [
      Event(
        share, record,
        [
          "record_date": record.compact, "stk_kind": "보통",
          "reduce_cap_type": draws.chance(0.8) ? "무상감자" : "유상감자", "reduce_cap_rate": decimal(rate),
          "comp_way": "곱하기", "td_stop_dt": "\(TradingCalendar.tradingDay(before: record).slashed) ~",
          "list_dt": record.tradingDay(after: 16).slashed,
        ])
    ]
  }
}

extension CalendarDate {
  /// `2024/05/31`, as this family of lists writes days on which something is done.
  var slashed: String {
    let (year, month, day) = parts
    return padded(year, to: 4) + "/" + padded(month, to: 2) + "/" + padded(day, to: 2)
  }

  /// The first trading day at least `days` calendar days later.
  func tradingDay(after days: Int) -> CalendarDate {
    TradingCalendar.tradingDay(after: advanced(by: days - 1))
  }

  /// The last day of a month.
  static func monthEnd(_ year: Int, _ month: Int) -> CalendarDate? {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return CalendarDate(year: next.0, month: next.1, day: 1)?.advanced(by: -1)
  }
}

extension Int {
  /// With blanks before it, as KIS writes numbers of shares that come from the depository.
  func blankPadded(_ width: Int) -> String {
    let text = String(self)
    return String(repeating: " ", count: Swift.max(0, width - text.count)) + text
  }
}
