import Testing

@testable import KISMarket

/// A day may have the right open, high, low, close and volume and yet run straight from one to the next.
@Suite("Prices within a day")
struct WalkTests {
  /// Shares of both boards that trade every minute.
  private static let codes = ["000660", "247540", "042700", "293490"]

  /// The moves between the closes of the minutes that moved, of several days.
  private func moves(of code: String, _ tape: Tape, after: ClockTime = ClockTime(0, 0)) -> (moves: [Int], minutes: Int)
  {
    var market = Samples.market
    var (moves, minutes): ([Int], Int) = ([], 0)
    for date in Samples.dates {
      let closes = market.minuteBars(of: code, on: date, from: after, through: ClockTime(24, 0), tape: tape).map(
        \.close)
      moves += zip(closes, closes.dropFirst()).map { $1 - $0 }.filter { $0 != 0 }
      minutes += closes.count
    }
    return (moves, minutes)
  }

  private func turns(_ moves: [Int]) -> Int { zip(moves, moves.dropFirst()).count { ($0 > 0) != ($1 > 0) } }

  @Test("turn about as often as they go on, in shares that trade every minute", arguments: codes)
  func turn(code: String) {
    let (moves, minutes) = moves(of: code, .krx)
    #expect(moves.count > minutes / 3)
    #expect(turns(moves) > moves.count / 3 && turns(moves) < moves.count * 2 / 3)
  }

  @Test("move and turn in the evening, on both venues", arguments: codes, [Tape.nxt, .evening])
  func evening(code: String, tape: Tape) {
    let (moves, minutes) = moves(of: code, tape, after: ClockTime(16, 0))
    #expect(moves.count > minutes / 10)
    #expect(turns(moves) > moves.count / 4)
  }
}
