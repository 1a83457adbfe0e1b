/// The industry codes (업종코드) and instruments that a mock knows: those of ``CodeTable``, and more where somebody adds
/// them.
public struct KnownCodes: Sendable, Hashable {
  private var industryByCode: [String: IndustryCode] = [:]
  private var instrumentByCode: [String: ListedInstrument] = [:]
  private var addedIndustries: [IndustryCode] = []
  private var addedInstruments: [ListedInstrument] = []

  /// What ``CodeTable`` has.
  public static let standard = KnownCodes()

  private init() {}

  /// Those of ``CodeTable`` and these; a code that the table has too is the one given here.
  public init(adding industries: [IndustryCode], _ instruments: [ListedInstrument]) {
    addedIndustries = industries
    addedInstruments = instruments
    industryByCode = Dictionary(industries.map { ($0.code, $0) }) { _, last in last }
    instrumentByCode = Dictionary(instruments.map { ($0.code, $0) }) { _, last in last }
  }

  /// Every industry code, the added ones last.
  public var industries: [IndustryCode] {
    CodeTable.industries.filter { industryByCode[$0.code] == nil } + addedIndustries
  }

  /// Every instrument, the added ones last.
  public var instruments: [ListedInstrument] {
    CodeTable.instruments.filter { instrumentByCode[$0.code] == nil } + addedInstruments
  }

  /// The industry of that code; nil when nobody knows it.
  public func industry(_ code: String) -> IndustryCode? { industryByCode[code] ?? CodeTable.industry(code) }

  /// The instrument of that code; nil when nobody knows it.
  public func instrument(_ code: String) -> ListedInstrument? { instrumentByCode[code] ?? CodeTable.instrument(code) }

  /// Whether somebody added an instrument of that code, or replaced the known one.
  public func isAdded(_ code: String) -> Bool { instrumentByCode[code] != nil }

  /// The instruments that somebody added.
  public var added: [ListedInstrument] { addedInstruments }
}
