import KISMarket

/// What a field's name says, found out once: rows of an answer have the same names, and rows are what answers are made of.
final class NamedField: Sendable {
  /// As it stands on the wire.
  let name: String
  let lowercased: String
  let capitals: String
  /// Whose trades it is about; nil for anything else.
  let flow: FlowFigure?
  /// Whether it may be about what an instrument is derived from (기초자산).
  let tellsOfUnderlying: Bool
  /// Whether whose trades it counts depends on the API.
  let tellsOfSides: Bool
  /// What it says of the terms or the worth of a future or option; nil for a name about neither, as most are.
  private let contractReading: ContractVocabulary.Reading?
  private let reading: QuoteVocabulary.Reading?
  private let listReading: QuoteVocabulary.Reading?
  private let plausible: PlausibleValue

  init(_ name: String) {
    self.name = name
    lowercased = name.lowercased()
    capitals = name.uppercased()
    flow = FlowFigure.of(lowercased)
    tellsOfUnderlying = name.hasPrefix("unas_") || name.hasPrefix("kospi200_")
    tellsOfSides = ["total_seln_qty", "total_shnu_qty", "ntby_qty"].contains(name) || name.hasSuffix("_rlim")
    contractReading = ContractVocabulary.reading(of: lowercased)
    reading = QuoteVocabulary.reading(of: lowercased)
    listReading = QuoteVocabulary.listReadings[lowercased]
    plausible = PlausibleValue(lowercased)
  }

  /// Its value in a quote; nil when the name is not about quotes.
  func value(in quote: Quote) -> String? {
    guard quote.instrument.market.isDerivative else { return quote.derivedValue(of: lowercased) ?? reading?(quote) }
    guard let contractReading else { return reading?(quote) }
    return contractReading(quote) ?? quote.expiredValue(of: lowercased) ?? reading?(quote)
  }

  /// The same in a list over REST, which has words of its own.
  func value(inListOf quote: Quote) -> String? {
    value(in: quote) ?? listReading?(quote) ?? quote.reportedValue(of: lowercased)
  }

  /// A value that looks right where none is known.
  func plausibleValue(about quote: Quote, generator: SeededGenerator) -> String {
    plausible.value(about: quote, generator: generator)
  }
}

/// What is the same in every record with the same fields: what each name says, and which values have to agree.
struct RecordPlan: Sendable {
  /// Every name once; the place of a name in it is its slot.
  let fields: [NamedField]
  /// The slot of each field of the record, in order: a few documents name a field twice.
  let slots: [Int]
  let consistency: ConsistentRecord

  init(_ names: [String]) {
    var slotByName: [String: Int] = [:]
    var fields: [NamedField] = []
    slots = names.map { name in
      if let slot = slotByName[name] { return slot }
      slotByName[name] = fields.count
      fields.append(NamedField(name))
      return fields.count - 1
    }
    self.fields = fields
    consistency = ConsistentRecord(fields.map(\.name))
  }
}
