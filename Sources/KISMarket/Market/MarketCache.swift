/// What a market has drawn and keeps, bounded: anything can be drawn again, and is the same.
struct MarketCache: Sendable {
  /// A session of an instrument on a day.
  struct PlanKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
    let session: SessionName
  }

  var models = Bounded<String, InstrumentModel>(limit: 4_096)
  var blocks = Bounded<BlockKey, DayBlock>(limit: 1_024)
  /// Today of every instrument, or today and the day before of every share with their evenings.
  var plans = Bounded<PlanKey, DayPlan>(limit: 1_024)
  var commonDays = Bounded<CommonKey, [Int]>(limit: 64)
  var shapes = Bounded<ShapeKey, SessionShape>(limit: 16)
  var amounts = Bounded<PlanKey, Int>(limit: 65_536)
  var tapeDays = Bounded<TapeDayKey, Bar>(limit: 32_768)
  /// Days that are over, on tapes other than that of KRX's regular session.
  var closedTapes = Bounded<TapeDayKey, Snapshot>(limit: 1_024)
  /// The flows of instruments in hours that are over.
  var parts = Bounded<PartsKey, [Flow]>(limit: 16_384)

  var members = Bounded<String, IndexMembers>(limit: 128)
  var references = Bounded<String, Int>(limit: 128)
  var indexDays = Bounded<IndexKey, IndexDay>(limit: 32_768)
  var indexPaths = Bounded<IndexKey, IndexPath>(limit: 96)
  /// Indices as they were drawn, of a market in which something happened since.
  var leadingDays = Bounded<IndexKey, IndexDay>(limit: 4_096)
  var leadingPaths = Bounded<IndexKey, IndexPath>(limit: 8)
  var indexMoments = Bounded<IndexMomentKey, IndexSnapshot>(limit: 8_192)
  var membersNow = MembersAtMoment()

  var programFlows = Bounded<FlowKey, ProgramFlows>(limit: 4_096)
  var investorFlows = Bounded<FlowKey, InvestorFlows>(limit: 4_096)

  /// The flows of an index's members in a part of a day.
  struct FlowKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
    let part: Part

    enum Part: Hashable, Sendable {
      /// An hour of the session, whole.
      case hour(Int)
      /// The day until a moment.
      case until(Int)
    }
  }

  /// The first hours of a day of an instrument, and among whom their trade is shared out.
  struct PartsKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
    let division: FlowDivision
    let hours: Int
  }

  /// A day of an instrument on a tape other than that of KRX's regular session.
  struct TapeDayKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
    let tape: Tape
  }

  /// A day of an index.
  struct IndexKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
  }

  /// A moment of a day of an index, in milliseconds since midnight.
  struct IndexMomentKey: Hashable, Sendable {
    let code: String
    let ordinal: Int
    let time: Int
  }

  /// The days of an instrument between two known closes.
  struct BlockKey: Hashable, Sendable {
    let code: String
    let after: Int
    let through: Int
  }

  /// The days of a block, of a market as a whole.
  struct CommonKey: Hashable, Sendable {
    let common: CommonFactor
    let after: Int
    let through: Int
  }

  /// A kind of session, and how long it is.
  struct ShapeKey: Hashable, Sendable {
    let isRegular: Bool
    let minutes: Int
  }

  /// Adds what another one of the same market has.
  ///
  /// - Parameter plans: whether the minutes of days too: those of many days would evict the day that is looked at.
  mutating func add(_ other: MarketCache, plans isWithPlans: Bool) {
    if isWithPlans { plans.add(other.plans) }
    models.add(other.models)
    members.add(other.members)
    blocks.add(other.blocks)
    amounts.add(other.amounts)
    tapeDays.add(other.tapeDays)
    closedTapes.add(other.closedTapes)
    parts.add(other.parts)
    references.add(other.references)
    indexDays.add(other.indexDays)
    leadingDays.add(other.leadingDays)
    leadingPaths.add(other.leadingPaths)
    indexPaths.add(other.indexPaths)
    indexMoments.add(other.indexMoments)
    programFlows.add(other.programFlows)
    investorFlows.add(other.investorFlows)
  }

  /// Forgets every day that was drawn.
  mutating func forgetAll() {
    blocks.removeAll()
    plans.removeAll()
    amounts.removeAll()
    tapeDays.removeAll()
    closedTapes.removeAll()
    parts.removeAll()
    forgetIndices()
  }

  /// Forgets what was drawn of indices.
  mutating func forgetIndices() {
    references.removeAll()
    indexDays.removeAll()
    indexPaths.removeAll()
    indexMoments.removeAll()
    membersNow = MembersAtMoment()
    programFlows.removeAll()
    investorFlows.removeAll()
  }

  /// Forgets what follows indices, whose members have become others.
  mutating func forgetLeadingIndices() {
    leadingDays.removeAll()
    leadingPaths.removeAll()
    for follower in models.values(where: { $0.leader?.isIndex == true }) { forget(follower.instrument.code) }
  }

  /// Forgets what was drawn of instruments that follow one.
  mutating func forgetFollowers(of code: String) {
    for follower in models.values(where: { $0.leader?.code == code }) { forget(follower.instrument.code) }
  }

  /// Forgets what was drawn of an instrument, and of the indices whose member it may be.
  mutating func forget(_ code: String) {
    forgetDrawings(of: code)
    forgetIndices()
  }

  /// Forgets what was drawn of an instrument itself.
  mutating func forgetDrawings(of code: String) {
    blocks.removeAll { $0.code == code }
    plans.removeAll { $0.code == code }
    amounts.removeAll { $0.code == code }
    tapeDays.removeAll { $0.code == code }
    closedTapes.removeAll { $0.code == code }
    parts.removeAll { $0.code == code }
  }
}

/// A dictionary with a bounded number of values; the least recently used go first.
struct Bounded<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: Key
    let value: Value
    var used: UInt64
  }

  /// Where the entry of a key is: an entry in a dictionary would be copied to be looked at.
  private var places: [Key: Int] = [:]
  private var entries: [Entry] = []
  private var clock: UInt64 = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The value of a key, made now when it is not there.
  mutating func value(_ key: Key, make: () -> Value) -> Value {
    if let known = existing(key) { return known }
    let value = make()
    set(key, value)
    return value
  }

  /// The value of a key when it is there.
  mutating func existing(_ key: Key) -> Value? {
    guard let place = places[key] else { return nil }
    clock &+= 1
    entries[place].used = clock
    return entries[place].value
  }

  /// The values that a condition holds for, in no order.
  func values(where isWanted: (Value) -> Bool) -> [Value] { entries.map(\.value).filter(isWanted) }

  mutating func set(_ key: Key, _ value: Value) {
    clock &+= 1
    let entry = Entry(key: key, value: value, used: clock)
    if let place = places[key] {
      entries[place] = entry
      return
    }
    if entries.count >= limit { shrink() }
    places[key] = entries.count
    entries.append(entry)
  }

  /// Adds what another one has.
  mutating func add(_ other: Bounded) {
    for entry in other.entries where places[entry.key] == nil { set(entry.key, entry.value) }
  }

  mutating func removeAll() { (places, entries) = ([:], []) }

  mutating func removeAll(where isUnwanted: (Key) -> Bool) { keep { !isUnwanted($0.key) } }

  /// Half of all go, so that this is seldom.
  private mutating func shrink() {
    let middle = entries.map(\.used).sorted()[entries.count / 2]
    keep { $0.used > middle }
  }

  private mutating func keep(where isWanted: (Entry) -> Bool) {
    let kept = entries.filter(isWanted)
    guard kept.count < entries.count else { return }
    entries = kept
    places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.key, $0) })
  }
}
