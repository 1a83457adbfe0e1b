import KISMarket

/// Where an index would stand if the call auctions of its shares traded now (예상체결지수): the level of the day before,
/// moved by the known members' expected prices, each by its value. Members of which no price is expected stay where
/// they were.
struct ExpectedIndex {
  let level: Int
  /// The level of the day before.
  let base: Int
  /// Shares and won that the auctions would trade.
  let volume: Int
  let amount: Int
  let rising: Int
  let standing: Int
  let falling: Int

  var change: Int { level - base }
}

extension ExpectedIndex {
  /// A share with its close of the day before, and what its auction would make.
  struct Expectation {
    let share: Instrument
    let base: Int
    var price: Int
    var volume = 0
  }

  /// The auctions of a day's shares.
  struct Auctions {
    private let day: CalendarDate
    private let quotes: QuotedMarket
    private let yesterday: [Expectation]

    /// - Parameter index: whose members are meant; nil for all shares.
    init(of index: Instrument?, on day: CalendarDate, in quotes: QuotedMarket) {
      (self.day, self.quotes) = (day, quotes)
      let shares = index.map { quotes.places(ofIndex: $0.code).map { quotes.shares[$0] } } ?? quotes.shares
      yesterday = shares.map { share in
        let base = quotes.basePrice(share, on: day)
        return Expectation(share: share, base: base, price: base)
      }
    }

    /// What the auction of each share would make at some times; a share stands at its base until something is expected
    /// of it.
    func expectations(at times: [ClockTime]) -> [[Expectation]] {
      yesterday.map { known in
        quotes.ask(known.share) { $0.expectedExecutions(of: known.share.code, on: day, at: times) }.map { made in
          Expectation(
            share: known.share, base: known.base, price: made?.price ?? known.base, volume: made?.volume ?? 0)
        }
      }
    }

    func index(_ index: Instrument, at time: ClockTime) -> ExpectedIndex {
      self.index(index, of: expectations(at: [time]).map { $0[0] })
    }

    func index(_ index: Instrument, of expected: [Expectation]) -> ExpectedIndex {
      let base = quotes.quote(index, at: TradingMoment(day, ClockTime(8, 0))).price
      func sum(_ figure: (Expectation) -> Double) -> Double { expected.reduce(0) { $0 + figure($1) } }
      let before = sum { Double($0.share.listedShares) * Double($0.base) }
      let moved = sum { Double($0.share.listedShares) * Double($0.price - $0.base) }
      let change = before == 0 ? 0 : Int((Double(base) * moved / before).rounded())
      func count(_ isMeant: (Int) -> Bool) -> Int { expected.count { isMeant($0.price - $0.base) } }
      return ExpectedIndex(
        level: base + change, base: base, volume: Int(sum { Double($0.volume) }),
        amount: Int(sum { Double($0.volume) * Double($0.price) }), rising: count { $0 > 0 },
        standing: count { $0 == 0 }, falling: count { $0 < 0 })
    }
  }

  /// Its value in a record of H0UPANC0, volumes in thousands and amounts in millions as for every index; nil for any
  /// other field.
  func value(of field: String, of index: Instrument) -> String? {
    switch field {
    case "PRPR_NMIX": index.text(level)
    case "PRDY_VRSS_SIGN": signCode(Double(change))
    case "BSTP_NMIX_PRDY_VRSS": index.text(change)
    case "PRDY_CTRT": percent(Double(change), of: Double(base))
    case "ACML_VOL": "\(volume / 1_000)"
    case "ACML_TR_PBMN": "\(amount / 1_000_000)"
    case "PCAS_VOL", "PCAS_TR_PBMN", "UPLM_ISSU_CNT", "LSLM_ISSU_CNT": "0"
    case "ASCN_ISSU_CNT": "\(rising)"
    case "STNR_ISSU_CNT": "\(standing)"
    case "DOWN_ISSU_CNT": "\(falling)"
    default: nil
    }
  }
}
