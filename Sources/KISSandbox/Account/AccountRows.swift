import KISMarket
import KISWire

/// What an account's inquiries list.
extension AnswerRows {
  /// What the account holds, as the exchange has it; made up where no exchange was asked.
  static func held(_ request: AnswerRequest, quote: (Instrument) -> Quote) -> [AccountLine] {
    guard let view = request.account else {
      let instruments = request.instruments.filter { request.concerns($0) && !$0.code.hasPrefix("R") }
      var generator = request.accountGenerator
      let first = Int(generator.next() % UInt64(max(1, instruments.count)))
      return (0..<min(10, instruments.count)).map {
        AccountLine(quote(instruments[(first + $0) % instruments.count]), generator: request.accountGenerator)
      }
    }
    if let day = request.dayOfSettledPositions {
      let isToday = day == request.marketTime.date
      return view.positions(on: day).filter { request.concerns($0.instrument) }.map { instrument, holding, realized in
        let now =
          isToday ? quote(instrument) : request.quotes.quote(instrument, at: TradingMoment(day, ClockTime(18, 0)))
        return AccountLine(now, holding, sellable: abs(holding.quantity), realized: realized)
      }
    }
    // What was sold to the last share today is still listed today; a position that was closed is not.
    let listed = view.holdings.filter { instrument, holding in
      request.concerns(instrument) && request.names(instrument) && request.wants(instrument)
        && (!instrument.market.desk.isOfContracts || request.wantsKind(of: instrument))
        && (holding.quantity != 0 || !holding.security.isContract)
    }
    let lines = listed.compactMap { instrument, holding -> AccountLine? in
      let side: KISMarket.Side = holding.quantity < 0 ? .buy : .sell
      let sellable =
        if holding.security.isContract {
          view.account.closable(instrument.code, by: side)
        } else if request.isAboutOneHolding, holding.loan != nil {
          0
        } else {
          view.account.sellable(instrument.code, loan: holding.loan)
        }
      guard let day = request.settlementDay else {
        return AccountLine(
          quote(instrument), holding, sellable: sellable, traded: view.traded(instrument, loan: holding.loan),
          realized: holding.security.isContract ? view.gained(instrument, on: view.exchange.now.date) : 0)
      }
      let settled = holding.quantity - view.unsettled(instrument, on: day)
      guard settled > 0 else { return nil }
      return AccountLine(
        quote(instrument), Holding(holding.security, quantity: settled, average: holding.average),
        sellable: min(sellable, settled), traded: view.traded(instrument, loan: holding.loan))
    }
    let wanted = lines.filter { request.isBought($0) }
    return request.asksByItem ? AccountLine.byItem(wanted) : wanted
  }
}

extension AnswerRequest {
  /// Whether it asks about one holding, and what a sale in cash may sell of it (매도가능수량): then there is one page.
  var isAboutOneHolding: Bool { api.path.hasSuffix("/inquire-psbl-sell") }

  /// Whether what is held abroad is given in won (WCRC_FRCR_DVSN_CD 01), and not in its currency (02).
  var tellsOfSharesAbroadInWon: Bool {
    let inquiries = ["/inquire-present-balance", "/inquire-paymt-stdr-balance"]
    return inquiries.contains(where: api.path.hasSuffix) && parameter("WCRC_FRCR_DVSN_CD") == "01"
  }

  /// Whether an inquiry that may name one instrument is about this one.
  fileprivate func names(_ instrument: Instrument) -> Bool {
    // INQR_CNDT of bonds: 00 all, 01 those of a number.
    let isNamed = api.path.hasSuffix("/inquire-psbl-sell") || market == .bond && parameter("INQR_CNDT") != "00"
    guard isNamed, let code = parameter("PDNO"), code.first != "%" else { return true }
    return code == instrument.symbol
  }

  /// Whether an inquiry about what is held abroad asks for an instrument: by currency, country (NATN_CD, 000 all), market
  /// (TR_MKET_CD, 00 all), and whether it asks for whole shares (INQR_DVSN_CD: 02 is parts of shares, 미니스탁, which nobody
  /// has here).
  fileprivate func wants(_ instrument: Instrument) -> Bool {
    guard market == .overseas else { return true }
    let place = MarketAbroad.of(instrument)
    let asked: [(String, isSo: (String) -> Bool)] = [
      ("TR_CRCY_CD", { $0.hasPrefix("%") || $0 == instrument.currency }),
      ("NATN_CD", { $0 == "000" || $0 == place.nation.code }), ("TR_MKET_CD", { $0 == "00" || $0 == place.code }),
      ("INQR_DVSN_CD", { $0 != "02" }),
    ]
    return asked.map { name, isSo in parameter(name).map(isSo) ?? true }.allSatisfy { $0 }
  }

  /// The day whose positions and gains are asked for (잔고정산손익 INQR_DT), or the last trading day before it; nil for all other
  /// inquiries.
  var dayOfSettledPositions: CalendarDate? {
    guard api.path.hasSuffix("/inquire-balance-settlement-pl") else { return nil }
    return TradingCalendar.tradingDay(onOrBefore: min(date("INQR_DT") ?? marketTime.date, marketTime.date))
  }

  /// The day until which trades are settled that count (결제기준잔고); nil for what counts by trades.
  fileprivate var settlementDay: CalendarDate? {
    api.path.hasSuffix("/inquire-paymt-stdr-balance") ? date("BASS_DT") ?? marketTime.date : nil
  }

  /// Whether a line was bought on the day that is asked for (BUY_DT of bonds).
  fileprivate func isBought(_ line: AccountLine) -> Bool {
    guard market == .bond, let day = parameter("BUY_DT") else { return true }
    return line.value(of: "buy_dt") == day
  }

  /// Whether a balance is asked for by item (종목별, INQR_DVSN 02), and not by the loans that paid for it (대출일별, 01), or about
  /// one holding as a whole.
  fileprivate var asksByItem: Bool {
    isAboutOneHolding
      || market.desk == .shares && api.path.hasSuffix("domestic-stock/v1/trading/inquire-balance")
        && parameter("INQR_DVSN") == "02"
  }
}
