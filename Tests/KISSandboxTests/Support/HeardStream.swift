import KISMarket
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

/// The data frames that a client gets of one registration that is simulated, notices decrypted.
struct HeardStream {
  let frames: [Frame]
  /// Their flags as they came over the wire.
  let flags: Set<FrameFlag>
  let dialect: Dialect

  /// - Parameters:
  ///   - start: the market's time; nil for one at which the TR's market is open.
  ///   - seconds: for how long the client listens.
  ///   - halted: the share whose trading rests for two minutes after ten seconds.
  init(
    _ id: TransactionID, _ key: String, day: String = "2026-09-21", venue: Venue = .real,
    at start: KoreanTime? = nil, seconds: Double = 60, halted: String? = nil,
    quirks: Quirks = []
  ) async throws {
    let dialect = try Dialect(day: day, venue: venue)
    let start = start ?? HeardStream.hours(of: id)
    let fixture = try SandboxFixture(at: start) {
      $0.simulates = true
      $0.simulatesOrders = true
      $0.venue = venue
      $0.dialect = dialect
      $0.heartbeat.rhythm = .never
      $0.quirks = quirks
    }
    if let halted { await fixture.sandbox.halt(halted, at: start + .seconds(10)) }
    let client = try await fixture.listener(id, key)
    #expect(client.reply?.code == .subscribed)
    await fixture.advance(seconds)
    let cipher = try #require(try client.reply?.cipher())
    self.dialect = dialect
    let received = try client.sink.frames.map { try Frame(parsing: $0) }
    flags = Set(received.map(\.flag))
    frames = try received.map { try cipher.decrypt($0) }
  }

  /// Nine thirty, the opening auction for what tells of auctions alone, the evening for what is traded after hours, and the
  /// night for exchanges abroad.
  private static func hours(of id: TransactionID) -> KoreanTime {
    if StreamKind(id) == .expectedIndex { return SandboxFixture.open + .seconds(-600) }
    let isAbroad = id.rawValue.hasPrefix("HDF")
    return SandboxFixture.open + .seconds(isAbroad ? 14 * 3_600 : StreamKind.isAfterHours(id) ? 7 * 3_600 + 600 : 1_800)
  }

  /// The values of every record, in order.
  var records: [[String]] {
    frames.flatMap { frame in (try? frame.records()).map { $0.map { Array($0) } } ?? [] }
  }

  /// Their values under the names of the day.
  var named: [Record] { frames.flatMap { (try? $0.records(in: dialect)) ?? [] } }

  /// What every record has how many of.
  var widths: Set<Int> { Set(records.map(\.count)) }
}

extension Sandbox {
  /// Lets trading of a share rest for two minutes.
  func halt(_ code: String, at moment: KoreanTime) {
    let market = TradingMoment(moment)
    happen(MarketEvent(.halt(milliseconds: 120_000), to: .instrument(code), on: market.date, at: market.time))
  }
}
