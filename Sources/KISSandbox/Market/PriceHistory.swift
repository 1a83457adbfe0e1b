/// How an instrument closed, day after day: any day's close and volume without playing the days before it.
struct PriceHistory: Sendable {
  let instrument: Instrument
  private let generator: SeededGenerator

  init(of instrument: Instrument, seed: UInt64) {
    self.instrument = instrument
    generator = SeededGenerator(seed: seed).fork("history").fork(instrument.code)
  }

  /// The closing price (종가) of a day.
  func close(on day: TradingDay) -> Int {
    let waves = [(0.12, 64.0), (0.06, 16.0), (0.03, 4.0), (0.012, 1.0)]
    var level = 1.0
    for (index, wave) in waves.enumerated() {
      level += wave.0 * SmoothNoise(generator.fork(index)).value(at: Double(day.number) / wave.1)
    }
    return instrument.priceStep.nearest(to: Double(instrument.referencePrice) * level)
  }

  /// The shares traded on a day.
  func volume(on day: TradingDay) -> Int {
    var generator = generator.fork("volume").fork(day.number)
    let draw = generator.unit()
    return max(1, Int(Double(instrument.dailyVolume) * (0.6 + 1.2 * draw * draw)))
  }
}

/// A curve between -1 and 1 through random points one unit apart, the same at every visit.
struct SmoothNoise: Sendable {
  private let generator: SeededGenerator

  init(_ generator: SeededGenerator) { self.generator = generator }

  func value(at x: Double) -> Double {
    let left = x.rounded(.down)
    let fraction = x - left
    let weight = fraction * fraction * (3 - 2 * fraction)
    return point(Int(left)) * (1 - weight) + point(Int(left) + 1) * weight
  }

  private func point(_ index: Int) -> Double {
    var generator = generator.fork(index)
    return generator.unit() * 2 - 1
  }
}
