/// An order that waits at the broker for another day (예약주문): it is checked and takes a number only when it is sent.
public struct Reservation: Sendable, Hashable {
  /// Its own number (예약주문순번), counted from 1.
  public let number: Int
  /// What will be ordered; changes of the reservation change it.
  public internal(set) var order: ClientOrder
  /// When it was taken.
  public let received: TradingMoment
  /// The last day on which what is left of it is sent (기간예약); nil for the next day alone.
  public internal(set) var lastDay: CalendarDate?
  /// When it was cancelled.
  public internal(set) var cancelled: TradingMoment?
  /// The positions of the orders that it became, one a day.
  public internal(set) var sent: [Int] = []
  /// Why it was refused when it was sent.
  public internal(set) var refusal: OrderRefusal?
  /// What a reservation on credit calls a loan that is taken when it is sent: that day's date then.
  public static let newLoan = ""
  /// The day on which it was last sent, or refused.
  var lastSent: CalendarDate?

  /// Whether it may still be changed or cancelled: it was not sent yet.
  public var isWaiting: Bool { cancelled == nil && sent.isEmpty && refusal == nil }
}

extension Exchange {
  /// Keeps an order for another day.
  /// - Returns: its number; nil, and nothing is kept, when its last day is over before it could be sent.
  public mutating func reserve(_ order: ClientOrder, until lastDay: CalendarDate?, at moment: TradingMoment) -> Int? {
    pass(to: moment)
    let reservation = Reservation(number: reservations.count + 1, order: order, received: now, lastDay: lastDay)
    guard lastDay == nil || sendMoment(of: reservation) != nil else { return nil }
    reservations.append(reservation)
    return reservations.count
  }

  /// Changes a reservation of an account, or cancels it (nil).
  ///
  /// - Parameter lastDay: until when it is sent from now on; nil leaves that as it is.
  /// - Returns: false when it has no such one that still waits, or would not be sent until its last day.
  public mutating func changeReservation(
    _ number: Int, of account: AccountID, until lastDay: CalendarDate? = nil,
    to change: ((inout ClientOrder) -> Void)?, at moment: TradingMoment
  ) -> Bool {
    pass(to: moment)
    let index = number - 1
    guard reservations.indices ~= index, reservations[index].order.account == account, reservations[index].isWaiting
    else { return false }
    guard let change else {
      reservations[index].cancelled = now
      return true
    }
    var changed = reservations[index]
    change(&changed.order)
    if let lastDay { changed.lastDay = lastDay }
    guard lastDay == nil || sendMoment(of: changed) != nil else { return false }
    reservations[index] = changed
    return true
  }

  /// The positions of reservations that are to be sent now, by ``sendMoment(of:)``.
  public var dueReservations: [Int] {
    reservations.indices.filter { index in sendMoment(of: reservations[index]).map { $0 <= now } ?? false }
  }

  /// When the next reservation is to be sent; nil when none waits.
  public var nextReservation: TradingMoment? { reservations.lazy.compactMap { sendMoment(of: $0) }.min() }

  /// When a reservation is sent next: when KRX takes orders for the first time after it was taken, which is the same day
  /// for one of half past six in the morning; abroad when the exchange opens. Nil when it is sent no more.
  func sendMoment(of reservation: Reservation) -> TradingMoment? {
    guard reservation.cancelled == nil, reservation.refusal == nil, let security = reservation.order.security,
      reservation.sent.isEmpty || reservation.lastDay != nil && left(of: reservation) > 0
    else { return nil }
    let start: TradingMoment
    if case .abroad(let exchange) = security.listing {
      let after = reservation.lastSent.map { TradingMoment($0, ClockTime(24, 0)) } ?? reservation.received
      guard let next = exchange.nextRegular(from: after) else { return nil }
      start = next.start
    } else {
      var date = reservation.lastSent.map { $0.advanced(by: 1) } ?? reservation.received.date
      func opening(_ date: CalendarDate) -> ClockTime? {
        TradingCalendar.isTradingDay(date) ? TradingHours(of: .krx, on: date).first(.openingAuction)?.start : nil
      }
      var time = opening(date)
      if let known = time, reservation.lastSent == nil, known <= reservation.received.time { time = nil }
      if time == nil {
        date = TradingCalendar.tradingDay(after: date)
        time = opening(date)
      }
      guard let time else { return nil }
      start = TradingMoment(date, time)
    }
    if let lastDay = reservation.lastDay, start.date > lastDay { return nil }
    return start
  }

  private func left(of reservation: Reservation) -> Int {
    reservation.order.quantity - reservation.sent.reduce(0) { $0 + orders[$1].filled }
  }

  /// Sends a reservation as an order.
  ///
  /// - Parameter day: what holds for its security now.
  public mutating func send(reservation index: Int, day: SecurityDay?, leastNumber: Int, at moment: TradingMoment) {
    guard reservations.indices ~= index else { return }
    var order = reservations[index].order
    (order.day, order.leastNumber, order.quantity) = (day, leastNumber, left(of: reservations[index]))
    if order.loan == Reservation.newLoan { order.loan = "\(now.date)".filter { $0 != "-" } }
    let result = place(order, at: moment)
    reservations[index].lastSent = now.date
    switch result {
    case .success(let position): reservations[index].sent.append(position)
    case .failure(let refusal): reservations[index].refusal = refusal
    }
  }
}
