import KISMarket
import KISWire

extension Instrument {
  /// What the exchange has to know of it.
  var security: Security { security(isByNight: false) }

  /// - Parameter isByNight: whether a future or option trades in KRX's night session, which has a book of its own.
  func security(isByNight: Bool) -> Security {
    switch market {
    case .overseas: return Security(code, .abroad(exchange ?? .nasdaq), currency: currency)
    case .bond:
      // Quantities count thousands of won of face value, prices are for ten thousand.
      return Security(code, .bond, size: ContractSize(1_000, per: 10_000 * scale))
    case .indexFutures: return contract(.indexFuture, isByNight)
    case .stockFutures: return contract(.stockFuture, isByNight)
    case .indexOption: return contract(.indexOption, isByNight)
    case .overseasFutures:
      // Its money is counted as finely as that of shares abroad.
      return Security(
        code, .contract(isOptionAbroad ? .indexOption : .overseasFuture, .abroad(exchange ?? .chicago)),
        currency: currency,
        size: ContractSize((product?.pointValue ?? 1) * market.moneyScale, per: scale))
    case .kospi, .kosdaq, .etf, .elw, .index:
      let listed: SecurityKind = kind == .etf || kind == .etn || kind == .elw ? kind : .share
      return Security(code, .korea(board, listed, isOnNextrade: isOnNextrade), currency: currency)
    }
  }

  /// Abroad the code of an option has a right and a strike after a space.
  private var isOptionAbroad: Bool { code.contains(" ") }

  /// What a price of one whole unit of the currency is worth in it, of one share, contract or thousand won of a bond.
  var worth: Double {
    let size = security.size
    return Double(size.multiplier) / Double(size.divisor) * Double(scale) / Double(market.moneyScale)
  }

  private func contract(_ kind: SecurityKind, _ isByNight: Bool) -> Security {
    Security(
      code, .contract(kind, isByNight ? .krxNight : .krx), size: ContractSize(pointValue, per: scale),
      lastTradingDay: lastTradingDay)
  }

  /// What a point of a future or option is worth in won (거래승수): 250,000 of the KOSPI200, 50,000 of its minis, 10,000
  /// of the KOSDAQ150; futures on shares are for ten.
  private var pointValue: Int {
    switch code.prefix(3) {
    case "101", "201", "301", "A01", "B01", "C01": 250_000
    case "105", "205", "305", "A05", "B05", "C05": 50_000
    case "106", "206", "306", "A06", "B06", "C06": 10_000
    default: market == .stockFutures ? 10 : 250_000
    }
  }

  /// Quantities are multiples of it (매매수량단위): a hundred in Tokyo and Vietnam, and for purchases in China. Hong Kong's
  /// differ from share to share: those of shares that are built in are known, others from its master file.
  func lot(side: KISMarket.Side, codes: KnownCodes) -> Int {
    if let lot = codes.instrument(code)?.lot ?? KnownCodes.standard.instrument(code)?.lot { return lot }
    return switch overseasExchange {
    case _ where market != .overseas: 1
    case "TKSE", "HASE", "VNSE": 100
    case "SHAA", "SZAA": side == .buy ? 100 : 1
    default: 1
    }
  }
}

extension Instrument.Market {
  /// How many of the smallest units that accounts count in make one of the currency.
  var moneyScale: Int { isAbroad ? Instrument.Market.overseas.scale : 1 }
}

extension Quote {
  /// What holds for an order of it on a date.
  func securityDay(on date: CalendarDate) -> SecurityDay {
    guard instrument.security.hasPhases else { return dayElsewhere(on: date) }
    let close = TradingHours(of: .krx, on: date).first(.closingAuction)?.end.seconds
    return SecurityDay(
      base: previousClose, ticks: instrument.ticks(on: date),
      limits: instrument.limits(around: previousClose, on: date),
      last: price, close: close.map { second >= $0 } == true ? price : nil)
  }

  /// What one contract abroad holds back, as a price: the margin of its product, or a tenth of its own.
  var marginAbroad: Int {
    guard let product = instrument.product, let margin = product.margin else { return price / 10 }
    return margin * product.scale / product.pointValue
  }

  /// Of what has no phases: the ticks of contracts and of shares abroad, of futures the limits within which the market
  /// moves, and a tenth of the price as margin. KRX's own margins change with every contract.
  private func dayElsewhere(on date: CalendarDate) -> SecurityDay {
    var day = SecurityDay(base: previousClose, last: price)
    switch instrument.market {
    case .indexFutures, .stockFutures:
      (day.ticks, day.limits) = (instrument.ticks(on: date), instrument.limits(around: previousClose, on: date))
      day.margin = price / 10
    case .indexOption:
      day.ticks = instrument.ticks(on: date)
      day.margin = price * 2
    case .overseasFutures: (day.ticks, day.margin) = (instrument.ticks(on: date), marginAbroad)
    case .overseas: day.ticks = instrument.ticks(on: date)
    default: break
    }
    return day
  }
}
