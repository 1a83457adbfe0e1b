import KISMarket
import KISWire

/// A future or option abroad (해외선물옵션) as its code describes it: `ESZ26`, `6AU22`, `OESH23 C3900`.
struct OverseasContract {
  let product: OverseasProduct
  let isOption: Bool
  /// The last day on which it trades, abroad.
  let lastDay: CalendarDate
  /// The day on which it was listed.
  let firstDay: CalendarDate

  /// A code that says no month stands for the quarter that ends next.
  init(_ code: String, on day: CalendarDate) {
    let parts = code.split(separator: " ", maxSplits: 1)
    let series = String(parts.first ?? "")
    isOption = parts.count > 1
    let named = OverseasContract.month(of: series)
    let today = day.parts
    let (year, month) = named ?? (today.year, (today.month + 2) / 3 * 3)
    let root = named == nil ? series : String(series.dropLast(3))
    product = OverseasProduct.known(root, isOption: isOption)
    lastDay = product.ending.lastDay(year, month)
    firstDay = OverseasContract.weekday(onOrBefore: lastDay.advanced(by: -456))
  }

  private static let letters = Array("FGHJKMNQUVXZ")

  /// The month that a series ends with: `Z26`.
  private static func month(of series: String) -> (Int, Int)? {
    let end = Array(series.suffix(3))
    guard series.count > 3, let month = letters.firstIndex(of: end[0]), let year = Int(String(end[1...])) else {
      return nil
    }
    return (2000 + year, month + 1)
  }

  static func weekday(onOrBefore day: CalendarDate) -> CalendarDate {
    var day = day
    while day.weekday == .saturday || day.weekday == .sunday { day = day.advanced(by: -1) }
    return day
  }
}

/// What contracts abroad are on (품목), and where they trade.
struct OverseasProduct: Sendable {
  let root: String
  let name: String
  /// The exchange group that quotations name, and the exchange itself.
  let exchange: String
  let subExchange: String
  /// 001 currencies, 002 interest, 003 indices, 004 grain, 005 livestock, 006 metals, 007 energy.
  let classCode: String
  let ending: Ending

  /// When a month's contracts end.
  enum Ending: Sendable {
    case thirdFriday, beforeThirdWednesday, thirdLastDay, beforeTwentyFifth, beforeMonth

    func lastDay(_ year: Int, _ month: Int) -> CalendarDate {
      let first = CalendarDate(year: year, month: month, day: 1) ?? Market.referenceDate
      func third(_ weekday: Weekday) -> CalendarDate {
        first.advanced(by: (weekday.rawValue - first.weekday.rawValue + 7) % 7 + 14)
      }
      func before(_ day: CalendarDate, _ count: Int) -> CalendarDate {
        (0..<count).reduce(day) { day, _ in OverseasContract.weekday(onOrBefore: day.advanced(by: -1)) }
      }
      switch self {
      case .thirdFriday: return third(.friday)
      case .beforeThirdWednesday: return before(third(.wednesday), 2)
      case .thirdLastDay:
        let next = CalendarDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1) ?? first
        return before(next, 3)
      case .beforeTwentyFifth:
        let day = CalendarDate(year: month == 1 ? year - 1 : year, month: (month + 10) % 12 + 1, day: 25) ?? first
        return before(OverseasContract.weekday(onOrBefore: day), 3)
      case .beforeMonth: return before(first, 3)
      }
    }
  }

  private init(
    _ root: String, _ name: String, _ subExchange: String, _ classCode: String, _ ending: Ending = .thirdFriday
  ) {
    (self.root, self.name, self.subExchange, self.classCode, self.ending) = (root, name, subExchange, classCode, ending)
    exchange = ["CBOT", "NYMEX", "COMEX"].contains(subExchange) ? "CME" : subExchange
  }

  static let all = [
    OverseasProduct("6A", "Australian Dollar", "CME", "001", .beforeThirdWednesday),
    OverseasProduct("6B", "British Pound", "CME", "001", .beforeThirdWednesday),
    OverseasProduct("6E", "Euro FX", "CME", "001", .beforeThirdWednesday),
    OverseasProduct("6J", "Japanese Yen", "CME", "001", .beforeThirdWednesday),
    OverseasProduct("ZN", "10-Year T-Note", "CBOT", "002", .thirdLastDay),
    OverseasProduct("ES", "E-mini S&P 500", "CME", "003"),
    OverseasProduct("MES", "Micro E-mini S&P 500", "CME", "003"),
    OverseasProduct("NQ", "E-mini NASDAQ-100", "CME", "003"),
    OverseasProduct("MNQ", "Micro E-mini NASDAQ-100", "CME", "003"),
    OverseasProduct("YM", "E-mini Dow", "CBOT", "003"),
    OverseasProduct("RTY", "E-mini Russell 2000", "CME", "003"),
    OverseasProduct("ZC", "Corn", "CBOT", "004", .thirdLastDay),
    OverseasProduct("LE", "Live Cattle", "CME", "005", .thirdLastDay),
    OverseasProduct("GC", "Gold", "COMEX", "006", .thirdLastDay),
    OverseasProduct("SI", "Silver", "COMEX", "006", .thirdLastDay),
    OverseasProduct("CL", "Crude Oil", "NYMEX", "007", .beforeTwentyFifth),
    OverseasProduct("NG", "Natural Gas", "NYMEX", "007", .beforeMonth),
  ]

  /// The product of a root; options have an O before that of their future. An unknown one is taken for an index.
  static func known(_ root: String, isOption: Bool) -> OverseasProduct {
    let name = isOption && root.hasPrefix("O") ? String(root.dropFirst()) : root
    return all.first { $0.root == name } ?? OverseasProduct(name, name, "CME", "003")
  }

  static let classNames = [
    "001": "통화", "002": "금리", "003": "지수", "004": "농산물", "005": "축산물", "006": "금속", "007": "에너지",
  ]
}

extension Quote {
  /// The value of a field about a future or option abroad; nil for any other field.
  func overseasContractValue(of name: String) -> String? {
    guard OverseasContract.fields.contains(name) else { return nil }
    let today = details.shift?.shown(day) ?? day
    let contract = OverseasContract(instrument.code, on: today)
    func meant(_ date: CalendarDate) -> String { (details.shift?.meant(date) ?? date).compact }
    let opening = CMEHours(on: day)
    return switch name {
    case "ovrs_futr_fx_pdno": instrument.code
    case "crcy_cd", "crc_cd": instrument.currency
    case "exch_cd": contract.product.exchange
    case "sub_exch_nm": contract.product.subExchange
    case "clas_cd": contract.product.classCode
    case "proc_date": day.advanced(by: second / 86_400).compact
    case "proc_time": clock(second)
    case "sttl_date": instrument.tradingDay(before: day).compact
    case "open_date", "mrkt_open_date", "sbsnsdate": day.compact
    case "close_date", "mrkt_close_date": day.advanced(by: 1).compact
    case "open_time", "mrkt_open_time": opening.start
    case "close_time", "mrkt_close_time": opening.end
    case "trd_fr_date": meant(contract.firstDay)
    case "expr_date", "trd_to_date": meant(contract.lastDay)
    case "remn_cnt": "\(max(0, contract.lastDay.number - today.number))"
    case "stat_tp": contract.lastDay < today ? "2" : "1"
    case "stl_tp": contract.product.classCode == "003" ? "Cash" : "Physical"
    case "frst_noti_date", "sprd_srs_cd1", "sprd_srs_cd2": ""
    // What the exchange here holds back of one contract.
    case "trst_mgn": decimal(Double(price) / Double(instrument.market.scale) * instrument.worth / 10)
    case "tick_val": decimal(Double(tick) / Double(instrument.market.scale) * instrument.worth)
    case "ctrt_size": decimal(instrument.worth, places: 0)
    case "disp_digit": "10"
    default: nil
    }
  }
}

extension OverseasContract {
  fileprivate static let fields: Set<String> = [
    "ovrs_futr_fx_pdno", "crcy_cd", "crc_cd", "exch_cd", "sub_exch_nm", "clas_cd", "proc_date", "proc_time",
    "sbsnsdate",
    "sttl_date", "open_date", "mrkt_open_date", "close_date", "mrkt_close_date", "open_time", "mrkt_open_time",
    "close_time", "mrkt_close_time", "trd_fr_date", "expr_date", "trd_to_date", "remn_cnt", "stat_tp", "stl_tp",
    "frst_noti_date", "sprd_srs_cd1", "sprd_srs_cd2", "trst_mgn", "tick_val", "ctrt_size", "disp_digit",
  ]
}

/// When the exchanges of the CME group are open in Korea: from seven to six the next morning, in winter an hour later.
struct CMEHours {
  let start: String
  let end: String
  /// When the pits were open (정규장), which is when most is traded.
  let baseStart: String
  let baseEnd: String

  init(on day: CalendarDate) {
    let isSummer = ForeignExchange.nasdaq.minutesBehindKorea(on: day) == 13 * 60
    (start, end) = isSummer ? ("070000", "060000") : ("080000", "070000")
    (baseStart, baseEnd) = isSummer ? ("223000", "050000") : ("233000", "060000")
  }
}

extension AnswerRequest {
  /// The contracts abroad whose terms are asked for (SRS_CD_01 and so on), as many as QRY_CNT says.
  var contractsAsked: [Instrument]? {
    guard api.path.hasSuffix("/search-contract-detail") || api.path.hasSuffix("/search-opt-detail") else { return nil }
    let codes = (1...32).compactMap { parameter("SRS_CD_" + padded($0, to: 2)) }
    let count = parameter("QRY_CNT").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? codes.count
    return codes.prefix(count).map { quotes.instrument($0, .overseasFutures) }
  }

  /// The trading hours of products (해외선물옵션 장운영시간): by product, class, exchange and whether options are meant.
  var contractHours: [JSONValue] {
    let hours = CMEHours(on: marketTime.date)
    let (product, kind, exchange) = (parameter("FM_PDGR_CD"), parameter("FM_CLAS_CD"), parameter("FM_EXCG_CD"))
    let options: [Bool] = parameter("OPT_YN") == "Y" ? [true] : parameter("OPT_YN") == "N" ? [false] : [false, true]
    let meant = OverseasProduct.all.filter {
      (product == nil || product == $0.root) && (kind == nil || kind == $0.classCode)
        && (exchange == nil || exchange == $0.exchange)
    }
    return meant.flatMap { product in
      options.map { isOption in
        [
          "fm_pdgr_cd": .string((isOption ? "O" : "") + product.root), "fm_pdgr_name": .string(product.name),
          "fm_excg_cd": .string(product.exchange), "fm_excg_name": .string(product.subExchange),
          "fuop_dvsn_name": .string(isOption ? "옵션" : "선물"), "fm_clas_cd": .string(product.classCode),
          "fm_clas_name": .string(OverseasProduct.classNames[product.classCode] ?? ""),
          "am_mkmn_strt_tmd": .string(hours.start), "am_mkmn_end_tmd": "120000", "pm_mkmn_strt_tmd": "120000",
          "pm_mkmn_end_tmd": "235959", "mkmn_nxdy_strt_tmd": "000000", "mkmn_nxdy_end_tmd": .string(hours.end),
          "base_mket_strt_tmd": .string(hours.baseStart), "base_mket_end_tmd": .string(hours.baseEnd),
        ]
      }
    }
  }

  /// Who holds open contracts of a product (미결제추이), as the CFTC counts them every Tuesday, latest first.
  var openContracts: JSONObject {
    let product = parameter("PROD_ISCD") ?? "ES"
    let asked = parameter("BSOP_DATE").flatMap { CalendarDate(compact: $0) }
    var day = min(asked ?? marketTime.date, marketTime.date)
    while day.weekday != .tuesday { day = day.advanced(by: -1) }
    let areChanges = parameter("UPMU_GUBUN") == "1"
    let rows = (0..<20).map { week in
      let date = day.advanced(by: -7 * week)
      let (now, before) = (Holders(product, on: date, seed), Holders(product, on: date.advanced(by: -7), seed))
      return now.row(product, on: date, since: areChanges ? before : nil)
    }
    return ["output1": ["row_cnt": .string("\(rows.count)")], "output2": .array(rows)]
  }
}

/// Open contracts by who holds them; all that are bought are sold by somebody.
private struct Holders {
  private let counts: [(name: String, count: Int)]

  init(_ product: String, on date: CalendarDate, _ seed: UInt64) {
    var numbers = SeededGenerator(seed: seed).fork("open contracts").fork(product).fork(date.number)
    func draw(_ part: Double, _ numbers: inout SeededGenerator) -> Int {
      Int(100_000 * part * (0.95 + 0.1 * numbers.unit()))
    }
    let (bought, sold, spread) = (draw(3, &numbers), draw(4, &numbers), draw(1, &numbers))
    let (boughtHedge, soldHedge) = (draw(12, &numbers), draw(11, &numbers))
    let total = draw(20, &numbers)
    let holders = [draw(0.0009, &numbers), draw(0.0011, &numbers), draw(0.0008, &numbers), draw(0.0020, &numbers)]
    let soldHolders = draw(0.0021, &numbers)
    counts = [
      ("bidp_spec", bought), ("askp_spec", sold), ("spread_spec", spread), ("bidp_hedge", boughtHedge),
      ("askp_hedge", soldHedge), ("hts_otst_smtn", total), ("bidp_missing", total - bought - spread - boughtHedge),
      ("askp_missing", total - sold - spread - soldHedge), ("bidp_spec_cust", holders[0]),
      ("askp_spec_cust", holders[1]), ("spread_spec_cust", holders[2]), ("bidp_hedge_cust", holders[3]),
      ("askp_hedge_cust", soldHolders), ("cust_smtn", holders.reduce(soldHolders, +)),
    ]
  }

  func row(_ product: String, on date: CalendarDate, since before: Holders?) -> JSONValue {
    var row: JSONObject = [
      "prod_iscd": .string(product), "cftc_iscd": .string(product), "bsop_date": .string(date.compact),
    ]
    for (index, entry) in counts.enumerated() {
      row[entry.name] = .string("\(entry.count - (before?.counts[index].count ?? 0))")
    }
    return .object(row)
  }
}
