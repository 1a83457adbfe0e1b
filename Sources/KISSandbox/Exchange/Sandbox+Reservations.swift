import KISMarket
import KISWire

extension Sandbox {
  /// Takes, changes or cancels a reserved order (예약주문).
  ///
  /// - Parameter moment: when; nil is now.
  func answerReservation(
    _ request: RESTRequest, _ asked: AnswerRequest, appKey: String, at moment: KoreanTime? = nil
  ) -> RESTAnswer {
    guard asked.isWellFormedOrder else { return .malformedOrder }
    if asked.isOnAccountOfContracts { return configuration.unknownAccount }
    openAccount(asked.accountID)
    let now = moment ?? marketTime
    let moment = TradingMoment(now)
    followMarket(at: clock.now)
    var asked = asked
    let lastDay = asked.parameter("RSVN_ORD_END_DT").flatMap { CalendarDate(compact: $0) }
    // Nobody lends shares here.
    if asked.isOfBorrowedShares { return refused(.holdings, asked) }
    switch asked.orderAPI?.role {
    case .reservation where asked.parameter("OVRS_RSVN_ODNO") == nil || asked.parameter("RVSE_CNCL_DVSN_CD") == "00":
      guard let instrument = asked.orderedInstrument,
        asked.parameter("PRDT_TYPE_CD").map({ asked.isProductType($0, instrument) }) ?? true
      else { return refused(.unknownSecurity, asked) }
      guard asked.orderKind != nil else { return refused(.unknownKind, asked) }
      guard asked.orderQuantity > 0 else { return refused(.quantity, asked) }
      guard isReservationTime(of: instrument, at: moment) else { return refused(.afterClose, asked) }
      exchange.know(instrument)
      let order = clientOrder(asked, of: instrument, nil, appKey: appKey, at: now)
      guard let number = exchange.core.reserve(order, until: lastDay, at: moment) else {
        return refused(.notTradingDay, asked)
      }
      asked.reserved = number
    default:
      let number = Int(asked.parameter("RSVN_ORD_SEQ") ?? asked.parameter("OVRS_RSVN_ODNO") ?? "") ?? 0
      let kept = exchange.core.reservations.first { $0.number == number && $0.order.account == asked.accountID }
      let instrument = kept?.order.security.flatMap { exchange.instruments[$0.code] }
      guard let kept, let instrument, instrument.market.desk == asked.market.desk, asked.means(kept, of: instrument)
      else { return refused(.unknownOrder, asked) }
      let (price, quantity, kind) = (asked.orderPrice(), asked.orderQuantity, asked.orderKind)
      let (saysPaid, loan) = (asked.parameter("ORD_OBJT_CBLC_DVSN_CD") != nil, asked.loan)
      let isChanged = exchange.core.changeReservation(
        number, of: asked.accountID, until: lastDay,
        to: asked.isCancellation
          ? nil
          : { order in
            if quantity > 0 { order.quantity = quantity }
            if saysPaid { order.loan = loan }
            (order.price, order.kind) = (price, kind)
          }, at: moment)
      guard isChanged else { return refused(.nothingLeft, asked) }
      asked.reserved = number
    }
    return generatedAnswer(to: request, asked)
  }

  private func refused(_ refusal: OrderRefusal, _ asked: AnswerRequest) -> RESTAnswer {
    RESTAnswer(refusal, on: configuration.venue, isAbroad: asked.market.isAbroad)
  }

  /// Reservations at home are taken from 15:40 to 07:30, on days without trading at any time; abroad while the exchange is
  /// closed.
  private func isReservationTime(of instrument: Instrument, at moment: TradingMoment) -> Bool {
    if case .abroad(let abroad) = instrument.security.listing {
      return abroad.session(on: moment.date, at: moment.time)?.phase != .regular
    }
    let isDay = ClockTime(7, 30) <= moment.time && moment.time < ClockTime(15, 40)
    return !isDay || !TradingCalendar.isTradingDay(moment.date)
  }

  /// Sends the reservations whose day has come.
  func sendReservations(at now: KoreanTime) {
    let moment = TradingMoment(now)
    exchange.core.advance(to: moment)
    for index in exchange.core.dueReservations {
      let order = exchange.core.reservations[index].order
      let instrument = order.security.flatMap { exchange.instruments[$0.code] }
      exchange.core.send(
        reservation: index, day: instrument.map { securityDay(of: $0, side: order.side, at: now) },
        leastNumber: leastOrderNumber(at: now), at: moment)
    }
  }
}
