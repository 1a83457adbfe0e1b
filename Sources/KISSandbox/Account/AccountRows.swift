import KISMarket
import KISWire

/// What an account's inquiries list.
extension AnswerRows {
  /// What the account holds, as the exchange has it; made up where no exchange was asked.
  static func held(_ request: AnswerRequest, quote: (Instrument) -> Quote) -> [AccountLine] {
    guard let view = request.account else {
      let instruments = request.instruments.filter { request.concerns($0) && !$0.code.hasPrefix("R") }
      var generator = request.accountGenerator
      let first = Int(generator.next() % UInt64(max(1, instruments.count)))
      return (0..<min(10, instruments.count)).map {
        AccountLine(quote(instruments[(first + $0) % instruments.count]), generator: request.accountGenerator)
      }
    }
    // What was sold to the last share today is still listed today; a position that was closed is not.
    let listed = view.holdings.filter { instrument, holding in
      request.concerns(instrument) && request.names(instrument)
        && (!instrument.market.desk.isOfContracts || request.wantsKind(of: instrument))
        && (holding.quantity != 0 || !holding.security.isContract)
    }
    return listed.map { instrument, holding in
      let side: KISMarket.Side = holding.quantity < 0 ? .buy : .sell
      let sellable =
        holding.security.isContract
        ? view.account.closable(instrument.code, by: side)
        : view.account.sellable(instrument.code, loan: holding.loan)
      return AccountLine(quote(instrument), holding, sellable: sellable, traded: view.traded(instrument))
    }
  }
}

extension AnswerRequest {
  /// Whether it asks about one holding: then there is one page.
  var isAboutOneHolding: Bool { api.path.hasSuffix("/inquire-psbl-sell") }

  /// Whether all that it asks for stands on one page: one holding, or what an account has of contracts and bonds.
  var isOnOnePage: Bool {
    isAboutOneHolding || isInquiry && account != nil && (market.desk.isOfContracts || market.desk == .bonds)
  }

  /// Whether an inquiry that may name one instrument is about this one.
  fileprivate func names(_ instrument: Instrument) -> Bool {
    let isNamed = api.path.hasSuffix("/inquire-psbl-sell") || market == .bond
    guard isNamed, let code = parameter("PDNO"), code.first != "%" else { return true }
    return code == instrument.symbol
  }
}
