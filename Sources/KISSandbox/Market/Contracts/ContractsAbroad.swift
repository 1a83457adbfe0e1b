import KISMarket
import KISWire

extension ForeignProduct {
  /// The exchange group that quotations name.
  var exchangeGroup: String { ["CBOT", "NYMEX", "COMEX"].contains(exchange) ? "CME" : exchange }

  /// 품목종류: 001 currencies, 002 interest, 003 indices, 004 grain, 005 livestock, 006 metals, 007 energy.
  var classCode: String { kindWords.code }
  var className: String { kindWords.name }

  private var kindWords: (code: String, name: String) {
    switch kind {
    case .currency: ("001", "통화")
    case .interest: ("002", "금리")
    case .index: ("003", "지수")
    case .grain: ("004", "농산물")
    case .livestock: ("005", "축산물")
    case .metal: ("006", "금속")
    case .energy: ("007", "에너지")
    }
  }
}

extension Quote {
  /// The value of a field about a future or option abroad; nil for any other field.
  func overseasContractValue(of name: String) -> String? {
    guard Quote.fieldsOfContractsAbroad.contains(name) else { return nil }
    let today = details.shift?.shown(day) ?? day
    let contract = ForeignContract(instrument.code, on: today)
    func meant(_ date: CalendarDate) -> String { (details.shift?.meant(date) ?? date).compact }
    let opening = CMEHours(on: today)
    return switch name {
    case "ovrs_futr_fx_pdno": instrument.code
    case "crcy_cd", "crc_cd": instrument.currency
    case "exch_cd": contract.product.exchangeGroup
    case "sub_exch_nm": contract.product.exchange
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
    case "trst_mgn": decimal(Double(marginAbroad) / Double(instrument.scale) * instrument.worth)
    case "tick_val": decimal(Double(tick) / Double(instrument.scale) * instrument.worth)
    case "ctrt_size": decimal(instrument.worth, places: 0)
    case "disp_digit": "10"
    default: nil
    }
  }
}

extension Quote {
  fileprivate static let fieldsOfContractsAbroad: Set<String> = [
    "ovrs_futr_fx_pdno", "crcy_cd", "crc_cd", "exch_cd", "sub_exch_nm", "clas_cd", "proc_date", "proc_time",
    "sbsnsdate",
    "sttl_date", "open_date", "mrkt_open_date", "close_date", "mrkt_close_date", "open_time", "mrkt_open_time",
    "close_time", "mrkt_close_time", "trd_fr_date", "expr_date", "trd_to_date", "remn_cnt", "stat_tp", "stl_tp",
    "frst_noti_date", "sprd_srs_cd1", "sprd_srs_cd2", "trst_mgn", "tick_val", "ctrt_size", "disp_digit",
  ]
}

/// When the exchanges of the CME group are open in Korea: from seven to six the next morning, in winter an hour later; until two
/// when they close at noon.
struct CMEHours {
  let start: String
  let end: String
  /// When the pits were open (정규장), which is when most is traded.
  let baseStart: String
  let baseEnd: String

  init(on day: CalendarDate) {
    let isSummer = ForeignExchange.chicago.minutesBehindKorea(on: day) == 13 * 60
    let isShort = ForeignExchange.chicago.closesEarly(on: day)
    let noon = isSummer ? "020000" : "030000"
    (start, end) = (isSummer ? "070000" : "080000", isShort ? noon : isSummer ? "060000" : "070000")
    (baseStart, baseEnd) = (isSummer ? "223000" : "233000", isShort ? noon : isSummer ? "050000" : "060000")
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
    let hours = CMEHours(on: shownToday)
    let (product, kind, exchange) = (parameter("FM_PDGR_CD"), parameter("FM_CLAS_CD"), parameter("FM_EXCG_CD"))
    let options: [Bool] = parameter("OPT_YN") == "Y" ? [true] : parameter("OPT_YN") == "N" ? [false] : [false, true]
    let meant = ForeignProduct.all.filter {
      (product == nil || product == $0.root) && (kind == nil || kind == $0.classCode)
        && (exchange == nil || exchange == $0.exchangeGroup)
    }
    return meant.flatMap { product in
      options.map { isOption in
        [
          "fm_pdgr_cd": .string((isOption ? "O" : "") + product.root), "fm_pdgr_name": .string(product.name),
          "fm_excg_cd": .string(product.exchangeGroup), "fm_excg_name": .string(product.exchange),
          "fuop_dvsn_name": .string(isOption ? "옵션" : "선물"), "fm_clas_cd": .string(product.classCode),
          "fm_clas_name": .string(product.className),
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
