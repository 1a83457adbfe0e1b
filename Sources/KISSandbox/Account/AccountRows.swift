import KISWire

/// What an account's inquiries list.
extension AnswerRows {
  /// What the account holds: made up, then changed by what was filled of the client's orders, the newest line first.
  static func held(_ request: AnswerRequest, _ latest: (String) -> Record?) -> [AccountLine] {
    // A share that also trades by day (주간거래) is listed twice, and held once.
    let all = request.instruments.filter { request.concerns($0) && !$0.code.hasPrefix("R") }
    let account = SeededGenerator(seed: request.seed).fork("account").fork(request.parameter("CANO") ?? "")
    var generator = account
    let first = Int(generator.next() % UInt64(max(1, all.count)))
    var lines = (0..<min(10, all.count)).map { index in
      let quote = quote(of: all[(first + index) % all.count], request, latest)
      return AccountLine(quote, at: index, generator: account, moment: request.lastMomentAsked)
    }
    for entry in request.orders.reversed() where entry.order.filled > 0 && request.concerns(entry.instrument) {
      if let index = lines.firstIndex(where: { $0.quote.instrument.code == entry.instrument.code }) {
        lines[index].enter(entry.order)
      } else if entry.order.isBuy {
        lines.insert(AccountLine(quote(of: entry.instrument, request, latest), order: entry.order), at: 0)
      }
    }
    return request.isAboutOpenOrders ? lines.filter { $0.order.open > 0 } : lines
  }

  /// What the client ordered, latest first: all of it, or what is still open where that is the question.
  static func ordered(_ request: AnswerRequest, _ latest: (String) -> Record?) -> [AccountLine] {
    let code = request.parameter("PDNO")
    let number = request.parameter("ODNO").flatMap { Int($0) }
    return request.orders.filter { entry in
      request.concerns(entry.instrument) && (!request.isAboutOpenOrders || entry.order.open > 0)
        && (code == nil || code == "%" || code == entry.instrument.symbol)
        && (number == nil || number == entry.order.number)
    }.map { AccountLine(quote(of: $0.instrument, request, latest), order: $0.order) }
  }
}

extension AnswerRequest {
  /// Whether only orders are listed that may still be filled (정정취소가능주문, 미체결).
  fileprivate var isAboutOpenOrders: Bool {
    ["psbl-rvsecncl", "inquire-nccs"].contains { api.path.hasSuffix($0) }
  }

  /// Whether an inquiry is about an instrument, by where it trades: `NASD` stands for all of America (미국전체).
  fileprivate func concerns(_ instrument: Instrument) -> Bool {
    guard instrument.market.isAbroad == market.isAbroad else { return false }
    guard market == .overseas, let exchange = parameter("OVRS_EXCG_CD"), exchange != "%" else { return true }
    return switch exchange {
    case "NASD", "NAS": ["NASD", "NYSE", "AMEX"].contains(instrument.overseasExchange)
    case "NYSE", "AMEX", "SEHK", "SHAA", "SZAA", "TKSE", "HASE", "VNSE": instrument.overseasExchange == exchange
    default: true
    }
  }
}
