import KISMarket

/// A value that looks right for a field nobody simulates: by what the words of its KIS name mean.
///
/// KIS names are abbreviations joined by `_`, the kind of value last: `evlu_pfls_amt`, `loan_dt`, `grta_rt_name`.
struct PlausibleValue: Sendable {
  private let kind: Kind
  /// What a quantity and the money it was traded for have in common: both draw the same number, so that they agree.
  private let stem: String
  private let isMoney: Bool

  /// - Parameter name: of the field, in lower case.
  init(_ name: String) {
    kind = PlausibleValue.kind(of: name)
    stem = PlausibleValue.stem(of: name)
    isMoney = name.holds("pbmn") || name.hasSuffix("_amt")
  }

  /// What a name ends in.
  enum Kind: Sendable {
    case flag, date, time, dateTime, rate, percentage, disparity, amount, quantity, count, price, index
    case code(String)
    case number(Int)
    case name, firm, text, blank, sign, net
  }

  /// What kind of value a field has.
  static func kind(of field: String) -> Kind { kinds[field] }

  private static let kinds = NameReadings { kind(namedBy: $0.lowercased()) }

  private static func kind(namedBy name: String) -> Kind {
    if let kind = wholeNames[name] { return kind }
    let words = name.split(separator: "_").map { word in
      String(word.reversed().drop { $0.isNumber }.reversed())
    }.filter { !$0.isEmpty }
    if words.contains("mbcr"), words.last == "name" { return .firm }
    // Nothing here is ever taken off the exchange.
    if words.contains("abol") { return .blank }
    if words.contains("crcy"), words.last == "cd" { return .code("USD") }
    if ["bidp", "askp", "spread"].contains(words.first), ["spec", "hedge", "missing", "cust"].contains(words.last) {
      return .quantity
    }
    if words.contains("ntby"), words.last != "rate", words.last != "rlim" { return .net }
    if words.last == "rate", !changes.isDisjoint(with: words) { return .rate }
    for word in words.reversed().prefix(2) {
      if let kind = lastWords[word] { return kind }
    }
    let endings = lastWords.filter { name.hasSuffix($0.key) && $0.key.count > 2 }
    return endings.max { $0.key.count < $1.key.count }?.value ?? .count
  }

  /// What a rate is of when it may be negative; any other rate is a share of something.
  private static let changes: Set<String> = ["vrss", "ntby", "rsfl", "icdc", "prdy", "ctrt", "inrt", "chg"]

  private static let wholeNames: [String: Kind] = [
    "excd": .code("NAS"), "curr": .code("USD"), "crcd": .code("USD"), "crcy_cd": .code("USD"),
    "tr_crcy_cd": .code("USD"),
    "natn_cd": .code("840"), "natn_name": .text, "exnm": .text, "e_ordyn": .text, "ordy": .text, "stat": .text,
    "nrec": .count, "crec": .count, "trec": .count, "rank": .count, "data_rank": .count, "user_id": .code("kismock"),
    "cust_id": .code("kismock"), "wday_dvsn_cd": .code("02"), "odno": .number(10), "ord_no": .number(10),
    "orgn_odno": .code(""), "ord_gno_brno": .code("06010"), "krx_fwdg_ord_orgno": .code("06010"),
    "sor_odno": .code(""),
    "ord_tmd": .time, "cano": .code("12345678"), "acnt_prdt_cd": .code("01"), "acct_no": .code("1234567801"),
    "acnt_no": .code("1234567801"), "sll_buy_dvsn_cd": .code("02"), "sll_buy_dvsn_cd_name": .code("현금매수"),
    "trad_dvsn_name": .code("현금"), "ord_dvsn_name": .code("지정가"), "ord_dvsn_cd": .code("00"),
    "excg_id_dvsn_cd": .code("KRX"), "prdt_type_cd": .code("300"), "loan_dt": .blank, "expd_dt": .blank,
    "tr_susp_reas_cntt": .code("(null)"), "mkop_cls_code": .code("112"), "antc_mkop_cls_code": .code("112"),
    "exch_cls_code": .code("1"), "divi_app_cls_code": .blank, "mtyp": .code("1"), "active_flag": .code("0"),
    "inqr_dvsn": .code("01"), "bstp_kor_isnm": .code("전기·전자"),
    "item_mgna_rt_name": .code("20%"), "grta_rt_name": .blank, "inqr_ip_addr": .blank, "ctac_tlno": .blank,
    "ordr_empno": .blank, "h52d": .date, "l52d": .date, "perx": .rate, "pbrx": .rate, "epsx": .rate, "bpsx": .rate,
    "std_pdno": .code("KR7005930003"), "hts_frgn_ehrt": .percentage, "orgn_ord_dt": .blank, "filler": .blank,
    "msg": .text, "today": .date, "sub_term": .text, "trad_day": .date, "sub_term_ft": .date,
    "nrml_prcs_yn": .code("Y"),
    "exrt": .code("1385.5000"), "bass_exrt": .code("1385.5000"), "frst_bltn_exrt": .code("1385.5000"),
    "bltn_exrt": .code("1385.5000"), "stim": .code("093000"), "etim": .code("160000"), "sktm": .code("233000"),
    "ektm": .code("060000"), "expchange": .net, "dt": .date,
  ]

  private static let lastWords: [String: Kind] = [
    "yn": .flag, "dt": .date, "date": .date, "ymd": .date, "ymd1": .date, "mmdd": .code("0331"),
    "yymm": .code("202612"),
    "hour": .time, "tmd": .time, "time": .time, "tm": .time, "hms": .time, "dtime": .dateTime, "etim": .time,
    "stim": .time, "rate": .percentage, "rt": .percentage, "ctrt": .rate, "inrt": .rate, "rlim": .percentage,
    "ert": .percentage, "dsrt": .disparity, "dprt": .rate, "esdg": .rate, "grs": .rate, "vltl": .percentage,
    "tnrt": .percentage, "rat": .percentage, "xrat": .rate, "errt": .rate, "exrt": .percentage, "gvrt": .percentage,
    "bass": .rate, "basis": .rate,
    "amt": .amount, "pbmn": .amount, "smtl": .amount, "amount": .amount, "mgna": .amount, "dnca": .amount,
    "chgs": .amount, "fee": .amount, "tax": .amount, "cash": .amount, "pfls": .amount, "ttam": .amount,
    "cpfn": .amount, "aset": .amount, "lblt": .amount, "cptl": .amount, "prfi": .amount, "ntin": .amount,
    "tota": .amount, "account": .amount, "cost": .amount, "tlex": .amount, "cap": .amount, "rmnd": .amount,
    "qty": .quantity, "vol": .quantity, "rsqn": .quantity, "cnqn": .quantity, "stcn": .quantity, "qntt": .quantity,
    "stqt": .quantity, "remq": .quantity, "buyqty": .quantity, "hvol": .quantity, "num": .quantity,
    "cnt": .count, "csnu": .count, "rcnt": .count, "mcnt": .count, "dynu": .count, "seq": .count, "icdc": .net,
    "prc": .price, "pric": .price, "prpr": .price, "hgpr": .price, "lwpr": .price, "oprc": .price, "clpr": .price,
    "unpr": .price, "uv": .price, "price": .price, "sdpr": .price, "thpr": .price, "acpr": .price, "mxpr": .price,
    "llam": .price, "prvs": .amount, "vrss": .net, "cnpr": .price, "askp": .price, "bidp": .price, "parp": .price,
    "nav": .price, "nmix": .index, "idx": .index, "val": .index, "valx": .index,
    "cd": .code("01"), "code": .code("0"), "cls": .code("0"), "dvsn": .code("01"), "gb": .code("1"), "tp": .code("0"),
    "kind": .code("00"), "type": .code("1"), "no": .number(10), "id": .number(6), "srno": .number(10),
    "stno": .number(3),
    "isnm": .name, "nm": .text, "name": .text, "knam": .name, "text": .text, "cntt": .text, "title": .text,
    "titl": .text,
    "rson": .text, "memo": .text, "addr": .text, "source": .text, "reason": .text, "iscd": .number(6),
    "pdno": .number(6),
    "sign": .sign, "ntby": .net,
  ]

  /// The value of the field about an instrument.
  ///
  /// - Parameters:
  ///   - quote: what the row is about; prices and amounts lie near its own.
  ///   - row: the row's stream; the same one gives the same value.
  func value(about quote: Quote, generator row: SeededGenerator) -> String {
    var generator = row.fork(stem)
    func draw(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(generator.next() % UInt64(range.count)) }
    switch kind {
    case .flag: return "N"
    case .date: return quote.day.advanced(by: -draw(0...60)).compact
    case .time: return quote.clock(quote.second)
    case .dateTime: return quote.day.compact + quote.clock(quote.second)
    case .rate: return decimal(generator.unit() * 20 - 6)
    case .percentage: return decimal(generator.unit() * 10)
    case .disparity: return decimal(96 + generator.unit() * 8)
    case .amount: return "\(quote.price / quote.instrument.scale * draw(1...3_000))"
    case .quantity: return "\(draw(1...3_000))"
    case .count: return "\(draw(1...120))"
    case .net:
      return "\(draw(-2_000...2_000) * (isMoney ? quote.price / quote.instrument.scale : 1))"
    case .price:
      return quote.text(quote.nearest(Double(quote.price) * (0.97 + 0.06 * generator.unit())))
    case .index: return decimal(1 + generator.unit() * 900)
    case .code(let text): return text
    case .number(let width): return padded(draw(1...999_999), to: width)
    case .name: return quote.instrument.name
    case .firm: return PlausibleValue.firms[draw(0...PlausibleValue.firms.count - 1)]
    // KIS leaves most of these blank; a word that says nothing would be taken for one that does.
    case .text: return ""
    case .blank: return ""
    case .sign: return "3"
    }
  }

  private static func stem(of name: String) -> String {
    for ending in ["_tr_pbmn", "_pbmn", "_qty", "_vol", "_amt"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  /// Members of the exchange (회원사).
  private static let firms = ["미래에셋증권", "키움증권", "한국증권", "NH투자증권", "삼성증권", "신한투자증권", "KB증권", "모간서울"]
}
