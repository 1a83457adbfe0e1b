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

  /// - Parameter seconds: for how long the client listens.
  init(
    _ id: TransactionID, _ key: String, day: String = "2026-09-21", venue: Venue = .real,
    at start: KoreanTime = SandboxFixture.open + .seconds(1_800), seconds: Double = 60,
    quirks: Quirks = []
  ) async throws {
    let dialect = try Dialect(day: day, venue: venue)
    let fixture = try SandboxFixture(at: start) {
      $0.simulates = true
      $0.simulatesOrders = true
      $0.venue = venue
      $0.dialect = dialect
      $0.heartbeat.rhythm = .never
      $0.quirks = quirks
    }
    let client = try await fixture.listener(id, key)
    #expect(client.reply?.code == .subscribed)
    await fixture.advance(seconds)
    let cipher = try #require(try client.reply?.cipher())
    self.dialect = dialect
    let received = try client.sink.frames.map { try Frame(parsing: $0) }
    flags = Set(received.map(\.flag))
    frames = try received.map { try cipher.decrypt($0) }
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
