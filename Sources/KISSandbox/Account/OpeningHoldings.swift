import KISMarket
import KISWire

/// What an account owns that nobody has set: a few shares at home and abroad, always the same for an account.
struct OpeningHoldings {
  let instruments: [Instrument]
  private let generator: SeededGenerator

  init(of name: AccountID, seed: UInt64, codes: KnownCodes) {
    generator = OpeningHoldings.generator(of: String(name.prefix { $0 != "-" }), seed: seed)
    var numbers = generator
    let draw = numbers.next()
    func some(_ isMeant: (Instrument.Market) -> Bool) -> [Instrument] {
      // A share that also trades by day (주간거래) is listed twice, and held once.
      let all = codes.instruments.filter { isMeant(Instrument.Market($0)) && !$0.code.hasPrefix("R") }
      let first = Int(draw % UInt64(max(1, all.count)))
      return (0..<min(10, all.count)).map { Instrument(code: all[(first + $0) % all.count].code, codes: codes) }
    }
    instruments = some { $0 == .kospi || $0 == .kosdaq } + some { $0 == .overseas }
  }

  /// What an account's number makes of the seed, however it is asked.
  static func generator(of number: String, seed: UInt64) -> SeededGenerator {
    SeededGenerator(seed: seed).fork("account").fork(number)
  }

  func holding(of instrument: Instrument, at quote: Quote) -> Holding {
    let line = AccountLine(quote, generator: generator)
    let scale = Double(instrument.market.scale) * Double(Holding.averageScale)
    return Holding(instrument.security, quantity: line.held, average: Int((line.cost * scale).rounded()))
  }
}

extension AnswerRequest {
  var accountGenerator: SeededGenerator { OpeningHoldings.generator(of: parameter("CANO") ?? "", seed: seed) }
}
