import KISMarket

/// New shares of a company: for nothing or for money, to everybody or to a third party.
struct ShareIssue {
  /// Whom it is for, and what it costs.
  enum Kind: String {
    /// 무상증자
    case bonus
    /// 유상증자, to which everybody may subscribe
    case rights
    /// 유상증자, 제3자배정
    case thirdParty
    /// 주식배당
    case stockDividend

    var isPaid: Bool { self == .rights || self == .thirdParty }

    fileprivate var name: String { isPaid ? "유상증자" : self == .bonus ? "무상증자" : "주식배당" }
  }

  let share: Instrument
  let kind: Kind
  let record: CalendarDate
  let subscription: CalendarDate
  let listing: CalendarDate
  let issued: Int
  /// Won per new share; 0 for nothing.
  let price: Int
  /// How much less than the share costs, in percent.
  let discount: Int
  /// New shares that nobody subscribed to (실권주).
  let forfeited: Int
  let manager: String

  /// The listed shares before it.
  var before: Int { share.listedShares - issued }

  private var rate: String { percent(Double(issued), of: Double(before)) }
  private var right: CalendarDate { TradingCalendar.tradingDay(before: record) }
  private var subscriptionTerm: String { ShareIssue.term(subscription) }
  private static func term(_ first: CalendarDate) -> String {
    "\(first.slashed) ~ \(TradingCalendar.tradingDay(after: first).slashed)"
  }

  var bonusLine: CompanyEvents.Event {
    .init(
      share, record,
      [
        "record_date": record.compact, "fix_rate": rate, "odd_rec_price": "0", "right_dt": right.compact,
        "odd_pay_dt": "", "list_date": listing.compact, "tot_issue_stk_qty": "\(before)", "issue_stk_qty": "\(issued)",
        "stk_kind": "01",
      ])
  }

  var paidLine: CompanyEvents.Event {
    .init(
      share, record,
      [
        "record_date": record.compact, "tot_issue_stk_qty": "\(before)", "issue_stk_qty": "\(issued)",
        "fix_rate": rate, "disc_rate": decimal(Double(discount)), "fix_price": "\(price)", "right_dt": right.compact,
        "sub_term_ft": subscription.compact, "sub_term": subscriptionTerm, "list_date": listing.slashed,
        "stk_kind": "01",
      ])
  }

  var offerLine: CompanyEvents.Event {
    func thousands(_ shares: Int) -> String { (shares * share.parValue / 1_000).blankPadded(12) }
    let paid = subscription.tradingDay(after: 3)
    return .init(
      share, subscription,
      [
        "record_date": subscription.compact, "fix_subscr_pri": price.blankPadded(12),
        "face_value": padded(share.parValue, to: 9), "subscr_dt": subscriptionTerm, "pay_dt": paid.slashed,
        "refund_dt": paid.slashed, "list_dt": listing.slashed, "lead_mgr": manager,
        "pub_bf_cap": thousands(before), "pub_af_cap": thousands(share.listedShares),
        "assign_stk_qty": issued.blankPadded(12),
      ])
  }

  /// The second round, in which anybody may have what holders left; nil when there is none.
  var forfeitLine: CompanyEvents.Event? {
    guard kind == .rights, forfeited > 0 else { return nil }
    let first = subscription.tradingDay(after: 5)
    return .init(
      share, record,
      [
        "record_date": record.compact, "subscr_dt": ShareIssue.term(first), "subscr_price": padded(price, to: 9),
        "subscr_stk_qty": forfeited.blankPadded(12), "refund_dt": first.tradingDay(after: 5).slashed,
        "list_dt": listing.slashed, "lead_mgr": manager,
      ])
  }

  var listingLine: CompanyEvents.Event {
    .init(
      share, listing,
      [
        "list_dt": listing.compact, "stk_kind": "보통", "issue_type": kind.name,
        "issue_stk_qty": issued.blankPadded(12), "tot_issue_stk_qty": share.listedShares.blankPadded(12),
        "issue_price": price.blankPadded(9),
      ])
  }

  /// Whoever was given shares may not sell them for a year. The rate is in hundredths of a percent.
  var depositLine: CompanyEvents.Event {
    .init(
      share, listing,
      [
        "stk_qty": issued.blankPadded(12), "depo_date": "\(listing.slashed) ~ \(listing.advanced(by: 365).slashed)",
        "depo_reason": "모집매출",
        "tot_issue_qty_per_rate": decimal(Double(issued) * 10_000 / Double(share.listedShares), places: 1),
      ])
  }
}

extension CompanyEvents {
  /// What a company issues in a year beside dividends: nothing in most.
  func issues(of share: Instrument, in year: Int) -> [ShareIssue] {
    [(ShareIssue.Kind.bonus, 0.04), (.rights, 0.05), (.thirdParty, 0.04)].compactMap { kind, chance in
      var draws = draws(kind.rawValue, share, year)
      guard let record = day(of: kind.rawValue, share, in: year, chance: chance, &draws) else { return nil }
      let isPaid = kind.isPaid
      let tenths = isPaid ? 1 + Int(draws.next() % 3) : 1 + Int(draws.next() % 10)
      let issued = share.listedShares * tenths / (10 + tenths)
      let discount = isPaid ? [0, 10, 20, 25][Int(draws.next() % 4)] : 0
      let subscription = record.tradingDay(after: 28)
      return ShareIssue(
        share: share, kind: kind, record: record, subscription: subscription,
        listing: isPaid ? subscription.tradingDay(after: 15) : record.tradingDay(after: 20), issued: issued,
        price: isPaid ? offered(share, before: record, discount: discount) : 0, discount: discount,
        // Of what everybody may have something is left (실권주).
        forfeited: kind == .rights ? issued * (1 + Int(draws.next() % 20)) / 100 : 0,
        manager: Broker.all.filter { !$0.isForeign }[Int(draws.next() % 10)].name)
    }
  }

  /// What a new share costs: less than the share did when the issue was made known.
  private func offered(_ share: Instrument, before record: CalendarDate, discount: Int) -> Int {
    let known = max(DailyChartWindow.dawn, record.advanced(by: -CompanyEvents.notice - 1))
    let price = quotes.close(share, on: known) * (100 - discount) / 100
    let ticks = share.ticks(on: known)
    return ticks.price(at: max(1, ticks.index(nearest: price)))
  }
}
