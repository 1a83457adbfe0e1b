/// What an auction shows while it collects orders: the expected price comes from where the price was and settles on what
/// the auction will trade, ever more calmly; the volume rises.
struct AuctionOutlook {
  let model: InstrumentModel
  let ordinal: Int
  let ticks: PriceTicks
  let lower: Int
  let upper: Int
  /// Tick indices.
  let from: Int
  let to: Int
  let volume: Int
  /// Milliseconds since midnight.
  let start: Int
  let end: Int

  /// At a moment of the auction.
  func expected(at time: Int) -> ExpectedExecution {
    let passed = end <= start ? 1_024 : max(0, min(1_024, (time - start) * 1_024 / (end - start)))
    if passed == 1_024 { return ExpectedExecution(price: ticks.price(at: to), volume: volume) }
    let left = 1_024 - passed
    let fade = left * left / 1_024
    var noise = 0
    for (octave, period) in [256, 64, 16].enumerated() {
      let value = SlowNoise.value(
        seed: model.seed, instrument: model.number &+ UInt64(octave), purpose: .expectedPrice,
        at: ordinal * 4_096 + start / 60_000 + passed, period: period)
      noise += value >> octave
    }
    let price = to + (from - to) * fade / 1_024 * fade / 1_024 + 6 * noise / 4_096 * fade / 1_024
    let bounded = max(lower, min(upper, price))
    return ExpectedExecution(
      price: ticks.price(at: bounded), volume: FixedPoint.ratio(volume, passed + passed * passed / 1_024, 2_048))
  }
}

extension DayPlan {
  /// Shares of the last auction until a moment: the closing one, that of an interruption, or the opening one.
  func lastAuctionVolume(at time: Int) -> Int {
    let (whole, last) = (parts[0].plan.stretch, part(at: time).plan)
    if whole.closingTime > 0, time >= whole.closingTime,
      let closing = last.prints(after: whole.closingTime - 1, through: whole.closingTime).last
    {
      return closing.size
    }
    if let resumed = interruptions.last(where: { $0.auction.time <= time }) { return resumed.auction.size }
    guard time >= whole.openingTime else { return 0 }
    return parts[0].plan.prints(after: Int.min, through: whole.openingTime).first?.size ?? 0
  }

  /// The auction that collects orders at a moment: the opening one, the closing one, or that of an interruption.
  func auction(at time: Int, hours: TradingHours, model: InstrumentModel) -> AuctionOutlook? {
    let stretch = part(at: time).plan.stretch
    let whole = parts[0].plan.stretch
    func outlook(from: Int, to: Int, volume: Int, start: Int, end: Int) -> AuctionOutlook {
      AuctionOutlook(
        model: model, ordinal: draw.ordinal, ticks: ticks, lower: whole.lower, upper: whole.upper, from: from, to: to,
        volume: volume, start: start, end: end)
    }
    if let opening = hours.first(.openingAuction), time >= opening.start.milliseconds, time < whole.openingTime {
      let first = parts[0].plan.prints(after: Int.min, through: whole.openingTime).first
      return outlook(
        from: ticks.index(nearest: draw.base), to: first?.price ?? ticks.index(nearest: draw.base),
        volume: first?.size ?? 0, start: opening.start.milliseconds, end: whole.openingTime)
    }
    if let closing = hours.first(.closingAuction), time >= closing.start.milliseconds, time < whole.closingTime {
      let before = running(at: closing.start.milliseconds)
      let last = part(at: time).plan.prints(after: closing.start.milliseconds, through: whole.closingTime).last
      let from = before.last == 0 ? ticks.index(nearest: draw.base) : before.last
      return outlook(
        from: from, to: last?.price ?? from, volume: last?.size ?? 0, start: closing.start.milliseconds,
        end: whole.closingTime)
    }
    guard let interruption = interruption(at: time) else { return nil }
    let from = running(at: interruption.start).last
    return outlook(
      from: from, to: interruption.auction.price, volume: interruption.auction.size, start: interruption.start,
      end: max(interruption.auction.time, stretch.sessionStart))
  }
}
