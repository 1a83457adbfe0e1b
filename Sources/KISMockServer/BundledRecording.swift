import KISMarket
import KISSandbox
import KISScenario
import KISWire

/// A session that is played when nobody says what: a file in `recordings`, or the simulation that the file was written
/// from, for a program that was copied without it. Both give the same bytes.
struct BundledRecording {
  /// Of its file in `recordings` and of its scenario in `scenarios`, without extension.
  let name: String
  let plan: SimulationPlan

  /// The seed that the files were written with.
  static let seed: UInt64 = 1

  static let all = [day, session]

  /// The day that they show a part of.
  static let tradingDay: CalendarDate = "2026-09-21"

  /// Where a plain `serve` begins.
  static let start = TimeOfDay(sinceMidnight: .seconds(10 * 3_600))

  static let day = BundledRecording(
    name: "simulated-day",
    plan: SimulationPlan(
      start: KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 59), length: .seconds(6 * 3_600 + 46 * 60),
      title: "Simulated day of program trading of KOSPI", programTrading: [.kospi],
      programInterval: .seconds(2)))

  static let session = BundledRecording(
    name: "simulated-session",
    plan: SimulationPlan(
      start: KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 59, second: 50),
      length: .seconds(10 * 60 + 10), title: "Simulated session of trades, order books and order notices",
      instruments: ["005930", "000660", "035420"], bookInterval: .seconds(2), noticesFor: "kismock"))
}
