import KISMarket
import KISWire

/// The register of products (상품기본조회, 주식기본조회).
extension AnswerRequest {
  /// What is registered of a domestic share or fund, or the few lines on anything else.
  var registered: JSONObject? {
    guard let product = instrument ?? (asksForNothing ? nil : defaultInstrument) else { return nil }
    let quote = quotes.quote(product, at: marketTime)
    let isDomestic = product.kind == .share || product.kind.isExchangeTradedProduct
    var values = [
      "pdno": isDomestic ? "00000" + product.issuerCode : product.symbol,
      "prdt_type_cd": parameter("PRDT_TYPE_CD") ?? "300",
      "prdt_name": product.kind == .share ? product.name + "보통주" : product.name, "prdt_abrv_name": product.name,
      "std_pdno": product.standardCode, "shtn_pdno": product.symbol,
    ]
    values["prdt_name120"] = values["prdt_name"]
    for name in ["prdt_eng_name", "prdt_eng_name120", "prdt_eng_abrv_name"] { values[name] = product.name.romanized }
    values.merge(classes(product)) { own, _ in own }
    if isDomestic { values.merge(listing(product, quote)) { own, _ in own } }
    return list([(values, quote)])
  }

  private func classes(_ product: Instrument) -> [String: String] {
    let register: (code: String, type: String, name: String) =
      switch product.kind {
      case .overseasShare: ("101210", "1012", "해외주식")
      case .bond: ("301110", "3011", "채권")
      case .etf, .etn: ("101130", "1011", "국내주식")
      case .share: ("101110", "1011", "국내주식")
      default: ("201110", "2011", "선물옵션")
      }
    let isDomestic = product.kind == .share || product.kind.isExchangeTradedProduct
    return [
      "prdt_sale_stat_cd": "", "prdt_risk_grad_cd": "", "prdt_clsf_cd": register.code, "prdt_clsf_name": register.name,
      "sale_strt_dt": "",
      "sale_end_dt": "", "wrap_asst_type_cd": "06", "ivst_prdt_type_cd": register.type,
      "ivst_prdt_type_cd_name": register.name,
      "frst_erlm_dt": isDomestic ? product.listedSince.compact : "",
    ]
  }

  private func listing(_ product: Instrument, _ quote: Quote) -> [String: String] {
    let since = product.listedSince.compact
    let isKosdaq = product.board == .kosdaq
    let isShare = product.kind == .share
    let industry = knownCodes.industry(product.industry)?.koreanName ?? ""
    let size =
      switch product.size {
      case .large: ("002", "시가총액규모대")
      case .medium: ("003", "시가총액규모중")
      case .small: ("004", "시가총액규모소")
      }
    let today = tradingDay
    return [
      "mket_id_cd": isKosdaq ? "KSQ" : "STK",
      "scty_grp_id_cd": isShare ? "ST" : product.kind == .etf ? "EF" : "EN", "excg_dvsn_cd": isKosdaq ? "03" : "02",
      "setl_mmdd": isShare ? "12" : "", "lstg_stqt": "\(product.listedShares)", "lstg_cptl_amt": "0",
      "cpta": "\(product.capital)", "papr": "\(product.parValue)", "issu_pric": "\(product.parValue)",
      "kospi200_item_yn": product.memberships.contains(.kospi200) ? "Y" : "N",
      "scts_mket_lstg_dt": isKosdaq ? "" : since, "scts_mket_lstg_abol_dt": "",
      "kosdaq_mket_lstg_dt": isKosdaq ? since : "", "kosdaq_mket_lstg_abol_dt": "", "frbd_mket_lstg_dt": since,
      "frbd_mket_lstg_abol_dt": "", "reits_kind_cd": "", "etf_dvsn_cd": product.kind == .etf ? "1" : "0",
      "oilf_fund_yn": "N", "idx_bztp_lcls_cd": isShare ? size.0 : "", "idx_bztp_lcls_cd_name": isShare ? size.1 : "",
      "idx_bztp_mcls_cd": String(product.industry.suffix(3)), "idx_bztp_mcls_cd_name": industry,
      "idx_bztp_scls_cd": String(product.industry.suffix(3)), "idx_bztp_scls_cd_name": industry,
      "std_idst_clsf_cd": isShare ? "03" + product.industry : "", "std_idst_clsf_cd_name": industry,
      "stck_kind_cd": isShare ? "101" : "", "mfnd_opng_dt": "", "mfnd_end_dt": "", "dpsi_erlm_cncl_dt": "",
      "etf_cu_qty": product.kind == .etf ? "50000" : "0", "dpsi_aptm_erlm_yn": "Y", "etf_txtn_type_cd": "00",
      "etf_type_cd": "", "lstg_abol_dt": "", "nwst_odst_dvsn_cd": "1", "thco_sbst_pric_chng_dt": today.compact,
      "tr_stop_yn": "N", "admn_item_yn": "N", "thdt_clpr": "\(quote.price)", "bfdy_clpr": "\(quote.previousClose)",
      "clpr_chng_dt": today.compact, "ocr_no": padded(Int(product.listedSince.number % 9_000) + 1, to: 4),
      "crfd_item_yn": "N", "elec_scty_yn": "Y", "issu_istt_cd": String(product.code.prefix(5)),
      "etf_chas_erng_rt_dbnb": "0", "etf_etn_ivst_heed_item_yn": "N", "stln_int_rt_dvsn_cd": "01",
      "frnr_psnl_lmt_rt": "0.00000000", "lstg_rqsr_issu_istt_cd": "", "lstg_rqsr_item_cd": "",
      "trst_istt_issu_istt_cd": "", "cptt_trad_tr_psbl_yn": product.isOnNextrade ? "Y" : "N",
      "nxt_tr_stop_yn": "N",
    ]
  }
}

extension Instrument {
  /// Since when it is listed: before the first day of which anything is known here.
  var listedSince: CalendarDate {
    var draws = SeededGenerator(seed: 7).fork("listed").fork(code)
    let (first, last): (CalendarDate, CalendarDate) =
      board == .kosdaq ? ("1996-07-01", "2009-12-20") : ("1990-01-03", "2009-12-20")
    let day = first.advanced(by: Int(draws.unit() * Double(last.number - first.number)))
    return TradingCalendar.tradingDay(onOrBefore: day)
  }

  /// Its code with the letter that says what it is: A share or fund, Q note (whose code has it).
  fileprivate var issuerCode: String { code.count == 7 ? code : "A" + code }

  /// Its international number (ISIN), with the check digit that belongs to it.
  var standardCode: String {
    if code.count == 12 { return code }
    let stem =
      switch kind {
      case .share, .etf: "KR7" + code + "00"
      case .etn: "KRG" + code.suffix(6) + "00"
      case .elw: "KRA" + code + "00"
      default:
        exchange.map(\.country).map { $0 + String(repeating: "0", count: max(0, 9 - symbol.count)) + symbol.suffix(9) }
          ?? "KR4" + String((code + "00000000").prefix(8))
      }
    return stem + String(Instrument.checkDigit(of: stem))
  }

  /// The check digit of an ISIN: letters count as two digits, every other digit from the right twice (ISO 6166).
  static func checkDigit(of stem: String) -> Int {
    let digits = stem.compactMap(\.hexOrBeyond).flatMap { $0 < 10 ? [$0] : [$0 / 10, $0 % 10] }
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      let value = place.offset % 2 == 0 ? place.element * 2 : place.element
      return sum + value / 10 + value % 10
    }
    return (10 - sum % 10) % 10
  }
}

extension Character {
  /// 0 to 9 for digits, 10 to 35 for letters.
  fileprivate var hexOrBeyond: Int? {
    wholeNumberValue ?? asciiValue.flatMap { (0x41...0x5A).contains($0) ? Int($0) - 0x41 + 10 : nil }
  }
}

extension ForeignExchange {
  /// The letters of its country in international numbers.
  fileprivate var country: String {
    switch place {
    case .nasdaq, .nyse, .amex, .chicago: "US"
    case .hongKong: "HK"
    case .tokyo: "JP"
    case .shanghai, .shenzhen: "CN"
    case .hanoi, .hoChiMinh: "VN"
    }
  }
}

extension String {
  /// Korean syllables in Latin letters (국어의 로마자 표기법, letter by letter), the rest as it is, in capitals.
  var romanized: String {
    let initials = ["G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "JJ", "CH", "K", "T", "P", "H"]
    let vowels = [
      "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU", "EU",
      "UI",
      "I",
    ]
    let finals = [
      "", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P", "T", "T", "NG", "T",
      "T",
      "K", "T", "P", "T",
    ]
    return unicodeScalars.map { scalar in
      guard (0xAC00...0xD7A3).contains(scalar.value) else { return String(scalar).uppercased() }
      let syllable = Int(scalar.value) - 0xAC00
      return initials[syllable / 588] + vowels[syllable % 588 / 28] + finals[syllable % 28]
    }.joined()
  }
}
