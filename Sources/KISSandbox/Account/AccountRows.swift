import KISMarket
import KISWire

/// What an account's inquiries list.
extension AnswerRows {
  /// What the account holds: as the exchange has it, or made up where it keeps none (futures, options, bonds).
  static func held(_ request: AnswerRequest, quote: (Instrument) -> Quote) -> [AccountLine] {
    guard let view = request.account, request.isAboutShares else {
      let instruments = request.instruments.filter { request.concerns($0) && !$0.code.hasPrefix("R") }
      var generator = request.accountGenerator
      let first = Int(generator.next() % UInt64(max(1, instruments.count)))
      return (0..<min(10, instruments.count)).map {
        AccountLine(quote(instruments[(first + $0) % instruments.count]), generator: request.accountGenerator)
      }
    }
    // What was sold to the last share today is still listed today.
    return view.holdings.filter { request.concerns($0.instrument) && request.names($0.instrument) }.map {
      AccountLine(quote($0.instrument), $0.holding, sellable: view.account.sellable($0.instrument.code))
    }
  }
}

extension AnswerRequest {
  /// Whether it is about what the exchange trades: shares at home or abroad.
  var isAboutShares: Bool { market == .kospi || market == .overseas }

  /// Whether it asks about one holding: then there is one page.
  var isAboutOneHolding: Bool { api.path.hasSuffix("/inquire-psbl-sell") }

  /// Whether an inquiry that may name one instrument is about this one.
  fileprivate func names(_ instrument: Instrument) -> Bool {
    guard api.path.hasSuffix("/inquire-psbl-sell"), let code = parameter("PDNO") else { return true }
    return code == instrument.symbol
  }
}
