import KISMarket

/// A listed company that takes in one of its subsidiaries (흡수합병), or parts with a business (물적분할).
struct Merger {
  let share: Instrument
  let isSplit: Bool
  let record: CalendarDate
  let meeting: CalendarDate
  let rate: Double
  /// What holders who oppose it are paid for a share (매수청구가격), in won.
  let price: Int

  private var other: String { share.name + (isSplit ? "홀딩스" : "솔루션") }
  private var issued: Int { Int(Double(share.listedShares / 50) * rate) }
  private var request: CalendarDate { meeting.tradingDay(after: 20) }

  var line: CompanyEvents.Event {
    .init(
      share, record,
      [
        "record_date": record.compact, "opp_cust_cd": "9" + share.code.prefix(4), "opp_cust_nm": other,
        "cust_cd": String(share.code.prefix(5)), "cust_nm": share.name, "merge_type": isSplit ? "물적분할" : "흡수합병",
        "merge_rate": decimal(rate), "td_stop_dt": "", "list_dt": request.tradingDay(after: 20).compact,
        "odd_amt_pay_dt": request.tradingDay(after: 27).slashed, "tot_issue_stk_qty": "\(share.listedShares)",
        "issue_stk_qty": isSplit ? "0" : "\(issued)", "seq": "0",
      ])
  }

  var purchaseLine: CompanyEvents.Event {
    .init(
      share, record,
      [
        "record_date": record.compact, "stk_kind": "보통",
        "opp_opi_rcpt_term": "0" + TradingCalendar.tradingDay(before: meeting).compact,
        "buy_req_rcpt_term": "0" + request.compact, "buy_req_price": padded(price, to: 12),
        "buy_amt_pay_dt": request.tradingDay(after: 14).slashed, "get_meet_dt": meeting.slashed,
      ])
  }
}

extension CompanyEvents {
  /// The merger or split that a company decides on in a year; nil in nearly all.
  func merger(of share: Instrument, in year: Int) -> Merger? {
    var draws = draws("merger", share, year)
    guard let record = day(of: "merger", share, in: year, chance: 0.03, &draws) else { return nil }
    let known = max(DailyChartWindow.dawn, record.advanced(by: -CompanyEvents.notice - 1))
    return Merger(
      share: share, isSplit: draws.chance(0.3), record: record, meeting: record.tradingDay(after: 26),
      rate: Double(10 + draws.next() % 140) / 100, price: quotes.close(share, on: known))
  }
}
