/// Kinds of investors (투자자). The first eight are institutions (기관).
public enum Investor: String, Sendable, Hashable, CaseIterable {
  /// 금융투자 (securities companies)
  case securities
  /// 투자신탁
  case investmentTrust
  /// 사모펀드
  case privateFund
  /// 은행
  case bank
  /// 보험
  case insurance
  /// 종금
  case merchantBank
  /// 연기금 등
  case pensionFund
  /// 기타단체
  case otherOrganization
  /// 기타법인
  case otherCorporation
  /// 외국인, registered
  case foreignRegistered
  /// 외국인, not registered
  case foreignOther
  /// 개인
  case individual

  /// Whether it counts as an institution (기관계).
  public var isInstitution: Bool {
    switch self {
    case .securities, .investmentTrust, .privateFund, .bank, .insurance, .merchantBank, .pensionFund,
      .otherOrganization:
      true
    case .otherCorporation, .foreignRegistered, .foreignOther, .individual: false
    }
  }

  /// Whether it counts as foreign.
  public var isForeign: Bool { self == .foreignRegistered || self == .foreignOther }
}

/// What each kind of investor bought and sold until a moment. All together bought and sold what was traded.
public struct InvestorFlows: Sendable, Hashable, SummedFlows {
  private var flows: [Flow]

  /// - Parameter flows: in the order of ``Investor``.
  init(_ flows: [Flow]) { self.flows = flows }

  /// Nobody's.
  public static let none = InvestorFlows(Investor.allCases.map { _ in Flow() })
  static let division = FlowDivision.investors

  /// A kind of investor's.
  public subscript(_ investor: Investor) -> Flow {
    Investor.allCases.firstIndex(of: investor).map { flows[$0] } ?? Flow()
  }

  /// 외국인
  public var foreign: Flow { sum { $0.isForeign } }
  /// 기관계
  public var institutions: Flow { sum { $0.isInstitution } }
  /// 개인
  public var individuals: Flow { self[.individual] }
  /// 기타법인
  public var others: Flow { self[.otherCorporation] }
  /// Everybody.
  public var all: Flow { sum { _ in true } }

  private func sum(_ counts: (Investor) -> Bool) -> Flow {
    zip(Investor.allCases, flows).reduce(Flow()) { counts($1.0) ? $0 + $1.1 : $0 }
  }

  /// As KIS reports indices: everybody's in whole thousands of shares and whole millions of won. Individuals take what
  /// is left of the whole, so that here too all together bought and sold what was traded.
  public var inThousandsAndMillions: InvestorFlows { whole(1_000, 1_000_000) }

  /// The same in single contracts.
  public var inMillions: InvestorFlows { whole(1, 1_000_000) }

  private func whole(_ volume: Int, _ amount: Int) -> InvestorFlows {
    var rounded = flows.map { $0.whole(volume, amount) }
    guard let individual = Investor.allCases.firstIndex(of: .individual) else { return self }
    rounded[individual] = Flow()
    rounded[individual] = all.whole(volume, amount) - rounded.reduce(Flow(), +)
    return InvestorFlows(rounded)
  }

  /// Adds what was traded of another instrument.
  ///
  /// - Parameter won: what the smallest unit of its price is worth.
  public func adding(_ other: InvestorFlows, won: Double = 1) -> InvestorFlows {
    InvestorFlows(zip(flows, other.flows).map { $0 + $1.worth(won) })
  }

  mutating func add(_ other: InvestorFlows, thousandths: Int) {
    for index in flows.indices { flows[index] += other.flows[index].scaled(thousandths) }
  }
}

extension FlowSplitting {
  /// In the order of ``Investor``: large names are foreigners' and institutions', small ones individuals'.
  var investors: Weights {
    let instrument = model.instrument
    let base =
      switch (instrument.size, instrument.board) {
      case (.large, .kospi): [42, 14, 16, 1, 6, 1, 46, 2, 12, 300, 4, 556]
      case (.medium, .kospi): [30, 14, 14, 1, 4, 1, 30, 2, 14, 210, 4, 676]
      case (_, .kospi): [10, 4, 4, 1, 1, 1, 8, 2, 16, 100, 4, 849]
      case (.large, .kosdaq): [18, 8, 10, 1, 2, 1, 14, 2, 12, 190, 4, 738]
      case (_, .kosdaq): [6, 3, 4, 1, 1, 1, 4, 2, 14, 110, 4, 850]
      }
    // On some days foreigners buy the whole market, on others institutions do.
    var market = CellGenerator(seed: model.seed, instrument: 0, day: ordinal, purpose: .investors)
    let foreign = market.normal() / 8
    let institutions = market.normal() / 8
    var own = model.cell(.investors, day: ordinal, 99)
    let leanings = (foreign + own.normal() / 10, institutions + own.normal() / 10)
    func leaning(_ sign: Int) -> [Int] {
      zip(Investor.allCases, base).map { investor, weight in
        let lean = investor.isForeign ? leanings.0 : investor.isInstitution ? leanings.1 : 0
        return max(1, weight * max(1_024, 4_096 + sign * lean) / 64)
      }
    }
    return (leaning(1), leaning(-1))
  }
}
