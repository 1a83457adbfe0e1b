import KISMarket
import KISWire

/// What an account owns that nobody has set: a few shares at home and abroad, always the same for an account.
struct OpeningHoldings {
  let instruments: [Instrument]
  private let generator: SeededGenerator

  /// - Parameter date: of the market: contracts are those that end next.
  init(of name: AccountID, in market: QuotedMarket, on date: CalendarDate, codes: KnownCodes) {
    let today = market.shift?.shown(date) ?? date
    generator = OpeningHoldings.generator(of: String(name.prefix { $0 != "-" }), seed: market.seed)
    var numbers = generator
    let draw = numbers.next()
    func some(_ isMeant: (Instrument.Market) -> Bool) -> [Instrument] {
      // A share that also trades by day (주간거래) is listed twice, and held once.
      let all = codes.instruments.filter {
        isMeant(Instrument.Market($0)) && !$0.code.hasPrefix("R") && Instrument($0).ordinaryCode == nil
      }
      let first = Int(draw % UInt64(max(1, all.count)))
      // From all over the list, which goes exchange by exchange.
      let step = max(1, all.count / 10)
      return (0..<min(10, all.count)).map { market.instrument(all[(first + $0 * step) % all.count].code) }
    }
    // The product code (상품코드) says what an account is for: 03 contracts, 08 contracts abroad, others shares and bonds.
    instruments =
      switch name.suffix(2) {
      case "03": ContractBoard(today: today).futures.prefix(2).map { market.instrument($0.code, .indexFutures) }
      case "08": ["ES", "CL"].map { market.instrument(ForeignContract.next($0, on: today), .overseasFutures) }
      default:
        some { $0 == .kospi || $0 == .kosdaq } + some { $0 == .overseas } + some { $0 == .bond }.prefix(3)
      }
  }

  /// The random stream of an account's number, the same however it is asked.
  static func generator(of number: String, seed: UInt64) -> SeededGenerator {
    SeededGenerator(seed: seed).fork("account").fork(number)
  }

  func holding(of instrument: Instrument, at quote: Quote) -> Holding {
    let line = AccountLine(quote, generator: generator)
    let scale = Double(instrument.scale) * Double(Holding.averageScale)
    let count = instrument.security.isContract ? 1 : line.held
    return Holding(
      instrument.security, quantity: count, average: Int((line.cost * scale).rounded()),
      margin: quote.securityDay(on: quote.day).margin ?? 0)
  }
}

extension AnswerRequest {
  var accountGenerator: SeededGenerator { OpeningHoldings.generator(of: parameter("CANO") ?? "", seed: seed) }
}
