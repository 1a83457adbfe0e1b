/// The industry codes (업종코드) and instruments that a mock knows: those of ``CodeTable``, and more where somebody adds
/// them.
public struct KnownCodes: Sendable, Hashable {
  private var industryByCode: [String: IndustryCode] = [:]
  private var instrumentByCode: [String: ListedInstrument] = [:]
  private var addedIndustries: [IndustryCode] = []
  private var addedInstruments: [ListedInstrument] = []
  /// The kinds of instruments of which every one of the day is here, by what says so: the broker's own master files.
  public private(set) var completeKinds: Set<ListedInstrument.Kind> = []

  /// What ``CodeTable`` has.
  public static let standard = KnownCodes()

  private init() { instruments = CodeTable.instruments }

  /// Those of ``CodeTable`` and these; a code that the table has too is the one given here.
  ///
  /// - Parameter complete: the kinds of instruments of which these are all that there are.
  public init(
    adding industries: [IndustryCode], _ added: [ListedInstrument], complete: Set<ListedInstrument.Kind> = []
  ) {
    addedIndustries = industries
    addedInstruments = added
    completeKinds = complete
    industryByCode = Dictionary(industries.map { ($0.code, $0) }) { _, last in last }
    let known = Dictionary(added.map { ($0.code, $0) }) { _, last in last }
    instrumentByCode = known
    instruments = CodeTable.instruments.filter { known[$0.code] == nil } + added
  }

  /// These and those of another file; a code that both have is the other's.
  public func adding(_ other: KnownCodes) -> KnownCodes {
    KnownCodes(
      adding: addedIndustries.filter { other.industryByCode[$0.code] == nil } + other.addedIndustries,
      addedInstruments.filter { other.instrumentByCode[$0.code] == nil } + other.addedInstruments,
      complete: completeKinds.union(other.completeKinds))
  }

  /// Whether there may be an instrument of a kind that nobody has listed here: not of those of which all are known, and no
  /// share of an issuer that KRX has not numbered.
  public func mayExist(_ code: String, as kind: ListedInstrument.Kind) -> Bool {
    if instrument(code) != nil { return true }
    return !completeKinds.contains(kind) && !(kind == .share && KnownCodes.isWithoutIssuer(code))
  }

  /// The first five of six digits number an issuer: those at home begin at 00001, those abroad end below 96000.
  private static func isWithoutIssuer(_ code: String) -> Bool {
    guard code.utf8.count == 6, code.isAllDigits, let number = Int(code.prefix(5))
    else { return false }
    return number == 0 || number >= 96_000
  }

  /// Every industry code, the added ones last.
  public var industries: [IndustryCode] {
    CodeTable.industries.filter { industryByCode[$0.code] == nil } + addedIndustries
  }

  /// Every instrument, the added ones last.
  public let instruments: [ListedInstrument]

  /// The industry of that code; nil when nobody knows it.
  public func industry(_ code: String) -> IndustryCode? { industryByCode[code] ?? CodeTable.industry(code) }

  /// The instrument of that code; nil when nobody knows it.
  public func instrument(_ code: String) -> ListedInstrument? { instrumentByCode[code] ?? CodeTable.instrument(code) }

  /// Whether somebody added an instrument of that code, or replaced the known one.
  public func isAdded(_ code: String) -> Bool { instrumentByCode[code] != nil }

  /// The instruments that somebody added.
  public var added: [ListedInstrument] { addedInstruments }
}
