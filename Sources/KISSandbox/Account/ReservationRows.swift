import KISMarket
import KISWire

/// The reserved orders (예약주문) of an account, as the inquiries of both desks list them.
struct ReservationRows {
  /// One reservation, with the first order that it became.
  struct Row {
    let reservation: Reservation
    let instrument: Instrument
    let order: AccountView.Entry?
    let filled: Int
    let filledAmount: Int
  }

  let rows: [Row]

  /// Nil when the request is no such inquiry, or about no account.
  init?(_ request: AnswerRequest) {
    guard request.listsReservations, let view = request.account else { return nil }
    let all = view.exchange.reservations.filter { $0.order.account == view.name }
    rows = all.compactMap { reservation in
      guard let instrument = reservation.order.security.flatMap({ view.instruments[$0.code] }),
        request.concerns(instrument), request.asksFor(reservation, of: instrument)
      else { return nil }
      let orders = reservation.sent.map { view.exchange.orders[$0] }
      return Row(
        reservation: reservation, instrument: instrument, order: reservation.sent.first.flatMap { view.entry($0) },
        filled: orders.reduce(0) { $0 + $1.filled }, filledAmount: orders.reduce(0) { $0 + $1.filledAmount })
    }
  }

  /// The value of a field; nil for any other field.
  static func value(of field: String, in row: Row) -> String? {
    let (reservation, market) = (row.reservation, row.instrument.market)
    let order = reservation.order
    let division = order.kind.map { OrderDivision.code(of: $0, at: market.desk) } ?? ("00", "지정가")
    return switch field.lowercased() {
    case "ord_gno_brno", "ord_stfno", "splt_buy_attr_name", "tr_dvsn_name": ""
    case "rsvn_ord_seq": "\(reservation.number)"
    case "ovrs_rsvn_odno": padded(reservation.number, to: 10)
    case "rsvn_ord_ord_dt":
      row.order?.placed.compactDate ?? compact(TradingCalendar.tradingDay(after: reservation.received.date))
    case "rsvn_ord_rcit_dt": compact(reservation.received.date)
    case "rsvn_ord_rcit_tmd", "ord_rcit_tmd": digits(reservation.received.time)
    case "rsvn_end_dt": reservation.lastDay.map(compact) ?? ""
    case "ord_dt": row.order?.placed.compactDate ?? ""
    case "ord_tmd", "ord_fwdg_tmd": row.order?.placed.timeOfDay ?? ""
    case "odno": row.order.map { padded($0.record.number, to: 10) } ?? ""
    case "ord_dvsn_cd": division.0
    case "ord_dvsn_name": division.1
    case "ord_rsvn_qty", "ft_ord_qty": "\(order.quantity)"
    case "ord_rsvn_unpr", "ft_ord_unpr3": row.instrument.text(order.price)
    case "tot_ccld_qty", "ft_ccld_qty": "\(row.filled)"
    case "tot_ccld_amt": row.instrument.text(row.filledAmount)
    case "sll_buy_dvsn_cd": order.side == .buy ? "02" : "01"
    case "sll_buy_dvsn_cd_name": order.side == .buy ? "매수" : "매도"
    case "cncl_yn": reservation.cancelled == nil ? "N" : "Y"
    case "cncl_ord_dt": reservation.cancelled.map { compact($0.date) } ?? ""
    case "cncl_rcit_tmd": reservation.cancelled.map { digits($0.time) } ?? ""
    case "prcs_rslt", "ovrs_rsvn_ord_stat_cd_name": state(of: reservation)
    case "ovrs_rsvn_ord_stat_cd": reservation.sent.isEmpty ? "01" : "02"
    case "rjct_rson2", "nprc_rson_text": reservation.refusal == nil ? "" : "주문거부"
    case "loan_dt": order.loan ?? ""
    case "kor_item_shtn_name": row.instrument.name
    case "tmnl_mdia_kind_cd": "31"
    case "ctac_tlno": ""
    default: nil
    }
  }

  private static func state(of reservation: Reservation) -> String {
    if reservation.cancelled != nil { return "취소" }
    if reservation.refusal != nil { return "거부" }
    return reservation.sent.isEmpty ? "미처리" : "처리"
  }

  private static func compact(_ date: CalendarDate) -> String { "\(date)".filter { $0 != "-" } }

  private static func digits(_ time: ClockTime) -> String { clockDigits(time.milliseconds / 1_000) }
}

extension AnswerRequest {
  /// Whether it lists reserved orders.
  var listsReservations: Bool {
    isInquiry && (api.path.hasSuffix("/order-resv-ccnl") || api.path.hasSuffix("/order-resv-list"))
  }

  fileprivate func asksFor(_ reservation: Reservation, of instrument: Instrument) -> Bool {
    // 02 is parts of shares (미니스탁), which nobody reserves here.
    if parameter("INQR_DVSN_CD") == "02" { return false }
    let date = "\(reservation.received.date)".filter { $0 != "-" }
    let first = parameter("RSVN_ORD_ORD_DT") ?? parameter("INQR_STRT_DT") ?? "00000000"
    let last = parameter("RSVN_ORD_END_DT") ?? parameter("INQR_END_DT") ?? "99999999"
    guard first <= date, date <= last else { return false }
    if let number = parameter("RSVN_ORD_SEQ").flatMap({ Int($0) }), number > 0, number != reservation.number {
      return false
    }
    if let code = parameter("PDNO"), !code.hasPrefix("%"), code != instrument.symbol { return false }
    switch parameter("SLL_BUY_DVSN_CD") {
    case "01": guard reservation.order.side == .sell else { return false }
    case "02": guard reservation.order.side == .buy else { return false }
    default: break
    }
    // 처리구분: 1 those that were sent, 2 those that wait. 취소여부 Y: only those that were not cancelled.
    switch parameter("PRCS_DVSN_CD") {
    case "1": guard !reservation.sent.isEmpty else { return false }
    case "2": guard reservation.sent.isEmpty else { return false }
    default: break
    }
    return parameter("CNCL_YN") != "Y" || reservation.cancelled == nil
  }
}
