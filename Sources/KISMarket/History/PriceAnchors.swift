/// A close that is known: the history goes through it.
struct PriceAnchor: Sendable, Hashable {
  /// The trading day's ordinal.
  let ordinal: Int
  /// The close of that day.
  let price: Int
}

/// The closes between which days are drawn: at the anchors and at the end of each year. Before the first anchor and
/// after the last one the returns of years are drawn freely, whatever the level of the price; between two anchors they
/// are interpolated.
struct PriceAnchors: Sendable {
  private let anchors: [PriceAnchor]
  private let model: InstrumentModel
  private let days: TradingDays

  /// - Parameter anchors: at least one, ascending.
  init(_ anchors: [PriceAnchor], model: InstrumentModel, days: TradingDays) {
    self.anchors = anchors
    self.model = model
    self.days = days
  }

  /// The two known closes around a day: after the first, at the latest on the second.
  func around(_ ordinal: Int) -> (before: PriceAnchor, after: PriceAnchor) {
    let year = days.day(ordinal).year
    let lastOfYear = days.lastOrdinal(ofYear: year)
    let lastOfYearBefore = days.lastOrdinal(ofYear: year - 1)
    let anchorBefore = anchors.last { $0.ordinal < ordinal }
    let anchorAfter = anchors.first { $0.ordinal >= ordinal }
    let before: PriceAnchor
    if let anchorBefore, anchorBefore.ordinal >= lastOfYearBefore {
      before = anchorBefore
    } else {
      before = yearEnd(year - 1, at: lastOfYearBefore)
    }
    let after: PriceAnchor
    if let anchorAfter, anchorAfter.ordinal <= lastOfYear {
      after = anchorAfter
    } else {
      after = yearEnd(year, at: lastOfYear)
    }
    return (before, after)
  }

  private func yearEnd(_ year: Int, at ordinal: Int) -> PriceAnchor {
    let before = anchors.last { $0.ordinal <= ordinal }
    let after = anchors.first { $0.ordinal >= ordinal }
    let x: Int
    switch (before, after) {
    case (let before?, let after?):
      let (from, to) = (FixedPoint.ln(before.price), FixedPoint.ln(after.price))
      x = from + FixedPoint.ratio(to - from, ordinal - before.ordinal, max(1, after.ordinal - before.ordinal))
    case (let before?, nil):
      x = wandered(from: before, through: year, ordinal: ordinal)
    case (nil, let after?):
      x = wandered(from: after, through: year, ordinal: ordinal)
    case (nil, nil):
      x = FixedPoint.ln(model.instrument.referencePrice)
    }
    let ticks = model.instrument.ticks(on: days.day(ordinal))
    return PriceAnchor(ordinal: ordinal, price: ticks.price(at: max(1, ticks.index(nearest: model.price(ofLn: x)))))
  }

  /// The logarithm of a year's last close, from an anchor before or after it.
  private func wandered(from anchor: PriceAnchor, through year: Int, ordinal: Int) -> Int {
    let start = FixedPoint.ln(anchor.price)
    let anchorYear = days.day(anchor.ordinal).year
    var sum = 0
    if year >= anchorYear {
      for each in anchorYear...year { sum += step(each, part: each == anchorYear ? restOfYear(anchor) : 1_024) }
    } else {
      for each in (year + 1)...anchorYear {
        sum -= step(each, part: each == anchorYear ? 1_024 - restOfYear(anchor) : 1_024)
      }
    }
    // Folded, so that over decades a price stays within a factor of about four.
    return start + folded(sum, within: FixedPoint.one * 7 / 5)
  }

  private func restOfYear(_ anchor: PriceAnchor) -> Int {
    let year = days.day(anchor.ordinal).year
    let (first, last) = (days.lastOrdinal(ofYear: year - 1), days.lastOrdinal(ofYear: year))
    return (last - anchor.ordinal) * 1_024 / max(1, last - first)
  }

  /// The return of a year, or of a part of it (1,024 is all): 16 times a day's deviation, damped.
  private func step(_ year: Int, part: Int) -> Int {
    var numbers = model.cell(.year, day: year)
    let number = model.tied(model.common.ofYear(year), numbers.normal())
    let whole = FixedPoint.product(model.sigma * 16 * 6 / 10, number << 18)
    let bounded = max(-FixedPoint.one * 9 / 10, min(FixedPoint.one * 9 / 10, whole))
    return bounded * FixedPoint.root(part * 1_024) / 1_024
  }
}

/// A value mirrored at both ends of a range until it lies inside.
func folded(_ value: Int, within bound: Int) -> Int { folded(value, -bound, bound) }

/// A value mirrored at both ends of a range until it lies inside; the lower end when the range is empty.
@inline(__always)
func folded(_ value: Int, _ low: Int, _ high: Int) -> Int {
  if high <= low { return low }
  if value >= low && value <= high { return value }
  let width = high - low
  var offset = (value - low) % (2 * width)
  if offset < 0 { offset += 2 * width }
  return low + (offset <= width ? offset : 2 * width - offset)
}
