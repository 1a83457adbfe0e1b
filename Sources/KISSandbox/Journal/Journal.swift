import DequeModule
import KISScenario
public import KISWire

/// What clients sent and were answered, bounded in number and in bytes.
///
/// The oldest entries go first, and the journal remembers that they are gone: see ``JournalExpectation``, which is
/// never met on the strength of entries that are gone.
public struct Journal: Sendable {
  /// How much a journal keeps.
  public struct Limits: Sendable, Hashable {
    /// Entries kept; 0 switches the journal off.
    public var entries: Int
    /// Bytes of memory that the entries may take, estimated.
    public var bytes: Int
    /// Pairs of session and registration whose delivered frames are counted.
    public var deliveries: Int

    /// Bounds on entries, their bytes (8 MiB by default) and counted deliveries.
    public init(entries: Int = 10_000, bytes: Int = 8 << 20, deliveries: Int = 20_000) {
      self.entries = entries
      self.bytes = bytes
      self.deliveries = deliveries
    }
  }

  /// What this journal was made with; ``reset()`` leaves it.
  public let limits: Limits
  private(set) var kept: Deque<JournalEntry> = []
  private var bytes = 0
  /// How many entries there have been, those that are gone included.
  public private(set) var total = 0
  /// Of each kind, the time of the last entry that had to go.
  private var evictedUntil: [JournalQuery.Kind: Duration] = [:]
  private(set) var delivered: DeliveredCounts

  /// An empty journal that keeps what a sandbox's limits say.
  init(_ limits: KISScenario.Limits) {
    self.init(limits: Limits(entries: limits.journalEntries, bytes: limits.journalBytes))
  }

  /// An empty journal.
  public init(limits: Limits = Limits()) {
    self.limits = limits
    delivered = DeliveredCounts(capacity: limits.deliveries)
  }

  /// The entries it still has, oldest first.
  public var entries: [JournalEntry] { Array(kept) }

  /// Whether it keeps nothing at all.
  public var isOff: Bool { limits.entries == 0 }

  /// Whether older entries had to go.
  public var hasForgotten: Bool { !evictedUntil.isEmpty || delivered.evictedUntil != nil }

  /// Writes something down, secrets masked.
  ///
  /// - Parameters:
  ///   - time: since the sandbox started, on its clock.
  ///   - marketTime: the time of day of the market.
  /// - Returns: the entry as it was kept.
  @discardableResult
  public mutating func append(
    _ content: JournalEntry.Content, session: Int? = nil, appKey: String? = nil, at time: Duration,
    marketTime: TimeOfDay? = nil
  ) -> JournalEntry {
    total += 1
    let entry = JournalEntry(
      number: total, time: time, marketTime: marketTime, session: session, appKey: appKey,
      content: Journal.masked(content))
    kept.append(entry)
    bytes += entry.approximateBytes
    while kept.count > limits.entries || bytes > limits.bytes, let oldest = kept.popFirst() {
      bytes -= oldest.approximateBytes
      evictedUntil[oldest.kind] = oldest.time
    }
    return entry
  }

  /// Notes that the answer to a request did not leave after all.
  /// - Returns: the entry as it is now; nil when it had to go, or is none of a request.
  public mutating func withdrawAnswer(of number: Int) -> JournalEntry? {
    let index = number - (kept.first?.number ?? 0)
    guard kept.indices.contains(index), case .request(let request, var answer) = kept[index].content else { return nil }
    (answer.status, answer.code, answer.sent, answer.body, answer.isBodyCut) = (nil, "", .nothing, "", false)
    kept[index].content = .request(request, answer)
    return kept[index]
  }

  /// Counts frames that went out to a session.
  public mutating func delivered(
    _ frames: Int, transactionID: TransactionID, key: String, to session: Int, appKey: String? = nil, at time: Duration
  ) {
    delivered.add(
      frames, to: .init(session: session, transactionID: transactionID, key: key), appKey: appKey, at: time)
  }

  /// Forgets everything, as if the sandbox were new.
  public mutating func reset() { self = Journal(limits: limits) }

  /// The time of the last entry of a kind that had to go; nil when all are here.
  func evictedUntil(_ kind: JournalQuery.Kind) -> Duration? {
    kind == .frame ? delivered.evictedUntil : evictedUntil[kind]
  }

  private static func masked(_ registration: JournalRegistration) -> JournalRegistration {
    var registration = registration
    registration.text = SecretMask.masked(text: registration.text)
    registration.reply = registration.reply.map { SecretMask.masked(text: $0) }
    return registration
  }

  private static func masked(_ content: JournalEntry.Content) -> JournalEntry.Content {
    switch content {
    case .request(let request, var answer):
      answer.body = SecretMask.masked(text: answer.body)
      answer.nearMisses = answer.nearMisses.map(SecretMask.masked)
      return .request(SecretMask.masked(request), answer)
    case .message(let text): return .message(SecretMask.masked(text: text))
    case .register(let registration): return .register(masked(registration))
    case .release(let registration): return .release(masked(registration))
    case .connect(let path): return .connect(path: SecretMask.masked(path: path))
    case .disconnect(let reason): return .disconnect(reason: SecretMask.masked(text: reason))
    case .fault(let name, let detail): return .fault(name: name, detail: SecretMask.masked(text: detail))
    }
  }
}

extension JournalEntry {
  /// What it takes in memory, near enough to bound a journal.
  fileprivate var approximateBytes: Int {
    let fixed = 256 + (appKey?.utf8.count ?? 0)
    switch content {
    case .request(let request, let answer):
      let fields = request.parameters + request.headers
      return fixed + request.path.utf8.count + answer.body.utf8.count + 64 * answer.nearMisses.count
        + fields.reduce(0) { $0 + 64 + $1.name.utf8.count + $1.value.utf8.count }
    case .register(let registration), .release(let registration):
      return fixed + registration.key.utf8.count + registration.text.utf8.count
        + (registration.reply?.utf8.count ?? 0) + 64 * registration.nearMisses.count
    case .message(let text), .connect(let text), .disconnect(let text): return fixed + text.utf8.count
    case .fault(let name, let detail): return fixed + name.utf8.count + detail.utf8.count
    }
  }
}
