import KISMarket
import KISWire

/// Which futures and options of KRX are listed on a day (전광판), by product, month and strike.
struct ContractBoard {
  /// `01` KOSPI200, `05` its minis, `06` KOSDAQ150.
  let product: String
  private let today: CalendarDate

  /// Strikes are 2.5 points apart; in hundredths.
  static let strikeStep = 250
  /// So many strikes above and below the index.
  private static let strikesEachWay = 20

  /// - Parameter today: in the calendar that is shown.
  init(product: String = "01", today: CalendarDate) {
    (self.product, self.today) = (product, today)
  }

  /// Months in which futures expire, the nearest first: four quarters, of minis six months.
  var futures: [ContractCode] {
    months { product == "05" || $0 % 3 == 0 }.prefix(product == "05" ? 6 : 4).compactMap { year, month in
      ContractCode(.future, product: product, year: year, month: month)
    }
  }

  /// Months in which options expire, the nearest first: six, and the two quarters after them.
  var optionMonths: [(year: Int, month: Int)] {
    let near = months { _ in true }.prefix(6)
    guard let last = near.last, product == "01" else { return Array(near) }
    let later = months { $0 % 3 == 0 }.filter { ($0.year, $0.month) > last }
    return Array(near) + later.prefix(2)
  }

  /// The options of a month around the level of their index, in hundredths, by rising strikes.
  func options(_ right: ContractCode.Right, year: Int, month: Int, around level: Int) -> [ContractCode] {
    let step = ContractBoard.strikeStep
    let middle = (level + step / 2) / step
    return (-ContractBoard.strikesEachWay...ContractBoard.strikesEachWay).compactMap { offset in
      let strike = (middle + offset) * step
      return strike > 0
        ? ContractCode(right, product: product, year: year, month: month, strike: strike) : nil
    }
  }

  /// The months that contracts expire in, from today on for three years.
  private func months(where isMeant: (Int) -> Bool) -> [(year: Int, month: Int)] {
    let (year, month, _) = today.parts
    return (0..<36).compactMap { later in
      let (year, month) = (year + (month - 1 + later) / 12, (month - 1 + later) % 12 + 1)
      guard isMeant(month),
        let contract = ContractCode(.future, product: product, year: year, month: month),
        contract.lastTradingDay >= today
      else { return nil }
      return (year, month)
    }
  }
}

extension AnswerRequest {
  /// The board of the product that is asked for (FID_COND_MRKT_CLS_CODE): nothing for the KOSPI200, MKI for its minis, KQI
  /// for the KOSDAQ150.
  var contractBoard: ContractBoard {
    let product =
      switch parameter("FID_COND_MRKT_CLS_CODE") {
      case "MKI": "05"
      case "KQI": "06"
      default: "01"
      }
    return ContractBoard(product: product, today: shownToday)
  }

  /// The market's day as it is shown.
  var shownToday: CalendarDate { quotes.shift?.shown(marketTime.date) ?? marketTime.date }

  /// The instruments that an output of a board lists; nil where it is no board.
  func boardInstruments(of output: RESTAPI.Output) -> [Instrument]? {
    switch id {
    case "FHPIF05030200": contractBoard.futures.map { quotes.instrument($0.code, .indexFutures) }
    case "FHPIF05030100": boardOptions(isFirst: output.key == api.outputs.first?.key)
    case "FHPIF05030000": instrument.map { [$0] }
    default: nil
    }
  }

  /// Calls and puts of the month that is asked for (FID_MTRT_CNT, 202612), the nearest one without it. The first output is
  /// what FID_MRKT_CLS_CODE names, calls (CO) or puts (PO), the second what FID_MRKT_CLS_CODE1 does.
  private func boardOptions(isFirst: Bool) -> [Instrument] {
    let board = contractBoard
    let asked = parameter("FID_MTRT_CNT").flatMap { text in
      board.optionMonths.first { "\($0.year)" + padded($0.month, to: 2) == text }
    }
    // A month in which nothing expires has no options.
    guard parameter("FID_MTRT_CNT")?.count != 6 || asked != nil, let month = asked ?? board.optionMonths.first else {
      return []
    }
    let named = parameter(isFirst ? "FID_MRKT_CLS_CODE" : "FID_MRKT_CLS_CODE1")
    let isCall = named == "CO" || named != "PO" && isFirst
    return options(isCall ? .call : .put, of: board, in: [month])
  }

  /// The calls or puts of a board, of all months unless some are named.
  func options(
    _ right: ContractCode.Right, of board: ContractBoard, in months: [(year: Int, month: Int)]? = nil
  ) -> [Instrument] {
    let index = quotes.instrument(board.product == "06" ? "3003" : "2001", .index)
    let level = quotes.quote(index, at: marketTime).previousClose
    return (months ?? board.optionMonths).flatMap { year, month in
      board.options(right, year: year, month: month, around: level).map { quotes.instrument($0.code, .indexOption) }
    }
  }

  /// The index that an output beside a contract's own is about: the KOSPI first, then what the contract is on.
  func index(toldBy output: RESTAPI.Output) -> Instrument? {
    guard market.isDerivative, output.fields.contains("bstp_nmix_prpr") else { return nil }
    let isFirst = api.outputs.first { $0.fields.contains("bstp_nmix_prpr") }?.key == output.key
    return isFirst ? quotes.instrument("0001", .index) : (instrument ?? defaultInstrument).underlying
  }

  /// The months in which options expire, as the list of months (월물리스트) writes them.
  var optionMonths: [JSONValue] {
    contractBoard.optionMonths.map { year, month in
      let month = padded(month, to: 2)
      return ["mtrt_yymm_code": .string("0\(year % 10)" + month), "mtrt_yymm": .string("\(year)" + month)]
    }
  }

  /// Margin rates (증거금률): the initial margin that the exchange here holds back, and the maintenance margin, which is
  /// two thirds of it. Of the day that is asked for, of one underlying (BAST_ID) or all.
  var marginRates: [JSONValue] {
    let asked = parameter("BASS_DT").flatMap { CalendarDate(compact: $0) }
    let day = TradingCalendar.tradingDay(onOrBefore: min(asked ?? marketTime.date, marketTime.date))
    let moment = day == marketTime.date ? marketTime : TradingMoment(day, ClockTime(16, 0))
    let named = parameter("BAST_ID")
    return AnswerRequest.marginProducts.filter { named == nil || named == $0.id }.map {
      id, name, underlying, market, point in
      let quote = quotes.quote(quotes.instrument(underlying, market), at: moment)
      let price = Double(quote.price) / Double(quote.instrument.scale)
      return [
        "bast_id": .string(id), "bast_name": .string(name), "brkg_mgna_rt": "10.00", "tr_mgna_rt": "6.67",
        "bast_pric": .string(quote.text(quote.price)), "tr_mtpl_idx": .string("\(point)"),
        "ctrt_per_futr_mgna": .string(decimal(price * Double(point) / 10, places: 0)),
      ]
    }
  }

  private static let marginProducts:
    [(id: String, name: String, underlying: String, market: Instrument.Market, point: Int)] = [
      ("K2I", "코스피200", "2001", .index, 250_000), ("MKI", "미니코스피200", "2001", .index, 50_000),
      ("KQI", "코스닥150", "3003", .index, 10_000), ("11", "삼성전자", "005930", .kospi, 10),
    ]
}

extension AnswerRows {
  /// What the auctions of a contract's day would have made (일중예상체결추이), minute by minute until now, latest first.
  static func expectedTrend(_ request: AnswerRequest) -> [Quote]? {
    guard request.id == "FHPIF05110100", let instrument = request.instrument else { return nil }
    let session = instrument.session(at: request.marketTime)
    let auctions = instrument.hours(on: session.date).phases.filter {
      $0.phase == .openingAuction || $0.phase == .closingAuction
    }
    let minutes = auctions.flatMap { Array($0.start.minutes..<$0.end.minutes) }.filter { $0 <= session.time.minutes }
    return minutes.reversed().compactMap { minute in
      let end = min(session.time, ClockTime(milliseconds: minute * 60_000 + 59_000))
      let quote = request.quotes.quote(instrument, at: TradingMoment(session.date, end))
      return quote.details.expected == nil ? nil : quote
    }
  }
}
