import Synchronization

/// The prints of the minutes of a plan that were asked for last: books, trades and totals of one moment all read the same
/// minute, and the next second is in it too. What is forgotten is drawn again, and is the same.
final class MinuteMemo: Sendable {
  private struct Minute {
    let cell: Int
    let prints: [DrawnPrint]
  }

  private let minutes = Mutex<[Minute]>([])
  /// The minute that a moment lies in, and its neighbours on either side.
  private static let most = 3

  func prints(ofCell cell: Int, draw: () -> [DrawnPrint]) -> [DrawnPrint] {
    if let known = minutes.withLock({ $0.first { $0.cell == cell }?.prints }) { return known }
    let prints = draw()
    minutes.withLock { minutes in
      if minutes.count >= MinuteMemo.most { minutes.removeFirst() }
      minutes.append(Minute(cell: cell, prints: prints))
    }
    return prints
  }
}
