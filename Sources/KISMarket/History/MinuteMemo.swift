import Synchronization

/// The prints of the minutes of a plan that were asked for last: books, trades and totals of one moment all read the same
/// minute, and the next second is in it too. What is forgotten is drawn again, and is the same.
final class MinuteMemo: Sendable {
  private struct Minute {
    let cell: Int
    let prints: [DrawnPrint]
    /// The running totals after its first prints: the next question mostly needs a few prints more.
    var reached: (count: Int, sum: Running)?
  }

  private let minutes = Mutex<[Minute]>([])
  /// The minute that a moment lies in, its neighbours on either side, and those of the day's open, high and low.
  private static let most = 6

  func prints(ofCell cell: Int, draw: () -> [DrawnPrint]) -> [DrawnPrint] {
    if let known = minutes.withLock({ $0.first { $0.cell == cell }?.prints }) { return known }
    let prints = draw()
    minutes.withLock { minutes in
      if minutes.count >= MinuteMemo.most { minutes.removeFirst() }
      minutes.append(Minute(cell: cell, prints: prints))
    }
    return prints
  }

  /// The latest known running totals of a minute that include no more than `count` of its prints.
  func reached(inCell cell: Int, atMost count: Int) -> (count: Int, sum: Running)? {
    minutes.withLock { minutes in
      minutes.first { $0.cell == cell }.flatMap { $0.reached }.flatMap { $0.count <= count ? $0 : nil }
    }
  }

  func note(_ sum: Running, behind count: Int, ofCell cell: Int) {
    minutes.withLock { minutes in
      if let index = minutes.firstIndex(where: { $0.cell == cell }) { minutes[index].reached = (count, sum) }
    }
  }
}
