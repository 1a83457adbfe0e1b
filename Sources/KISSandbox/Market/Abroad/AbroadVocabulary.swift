import KISMarket
import KISWire

extension Quote {
  /// Fields, in lower case, that only answers about shares abroad have, and those that mean something else there.
  func abroadValue(of name: String) -> String? {
    companyValue(of: name) ?? wonValue(of: name) ?? tradingValue(of: name)
  }

  private func companyValue(of name: String) -> String? {
    let market = MarketAbroad.of(instrument)
    return switch name {
    case "ename", "enam", "nnam", "prdt_eng_name", "ovrs_item_eng_name": CompanyAbroad(instrument).englishName
    case "e_icod": CompanyAbroad(instrument).industryName
    case "icod": CompanyAbroad(instrument).industry
    // A fund's class; shares have none.
    case "etyp_nm": CompanyAbroad(instrument).isFund ? "ETF" : ""
    case "e_ordyn": "○"
    case "ordy": "매수/매도 가능"
    case "curr", "crcy_cd": instrument.currency
    case "excd": market.key
    case "exnm", "tr_mket_name": market.name
    case "tr_mket_cd": market.code
    case "natn_kor_name", "natn_name": market.nation.name
    case "natn_cd": market.nation.code
    case "prdt_type_cd": market.productType
    case "perx": decimal(worth / instrument.earningsPerShare)
    case "pbrx": decimal(worth / instrument.bookValuePerShare)
    case "epsx": decimal(instrument.earningsPerShare)
    case "bpsx": decimal(instrument.bookValuePerShare)
    case "e_parp": "0.0000"
    // Of shares abroad in whole units of their currency.
    case "tomv", "mcap": decimal(worth * Double(instrument.listedShares), places: 0)
    default: nil
    }
  }

  /// In won (원환산), at the rate of the day and of the day before.
  private func wonValue(of name: String) -> String? {
    let scale = Double(instrument.market.scale)
    let today = ExchangeRate.won(per: instrument.currency, on: day)
    let before = ExchangeRate.won(per: instrument.currency, on: instrument.tradingDay(before: day))
    let share = ExchangeRate.wonForOne(instrument.currency, on: day)
    let shareBefore = ExchangeRate.wonForOne(instrument.currency, on: instrument.tradingDay(before: day))
    func won(_ price: Int, _ rate: Double) -> String { decimal(Double(price) / scale * rate, places: 0) }
    return switch name {
    case "t_rate", "exrt", "bass_exrt", "frst_bltn_exrt", "bltn_exrt", "erlm_exrt": decimal(today, places: 4)
    case "p_rate": decimal(before, places: 4)
    case "t_xprc": won(price, share)
    case "t_xdif": won(change, share)
    case "p_xprc": won(previousClose, shareBefore)
    case "p_xdif": won(previousClose - details.dayBefore.open, shareBefore)
    case "p_xrat": percent(Double(previousClose - details.dayBefore.open), of: Double(details.dayBefore.open))
    case "p_xsng": signCode(Double(previousClose - details.dayBefore.open))
    default: nil
    }
  }

  private func tradingValue(of name: String) -> String? {
    let dates = details.yearDates
    return switch name {
    case "h52d", "hand": (yearHigh == max(high, price) ? day : dates.high).compact
    case "l52d", "land": (yearLow == min(low == 0 ? price : low, price) ? day : dates.low).compact
    case "hanp": text(yearHigh)
    case "lanp": text(yearLow)
    case "e_hogau": text(tick)
    case "bnit": "1"
    // 시장구분: 0 the regular session, 1 before it, 2 after it.
    case "mtyp": "0"
    case "vpow": decimal(strength)
    case "eamt": "\(Int((Double(lastVolume) * worth).rounded()))"
    case "stat", "stat1", "stat2": isOpenAbroad ? "장중" : "장종료"
    case "dymd": localTime.compactDate
    case "dhms": localTime.timeOfDay
    default: nil
    }
  }

  private var isOpenAbroad: Bool {
    instrument.exchange?.sessions(on: day).contains {
      $0.phase == .regular && $0.start.seconds <= second && second < $0.end.seconds
    } ?? false
  }
}

extension CompanyAbroad {
  /// Whether it is a fund and no company.
  var isFund: Bool { englishName.contains("ETF") || englishName.contains("TRUST") || englishName.contains("3X") }
}
