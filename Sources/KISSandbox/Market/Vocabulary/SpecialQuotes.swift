import KISMarket

extension Quote {
  /// What an auction would make now (예상체결).
  func expectedValue(of field: String) -> String? {
    switch field {
    case "ANTC_CNQN", "ANTC_VOL": "\(details.expected?.volume ?? 0)"
    case "ANTC_MKOP_CLS_CODE": details.expected == nil ? "" : "311"
    case "HOUR_CLS_CODE": phase.isAuction ? "A" : "0"
    // The records of an expected trade have it in the places of the last one.
    case "STCK_PRPR", "ANTC_CNPR": details.expected.map { text($0.price) } ?? text(0)
    case "PRDY_VRSS", "ANTC_CNTG_VRSS": text((details.expected?.price ?? previousClose) - previousClose)
    case "PRDY_VRSS_SIGN", "ANTC_CNTG_VRSS_SIGN":
      signCode(Double((details.expected?.price ?? previousClose) - previousClose))
    case "PRDY_CTRT", "ANTC_CNTG_PRDY_CTRT": rate(details.expected?.price ?? 0, over: previousClose)
    case "CNTG_VOL": "\(details.expected?.volume ?? 0)"
    default: nil
    }
  }

  /// Program trading of a share (종목별 프로그램매매), in shares and won.
  func programTradingValue(of field: String) -> String? {
    let flow = details.programs
    return switch field {
    case "SELN_CNQN": "\(flow.soldVolume)"
    case "SELN_TR_PBMN": "\(flow.soldAmount)"
    case "SHNU_CNQN": "\(flow.boughtVolume)"
    case "SHNU_TR_PBMN": "\(flow.boughtAmount)"
    case "NTBY_CNQN": "\(flow.netVolume)"
    case "NTBY_TR_PBMN": "\(flow.netAmount)"
    case "SELN_RSQN": "\(book.totalAsks / 6)"
    case "SHNU_RSQN": "\(book.totalBids / 6)"
    case "WHOL_NTBY_QTY": "\(book.totalBids / 6 - book.totalAsks / 6)"
    default: nil
    }
  }

  /// A volatility interruption (VI), the last one that began.
  func interruptionValue(of field: String) -> String? {
    details.interruptions.indices.last.flatMap { interruptionValue(of: field, number: $0) }
  }

  /// A volatility interruption of the day, counted from 0.
  func interruptionValue(of field: String, number: Int) -> String? {
    let interruption = details.interruptions[number]
    let reference = interruption.reference
    let isStatic = interruption.kind != .dynamicVI
    let isOver = interruption.end.milliseconds <= second * 1_000
    return switch field {
    case "MRKT_DIV_CLS_CODE": instrument.market == .kosdaq ? "Q" : "K"
    case "VI_CLS_CODE": isOver ? "N" : "Y"
    case "CNTG_VI_HOUR", "BSOP_HOUR": clockDigits(interruption.start.seconds)
    case "VI_CNCL_HOUR": isOver ? clockDigits(interruption.end.seconds) : "000000"
    case "VI_KIND_CODE": isStatic ? "1" : "2"
    case "VI_COUNT": "\(number + 1)"
    case "VI_PRC": text(interruption.price)
    case "VI_STND_PRC": text(isStatic ? reference : 0)
    case "VI_DPRT": isStatic ? rate(interruption.price, over: reference) : "0.00"
    case "VI_DMC_STND_PRC": text(isStatic ? 0 : reference)
    case "VI_DMC_DPRT": isStatic ? "0.00" : rate(interruption.price, over: reference)
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
