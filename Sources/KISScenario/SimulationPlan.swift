public import KISRecording
public import KISWire

/// What a simulated session holds: the day, the hours, the TRs and instruments, and how thin it is.
///
/// The section `simulation:` of a scenario says the same in YAML.
public struct SimulationPlan: Sendable, Hashable {
  /// The first moment of the recording; its day is the day that is simulated.
  public var start: KoreanTime
  /// How long the session lasts.
  public var length: Duration
  /// Real or paper trading (모의투자): for the recording's header, and for the layouts of its day.
  public var venue: Venue
  /// One line that says what is inside, for the recording's header.
  public var title: String
  /// Markets whose program trading (H0UPPGM0) is published.
  public var programTrading: [IndustryMarket]
  /// The time between two program trading records of a market.
  public var programInterval: Duration
  /// Whether foreign-institution-total answers at every entry time.
  public var ranksInvestors: Bool
  /// Instruments whose trades, books and current prices are recorded.
  public var instruments: [String]
  /// The shortest time between two books of an instrument.
  public var bookInterval: Duration
  /// Whose orders are filled and notified; nil for nobody's.
  public var noticesFor: String?

  /// A plan that holds nothing but what is asked for: every list is empty unless told.
  public init(
    start: KoreanTime, length: Duration, venue: Venue = .real, title: String = "Simulated session",
    programTrading: [IndustryMarket] = [], programInterval: Duration = .seconds(10), ranksInvestors: Bool = false,
    instruments: [String] = [], bookInterval: Duration = .seconds(1), noticesFor: String? = nil
  ) {
    self.start = start
    self.length = length
    self.venue = venue
    self.title = title
    self.programTrading = programTrading
    self.programInterval = programInterval
    self.ranksInvestors = ranksInvestors
    self.instruments = instruments
    self.bookInterval = bookInterval
    self.noticesFor = noticesFor
  }

  /// The header of the recording that the plan makes.
  public func header(source: String) -> RecordingHeader {
    RecordingHeader(
      start: start.iso8601, venue: venue, dialectDay: start.date, provenance: .simulated, source: source, title: title)
  }
}
