/// Program trading (프로그램매매) until a moment: arbitrage (차익) and other (비차익), for clients (위탁) and on the
/// members' own account (자기).
public struct ProgramFlows: Sendable, Hashable, SummedFlows {
  static let none = ProgramFlows()
  static let division = FlowDivision.programs

  /// 차익 위탁
  public var arbitrageEntrusted = Flow()
  /// 차익 자기
  public var arbitrageOwn = Flow()
  /// 비차익 위탁
  public var otherEntrusted = Flow()
  /// 비차익 자기
  public var otherOwn = Flow()

  /// Flows of each; what is left out is nothing.
  public init(
    arbitrageEntrusted: Flow = Flow(), arbitrageOwn: Flow = Flow(), otherEntrusted: Flow = Flow(),
    otherOwn: Flow = Flow()
  ) {
    (self.arbitrageEntrusted, self.arbitrageOwn) = (arbitrageEntrusted, arbitrageOwn)
    (self.otherEntrusted, self.otherOwn) = (otherEntrusted, otherOwn)
  }

  /// - Parameter parts: arbitrage for clients and on the members' own account, other trading likewise, and what is no
  ///   program's.
  init(_ parts: [Flow]) {
    self.init(arbitrageEntrusted: parts[0], arbitrageOwn: parts[1], otherEntrusted: parts[2], otherOwn: parts[3])
  }

  /// The sum of two, kind by kind.
  public static func + (left: ProgramFlows, right: ProgramFlows) -> ProgramFlows {
    var sum = left
    sum.add(right, thousandths: 1_000)
    return sum
  }

  /// 차익
  public var arbitrage: Flow { arbitrageEntrusted + arbitrageOwn }
  /// 비차익
  public var other: Flow { otherEntrusted + otherOwn }
  /// 위탁
  public var entrusted: Flow { arbitrageEntrusted + otherEntrusted }
  /// 자기
  public var own: Flow { arbitrageOwn + otherOwn }
  /// All.
  public var all: Flow { arbitrage + other }

  mutating func add(_ flows: ProgramFlows, thousandths: Int) {
    arbitrageEntrusted += flows.arbitrageEntrusted.scaled(thousandths)
    arbitrageOwn += flows.arbitrageOwn.scaled(thousandths)
    otherEntrusted += flows.otherEntrusted.scaled(thousandths)
    otherOwn += flows.otherOwn.scaled(thousandths)
  }
}

extension Market {
  /// Whose orders the programs of all members of an index carried out until a moment, by the kind of investor: own account
  /// is that of securities companies, clients are foreigners for the most part. All together are
  /// ``programs(ofIndex:on:at:)``.
  public mutating func programsByInvestor(ofIndex code: String, on date: CalendarDate, at time: ClockTime)
    -> [Investor: ProgramFlows]
  {
    let flows = programs(ofIndex: code, on: date, at: time)
    let day = TradingCalendar.ordinal(of: TradingCalendar.tradingDay(onOrBefore: date))
    var numbers = model(instrument(code, kind: .index)).cell(.programs, day: day, 97)
    func weights() -> [Int] {
      ProgramFlows.clients.map { $0.weight * (2 * 1_024 + Quantiles.lognormal(numbers.next())) }
    }
    let (buyers, sellers) = (weights(), weights())
    let arbitrage = flows.arbitrageEntrusted.shared(buyers: buyers, sellers: sellers)
    let other = flows.otherEntrusted.shared(buyers: buyers, sellers: sellers)
    var shared: [Investor: ProgramFlows] = [:]
    for (number, client) in ProgramFlows.clients.enumerated() {
      shared[client.investor] = ProgramFlows(arbitrageEntrusted: arbitrage[number], otherEntrusted: other[number])
    }
    shared[.securities] = ProgramFlows(arbitrageOwn: flows.arbitrageOwn, otherOwn: flows.otherOwn)
    return shared
  }
}

extension ProgramFlows {
  /// Which investors have programs trade for them, by weight: each far less than it trades in all.
  fileprivate static let clients: [(investor: Investor, weight: Int)] = [
    (.foreignRegistered, 440), (.individual, 330), (.pensionFund, 50), (.investmentTrust, 20), (.privateFund, 15),
    (.otherCorporation, 15), (.insurance, 4), (.otherOrganization, 2), (.foreignOther, 2), (.bank, 1),
    (.merchantBank, 1),
  ]
}

extension FlowSplitting {
  /// A fifth to a quarter of what is traded in large names, an eighth in small ones; arbitrage in KOSPI200's only, and
  /// little of it (captures of KOSPI: 15 to 17 % of the shares, 20 to 27 % of the won, 0.2 % arbitrage).
  var programs: Weights {
    let instrument = model.instrument
    let part = instrument.size == .large ? 225 : instrument.size == .medium ? 180 : 125
    let isArbitraged = instrument.memberships.contains(.kospi200)
    var numbers = model.cell(.programs, day: ordinal, 99)
    func weights() -> [Int] {
      let programs = part * (4_096 + numbers.normal() / 6) / 4_096
      // Weights are hundredths of a thousandth of what is traded.
      let arbitrage = isArbitraged ? 100 + numbers.below(500) : 0
      let own = 100 * programs / 70
      return [arbitrage * 2 / 3, arbitrage / 3, programs * 100 - own, own, (1_000 - programs) * 100]
    }
    return (weights(), weights())
  }
}
