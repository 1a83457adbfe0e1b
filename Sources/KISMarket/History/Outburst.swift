/// What a small speculative share (테마주, 작전주) does on a day on which it goes to its price limit, or far towards it.
enum Outburst: Sendable, Hashable {
  /// To the upper limit (상한가; buy) or the lower one (하한가; sell), where it stays.
  case limit(Side)
  /// By so many thousandths of its base price.
  case move(Int)

  /// The logarithm of close over base, Q30, that it makes.
  var change: Int {
    switch self {
    case .limit(.buy): FixedPoint.ln(1_300) - FixedPoint.ln(1_000)
    case .limit(.sell): FixedPoint.ln(700) - FixedPoint.ln(1_000)
    case .move(let thousandths): FixedPoint.ln(1_000 + thousandths) - FixedPoint.ln(1_000)
    }
  }
}

/// The small speculative shares among those that are known by name, and whose turn it is.
///
/// Of 2,700 listed shares about ten a day end at a limit. Few of these are known by name: they take turns, so that every
/// day has one at each limit and some on the way there. The order is drawn anew each time that all had their turn.
struct SpeculativeTurns: Sendable {
  /// Its place among those shares.
  private let place: Int
  private let seed: UInt64

  /// Nil for a share that is not one of them.
  init?(_ instrument: Instrument, seed: UInt64) {
    guard instrument.isSpeculative, let place = SpeculativeTurns.places[instrument.code] else { return nil }
    (self.place, self.seed) = (place, seed)
  }

  private static let places = Dictionary(
    uniqueKeysWithValues: Instrument.builtIn.filter(\.isSpeculative).enumerated().map { ($1.code, $0) })

  /// What the share does on some days, by their ordinals.
  func outbursts(_ ordinals: Range<Int>) -> [Int: Outburst] {
    var outbursts: [Int: Outburst] = [:]
    let count = SpeculativeTurns.places.count
    var ordinal = ordinals.lowerBound
    while ordinal < ordinals.upperBound {
      let round = (ordinal >= 0 ? ordinal : ordinal - count + 1) / count
      let first = round * count
      let turn = turn(inRound: round)
      for (way, distance) in [0, count / 2, count / 4, count / 8, count * 3 / 4].enumerated() {
        let day = first + (turn + distance) % count
        guard ordinals.contains(day), day >= ordinal else { continue }
        var numbers = CellGenerator(
          seed: seed, instrument: UInt64(place) &+ 0x5EED, day: day, purpose: .outburst)
        outbursts[day] =
          switch way {
          case 0: .limit(.buy)
          case 1: .limit(.sell)
          case 2: .move(numbers.within(225...285))
          case 3: .move(numbers.within(150...240))
          default: .move(-numbers.within(215...285))
          }
      }
      ordinal = first + count
    }
    return outbursts
  }

  /// The place that the share has in the order of a round.
  private func turn(inRound round: Int) -> Int {
    var numbers = CellGenerator(seed: seed, instrument: 0x5EED, day: round, purpose: .outburst)
    var order = Array(0..<SpeculativeTurns.places.count)
    for last in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(last, numbers.below(last + 1)) }
    return order[place]
  }
}

extension Instrument {
  /// Whether it is a small share that is traded for its moves.
  var isSpeculative: Bool { kind == .share && size == .small && volatility >= 480 }
}
