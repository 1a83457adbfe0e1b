import KISMarket
import Testing

@Suite("An index is its shares and one residual member")
struct IndexTests {
  static let date: CalendarDate = "2026-09-21"

  @Test("KOSPI, KOSDAQ and KOSPI200 stand at their reference levels on the reference date")
  func reference() {
    var market = Market(seed: 3)
    for (code, level) in [("0001", 669_000), ("1001", 102_000), ("2001", 110_100)] {
      #expect(market.indexDays(code, from: Market.referenceDate, through: Market.referenceDate).last?.close == level)
    }
  }

  @Test(
    "An index trades more than its shares, the board more than each of its industries", arguments: ["0001", "1001"])
  func turnover(board: String) {
    var market = Market(seed: 3)
    for time in [ClockTime(9, 0, 20), ClockTime(13, 13, 13)] {
      let index = market.index(board, on: Self.date, at: time)
      var volume = 0
      var amount = 0
      for share in market.indexMembers(board) {
        let snapshot = market.snapshot(of: share.code, on: Self.date, at: time)
        volume += snapshot.volume
        amount += snapshot.amount
      }
      #expect(index.volume >= volume && index.amount >= amount)
      let industries = board == "0001" ? ["0008", "0013", "0015", "0020"] : ["1024", "1028", "1033"]
      let parts = industries.map { market.index($0, on: Self.date, at: time) }
      #expect(parts.reduce(0) { $0 + $1.volume } <= index.volume)
      for part in parts { #expect(part.volume > 0 || time < ClockTime(9, 1)) }
    }
  }

  @Test("Different indices have different figures", arguments: ["0003", "1002", "2001", "4001"])
  func different(code: String) {
    var market = Market(seed: 3)
    let index = market.index(code, on: Self.date, at: ClockTime(14, 0))
    let kospi = market.index("0001", on: Self.date, at: ClockTime(14, 0))
    #expect(index.level != kospi.level && index.volume != kospi.volume && index.amount != kospi.amount)
  }

  @Test(
    "Through a day an index never loses volume, its high never falls, its low never rises",
    arguments: ["0001", "0020", "1001"])
  func monotone(code: String) {
    var market = Market(seed: 3)
    var last = market.index(code, on: Self.date, at: ClockTime(8, 50))
    #expect(last.level == last.previousClose)
    for second in stride(from: 32_400, through: 56_000, by: code == "0020" ? 97 : 797) {
      let next = market.index(code, on: Self.date, at: ClockTime(milliseconds: second * 1_000))
      #expect(next.volume >= last.volume && next.amount >= last.amount)
      #expect(next.low <= next.level && next.level <= next.high)
      if last.high > 0 { #expect(next.high >= last.high && next.low <= last.low) }
      last = next
    }
    last = market.index(code, on: Self.date, at: ClockTime(15, 40))
    let day = market.indexDays(code, from: Self.date, through: Self.date)[0]
    #expect(last.level == day.close && last.high == day.high && last.low == day.low && last.open == day.open)
    #expect(last.volume == day.volume)
    #expect(abs(last.amount - day.amount) <= day.amount / 1_000_000)
  }

  @Test("The minutes of an index are its day", arguments: ["0001", "0013"])
  func minutes(code: String) throws {
    var market = Market(seed: 3)
    let bars = market.indexMinuteBars(code, on: Self.date, through: ClockTime(16, 0))
    let day = market.indexDays(code, from: Self.date, through: Self.date)[0]
    let sum = try #require(Bar.folded(bars))
    #expect(sum.open == day.open && sum.high == day.high && sum.low == day.low && sum.close == day.close)
    #expect(sum.volume == day.volume)
    let half = market.index(code, on: Self.date, at: ClockTime(12, 0))
    #expect(
      Bar.folded(market.indexMinuteBars(code, on: Self.date, through: ClockTime(12, 0)))?.volume ?? 0 <= half.volume)
  }

  @Test("An index day goes on from the close before, and ranges as real ones do")
  func days() {
    var market = Market(seed: 3)
    let days = market.indexDays("0001", from: "2026-03-02", through: "2026-09-18")
    var ranges = 0
    for day in days {
      #expect(day.low <= min(day.open, day.close) && day.high >= max(day.open, day.close))
      ranges += (day.high - day.low) * 10_000 / day.close
    }
    // Captures of KOSPI: 0.6 % on a quiet day of 2024, 5 % on a wild one of 2026.
    #expect((60...300).contains(ranges / days.count), "\(ranges / days.count)")
  }

  @Test(
    "The level that is known without asking the members is that of the whole index, of a market that was moved too",
    arguments: ["0001", "2001"])
  func level(code: String) {
    var market = Market(seed: 3)
    for isMoved in [false, true] {
      if isMoved {
        market.add(
          MarketEvent(.move(basisPoints: -300, over: 60_000), to: .board(.kospi), on: Self.date, at: ClockTime(11, 0)))
      }
      var known = 0
      for date in [Self.date, "2026-09-20", "2026-09-17"] {
        for time in [
          ClockTime(8, 30), ClockTime(9, 0), ClockTime(milliseconds: 32_459_999), ClockTime(10, 0, 17),
          ClockTime(milliseconds: 39_659_999), ClockTime(milliseconds: 50_399_999), ClockTime(15, 20, 40),
          ClockTime(milliseconds: 55_859_999), ClockTime(15, 31), ClockTime(18, 0), ClockTime(48, 0),
        ] {
          guard let level = market.knownLevel(ofIndex: code, on: date, at: time) else { continue }
          known += 1
          #expect(level == market.index(code, on: date, at: time).level, "\(date) \(time)")
        }
      }
      #expect(known >= (isMoved ? 17 : 25))
    }
  }
}
