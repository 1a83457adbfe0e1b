/// A session of an instrument with everything in it drawn: one stretch, or several where something happened.
///
/// Plans are handed on at every look-up: what a plan consists of is shared by its copies.
struct DayPlan: Sendable {
  private var contents: Contents

  private final class Contents: Sendable {
    let draw: DayDraw
    let ticks: PriceTicks
    let shape: SessionShape
    let model: InstrumentModel
    let parts: [Part]
    let known: (until: Int, state: KnownState)?

    init(_ contents: Contents, parts: [Part], known: (until: Int, state: KnownState)?) {
      (draw, ticks, shape, model) = (contents.draw, contents.ticks, contents.shape, contents.model)
      (self.parts, self.known) = (parts, known)
    }

    init(model: InstrumentModel, draw: DayDraw, ticks: PriceTicks, shape: SessionShape, plan: StretchPlan) {
      (self.model, self.draw, self.ticks, self.shape) = (model, draw, ticks, shape)
      parts = [Part(after: Int.min, plan: plan, bend: .init())]
      known = nil
    }
  }

  var draw: DayDraw { contents.draw }
  var ticks: PriceTicks { contents.ticks }
  var shape: SessionShape { contents.shape }
  private var model: InstrumentModel { contents.model }

  /// In the order of time; each replaces the rest of the one before it.
  private(set) var parts: [Part] {
    get { contents.parts }
    set { contents = Contents(contents, parts: newValue, known: known) }
  }

  /// What was recorded of the session's beginning, exactly as recorded, and until when.
  var known: (until: Int, state: KnownState)? {
    get { contents.known }
    set { contents = Contents(contents, parts: parts, known: newValue) }
  }

  /// A stretch, and the moment after which it holds.
  struct Part: Sendable {
    let after: Int
    let plan: StretchPlan
    /// Whether it goes on from a state that was made known; then it holds at that moment already.
    var isKnown = false
    /// How the price is bent from then on by what was asked of the market.
    let bend: RestOfDay.Bend
  }

  init(model: InstrumentModel, draw: DayDraw, ticks: PriceTicks, shape: SessionShape, stretch: Stretch) {
    let plan = StretchPlan(model: model, shape: shape, ticks: ticks, stretch: stretch, before: Running())
    self.init(model: model, draw: draw, ticks: ticks, shape: shape, plan: plan)
  }

  /// A session whose only stretch is given.
  init(model: InstrumentModel, draw: DayDraw, ticks: PriceTicks, shape: SessionShape, plan: StretchPlan) {
    contents = Contents(model: model, draw: draw, ticks: ticks, shape: shape, plan: plan)
  }

  /// A second venue's part of the session, with the same bends.
  func beside(_ venue: OtherVenue) -> DayPlan {
    var plan = self
    plan.known = nil
    var before = Running()
    plan.parts = []
    for part in parts {
      if let last = plan.parts.last { before = last.plan.running(at: part.after) }
      plan.parts.append(
        Part(after: part.after, plan: venue.plan(of: part.plan, ticks: ticks, before: before), bend: part.bend))
    }
    return plan
  }

  /// Whether minutes are drawn before prints.
  var isDense: Bool { parts.allSatisfy { $0.plan.prints == nil } }

  /// The last print at or before a moment.
  func lastPrint(at time: Int) -> DrawnPrint? {
    for (number, part) in parts.enumerated().reversed() where part.after < time || number == 0 {
      let end = number + 1 < parts.count ? min(time, parts[number + 1].after) : time
      if let print = part.plan.lastPrint(after: part.after, through: end) { return print }
    }
    return nil
  }

  /// Makes the rest of the session another one.
  ///
  /// - Parameters:
  ///   - time: the last moment that stays, milliseconds since midnight.
  ///   - state: what was traded until then; nil: what this plan says.
  ///   - bend: where the price goes, and whether trading rests.
  mutating func bend(after time: Int, state: Running? = nil, _ bend: RestOfDay.Bend = .init()) {
    let isKnown = state != nil || parts.contains { $0.isKnown && $0.after == time }
    let state = state ?? running(at: time)
    let rest = RestOfDay(
      model: model, shape: shape, ticks: ticks, day: parts[0].plan.stretch, draw: draw, state: state, time: time)
    parts.removeAll { $0.after >= time }
    let number = parts.count
    guard let stretch = rest.stretch(bend, number: number) ?? (isKnown ? rest.over : nil) else { return }
    let plan = StretchPlan(model: model, shape: shape, ticks: ticks, stretch: stretch, before: state)
    parts.append(Part(after: time, plan: plan, isKnown: isKnown, bend: bend))
  }

  /// The part that holds at a moment.
  func part(at time: Int) -> Part { parts[partNumber(at: time)] }

  private func partNumber(at time: Int) -> Int {
    if parts.count == 1 { return 0 }
    return parts.lastIndex { $0.after < time || $0.isKnown && $0.after == time } ?? 0
  }

  /// The tape at a moment, prints of that millisecond included.
  func running(at time: Int) -> Running { parts[partNumber(at: time)].plan.running(at: time) }

  /// The tape of the whole session.
  var final: Running { parts[parts.count - 1].plan.final }

  /// The prints after one moment up to another, in order.
  func prints(after: Int, through: Int) -> [DrawnPrint] {
    guard after < through else { return [] }
    var found: [DrawnPrint] = []
    for (number, part) in parts.enumerated() {
      let end = number + 1 < parts.count ? parts[number + 1].after : Int.max
      let (from, to) = (max(after, part.after), min(through, end))
      if from < to { found += part.plan.prints(after: from, through: to) }
    }
    return found
  }
}
