/// Program trading (프로그램매매) until a moment: arbitrage (차익) and other (비차익), for clients (위탁) and on the
/// members' own account (자기).
public struct ProgramFlows: Sendable, Hashable, SummedFlows {
  static let none = ProgramFlows()

  /// 차익 위탁
  public var arbitrageEntrusted = Flow()
  /// 차익 자기
  public var arbitrageOwn = Flow()
  /// 비차익 위탁
  public var otherEntrusted = Flow()
  /// 비차익 자기
  public var otherOwn = Flow()

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

extension FlowSplitting {
  /// A fifth to a quarter of what is traded in large names, an eighth in small ones; arbitrage in KOSPI200's only, and
  /// little of it (captures of KOSPI: 15 to 17 % of the shares, 20 to 27 % of the won, 0.2 % arbitrage).
  var programs: ProgramFlows {
    let instrument = model.instrument
    let part = instrument.size == .large ? 225 : instrument.size == .medium ? 180 : 125
    let isArbitraged = instrument.memberships.contains(.kospi200)
    var numbers = model.cell(.programs, day: ordinal, 99)
    func weights() -> [Int] {
      let programs = part * (4_096 + numbers.normal() / 6) / 4_096
      // 100 parts of each thousandth.
      let arbitrage = isArbitraged ? 100 + numbers.below(500) : 0
      let own = 100 * programs / 70
      return [arbitrage * 2 / 3, arbitrage / 3, programs * 100 - own, own, (1_000 - programs) * 100]
    }
    let flows = parts(.programs, buyers: weights(), sellers: weights())
    return ProgramFlows(
      arbitrageEntrusted: flows[0], arbitrageOwn: flows[1], otherEntrusted: flows[2], otherOwn: flows[3])
  }
}
