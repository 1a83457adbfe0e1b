extension Quote {
  /// What an auction would make now (예상체결): the last price stands for it.
  func expectedValue(of field: String) -> String? {
    switch field {
    case "ANTC_CNPR": text(price)
    case "ANTC_CNQN", "ANTC_VOL": "\(max(1, lastVolume))"
    case "ANTC_CNTG_VRSS": text(change)
    case "ANTC_CNTG_VRSS_SIGN": sign
    case "ANTC_CNTG_PRDY_CTRT": rate(price, over: previousClose)
    case "ANTC_MKOP_CLS_CODE": "311"
    case "HOUR_CLS_CODE": "B"
    default: nil
    }
  }

  /// Program trading of a share (종목별 프로그램매매), in shares and won: a quarter of either side's trades.
  func programTradingValue(of field: String) -> String? {
    let (sold, bought) = (sellVolume / 4, buyVolume / 4)
    // Valued at the opening price, so that amounts never fall.
    let value = max(open, 1)
    return switch field {
    case "SELN_CNQN": "\(sold)"
    case "SELN_TR_PBMN": "\(sold * value)"
    case "SHNU_CNQN": "\(bought)"
    case "SHNU_TR_PBMN": "\(bought * value)"
    case "NTBY_CNQN": "\(bought - sold)"
    case "NTBY_TR_PBMN": "\((bought - sold) * value)"
    case "SELN_RSQN": "\(book.totalAsks / 6)"
    case "SHNU_RSQN": "\(book.totalBids / 6)"
    case "WHOL_NTBY_QTY": "\(book.totalBids / 6 - book.totalAsks / 6)"
    default: nil
    }
  }

  /// A static volatility interruption (정적 VI) that begins now and lasts two minutes.
  func interruptionValue(of field: String) -> String? {
    switch field {
    case "MRKT_DIV_CLS_CODE": instrument.market == .kosdaq ? "Q" : "K"
    case "VI_CLS_CODE": "Y"
    case "CNTG_VI_HOUR": clock(second)
    case "VI_CNCL_HOUR": clock(second + 120)
    case "VI_KIND_CODE", "VI_COUNT": "1"
    case "VI_PRC": text(price)
    case "VI_STND_PRC": text(open == 0 ? previousClose : open)
    case "VI_DPRT": rate(price, over: open == 0 ? previousClose : open)
    case "VI_DMC_STND_PRC": "0"
    case "VI_DMC_DPRT": "0.00"
    case "ETP_YN": instrument.market == .etf ? "Y" : "N"
    default: nil
    }
  }

  /// Net asset value (NAV) of a fund: its price, a little above, in hundredths.
  func netAssetValue(of field: String) -> String? {
    func value(_ price: Int) -> Double { Double(price) * 1.0004 }
    let before = value(previousClose)
    return switch field {
    case "NAV": decimal(value(price))
    case "NAV_PRDY_VRSS": decimal(value(price) - before)
    case "NAV_PRDY_CTRT": percent(value(price) - before, of: before)
    case "OPRC_NAV": decimal(value(open == 0 ? price : open))
    case "HPRC_NAV": decimal(value(max(high, price)))
    case "LPRC_NAV": decimal(value(low == 0 ? price : low))
    default: nil
    }
  }
}
