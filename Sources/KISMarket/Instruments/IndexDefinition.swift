/// What an index (업종지수) is made of: the known shares that belong to it, and one declared residual member that stands
/// for all others, which makes its level and turnover those of the real one.
public struct IndexDefinition: Sendable, Hashable {
  /// Its code (업종코드): `0001`.
  public let code: String
  /// The board whose residual it holds a part of.
  public let board: Board
  /// Its level on ``Market/referenceDate``, in hundredths of a point.
  public let referenceLevel: Int
  /// The residuals that it holds: of which industry, and how many thousandths of it.
  let residuals: [(industry: String, thousandths: Int)]
  /// What its members have in common.
  private let membership: Membership

  private enum Membership: Hashable {
    case board
    case size(SizeClass)
    case industries([String])
    case listed(IndexMembership)
    case none
  }

  /// Whether a share is a member by name.
  public func contains(_ instrument: Instrument) -> Bool {
    guard instrument.kind == .share, !instrument.memberships.contains(.outside) else { return false }
    switch membership {
    case .board: return instrument.board == board
    case .size(let size): return instrument.board == board && instrument.size == size
    case .industries(let codes): return codes.contains(instrument.industry)
    case .listed(let list): return instrument.memberships.contains(list)
    case .none: return false
    }
  }

  /// The index of a code; of an unknown one an index that consists of its residual only.
  public init(_ code: String) {
    self.code = code
    board = code.hasPrefix("1") || code == "3003" ? .kosdaq : .kospi
    let boardIndustries = IndexDefinition.industries(of: board)
    func all(_ thousandths: Int) -> [(String, Int)] { boardIndustries.map { ($0, thousandths) } }
    switch code {
    case "0001", "1001": (membership, residuals) = (.board, all(1_000))
    case "0002", "1002": (membership, residuals) = (.size(.large), all(150))
    case "0003", "1003": (membership, residuals) = (.size(.medium), all(300))
    case "0004", "1004": (membership, residuals) = (.size(.small), all(550))
    case "2001": (membership, residuals) = (.listed(.kospi200), all(120))
    case "3003": (membership, residuals) = (.listed(.kosdaq150), all(150))
    case "4001": (membership, residuals) = (.listed(.krx100), all(60))
    default:
      let industries = IndexDefinition.unions[code] ?? [code]
      let held = boardIndustries.filter(industries.contains)
      if held.isEmpty {
        let number = InstrumentNumber(code).value % UInt64(boardIndustries.count)
        (membership, residuals) = (.none, [(boardIndustries[Int(number)], 100)])
      } else {
        (membership, residuals) = (.industries(held), held.map { ($0, 1_000) })
      }
    }
    var numbers = CellGenerator(seed: 0, instrument: InstrumentNumber(code).value, day: 0, purpose: .unknownInstrument)
    referenceLevel = IndexDefinition.levels[code] ?? numbers.within(60_000...450_000)
  }

  public static func == (left: IndexDefinition, right: IndexDefinition) -> Bool { left.code == right.code }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// The industries of a board that shares belong to; those that only sum others are not among them.
  public static func industries(of board: Board) -> [String] {
    board == .kospi ? kospiResiduals.map(\.industry) : kosdaqResiduals.map(\.industry)
  }

  /// Where the indices that everybody knows stood in 2026: KOSPI, KOSDAQ, KOSPI200.
  private static let levels = ["0001": 669_000, "1001": 102_000, "2001": 110_100]

  /// Indices over several industries: 금융, 제조, and the sectors of KRX.
  private static let unions = [
    "0021": ["0021", "0022", "0024", "0025"],
    "0027": ["0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014", "0015"],
    "1009": ["1019", "1020", "1021", "1022", "1023", "1024", "1025", "1026", "1027", "1028", "1029", "1030", "1031"],
    "4002": ["0015"], "4003": ["0013"], "4004": ["0009"], "4008": ["0011"], "4010": ["0020"],
  ]

  /// How much of the residual of a board an industry holds, in thousandths.
  static let kospiResiduals: [(industry: String, thousandths: Int)] = [
    ("0005", 40), ("0006", 30), ("0007", 25), ("0008", 110), ("0009", 80), ("0010", 25), ("0011", 70), ("0012", 80),
    ("0013", 120), ("0014", 20), ("0015", 80), ("0016", 60), ("0017", 20), ("0018", 60), ("0019", 35), ("0020", 10),
    ("0021", 50), ("0022", 5), ("0024", 20), ("0025", 15), ("0026", 15), ("0028", 10), ("0029", 10), ("0030", 10),
  ]
  static let kosdaqResiduals: [(industry: String, thousandths: Int)] = [
    ("1006", 55), ("1010", 20), ("1011", 60), ("1013", 10), ("1014", 30), ("1015", 50), ("1019", 25), ("1020", 10),
    ("1021", 10), ("1022", 10), ("1023", 70), ("1024", 110), ("1025", 10), ("1026", 50), ("1027", 110),
    ("1028", 200), ("1029", 50), ("1030", 40), ("1031", 10), ("1032", 10), ("1033", 60),
  ]
}

extension Instrument {
  /// The residual member that a code names; nil for any other code.
  static func residual(code: String) -> Instrument? {
    code.hasPrefix(residualPrefix) ? residual(ofIndustry: String(code.dropFirst(residualPrefix.utf8.count))) : nil
  }

  /// Whether it stands for the shares of an industry that are not known by name.
  var isResidual: Bool { code.hasPrefix(Instrument.residualPrefix) }

  /// What the code of a residual member begins with, in front of its industry.
  public static let residualPrefix = "residual "

  /// The declared residual member of an industry: all its shares that are not known by name, as one.
  ///
  /// Its price moves as an average share's does; volume and listed shares are what the board has beyond the known ones
  /// (KOSPI: 350 million shares and 3 trillion won a day, 1,000 trillion listed; KOSDAQ: 870 million, 6 and 360).
  static func residual(ofIndustry industry: String) -> Instrument {
    let isKospi = industry.hasPrefix("0")
    let weights = isKospi ? IndexDefinition.kospiResiduals : IndexDefinition.kosdaqResiduals
    let thousandths = weights.first { $0.industry == industry }?.thousandths ?? 1
    return Instrument(
      code: residualPrefix + industry, name: "그 외 \(industry)", board: isKospi ? .kospi : .kosdaq, industry: industry,
      referencePrice: isKospi ? 8_600 : 7_100, ordinaryVolume: (isKospi ? 350_000 : 870_000) * thousandths,
      ordinaryPrints: 3_000, volatility: isKospi ? 130 : 160,
      listedShares: (isKospi ? 116_000_000 : 51_000_000) * thousandths, nextradeShare: 0)
  }
}
