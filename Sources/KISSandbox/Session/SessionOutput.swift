import DequeModule
import KISWire

/// What a session sends, in order, with the waits that faults put in between.
///
/// Nearly always there is no wait, and everything goes straight to the sink.
struct SessionOutput {
  enum Item {
    case bytes([UInt8])
    case batch(FrameBatch, [Range<Int>])
    case wait(Duration)
    case end(SessionEnding)
  }

  let sink: any SessionSink
  private var waiting: Deque<Item> = []
  /// Until when the next item has to wait; nil when it does not.
  private(set) var resumes: Duration?
  /// Until when nothing is sent and everything is lost (a stall); nil when there is none.
  private var silentUntil: Duration?

  /// Notes what is sent; nil where nobody needs it.
  private let traffic: TrafficLog?
  /// For whoever watches frames, with what decrypts them.
  private let log: FrameLog
  private let session: Int
  /// What notices are encrypted with, once that is known.
  var cipher: PayloadCipher?

  init(_ sink: any SessionSink, session: Int = 0, traffic: TrafficLog? = nil, log: FrameLog = FrameLog()) {
    self.sink = sink
    self.session = session
    self.traffic = traffic
    self.log = log
  }

  /// When ``pump(at:)`` has something to do.
  var nextDeadline: Duration { resumes ?? .never }

  mutating func send(_ bytes: [UInt8], at now: Duration) { put(.bytes(bytes), at: now) }

  mutating func send(_ batch: FrameBatch, _ ranges: [Range<Int>], at now: Duration) {
    if resumes == nil, silentUntil == nil {
      leave(batch, ranges, at: now)
    } else {
      put(.batch(batch, ranges), at: now)
    }
  }

  /// Delays everything that is sent from now on, by a duration after what was sent before.
  mutating func wait(_ duration: Duration, at now: Duration) { put(.wait(duration), at: now) }

  mutating func end(_ ending: SessionEnding, at now: Duration) { put(.end(ending), at: now) }

  /// Whether whatever is sent is lost now.
  func isSilent(at now: Duration) -> Bool { silentUntil.map { now < $0 } ?? false }

  /// Whether nothing will ever leave again.
  var isSilentForEver: Bool { silentUntil.map { $0 >= .never } ?? false }

  /// Loses everything that is sent until a moment; nil is for ever.
  mutating func fallSilent(until moment: Duration?) {
    waiting = []
    resumes = nil
    silentUntil = moment ?? .never
  }

  /// Sends whatever has waited long enough.
  mutating func pump(at now: Duration) {
    while let due = resumes, due <= now {
      resumes = nil
      while resumes == nil, let item = waiting.popFirst() { pass(item, at: due) }
    }
  }

  private mutating func put(_ item: Item, at now: Duration) {
    guard !isSilent(at: now) else { return }
    silentUntil = nil
    if resumes != nil {
      waiting.append(item)
    } else {
      pass(item, at: now)
    }
  }

  /// - Parameter moment: when this item's turn came, which may be a little before now, so that the lateness of waits
  ///   does not add up.
  private mutating func pass(_ item: Item, at moment: Duration) {
    switch item {
    case .bytes(let bytes):
      sink.send(bytes)
      traffic?.note(.sent(.bytes(bytes), cipher), session: session)
      if log.isOn { log.note(.bytes(bytes), session: session, cipher: cipher, at: moment) }
    case .batch(let batch, let ranges): leave(batch, ranges, at: moment)
    case .wait(let duration): resumes = moment + duration
    case .end(let ending):
      traffic?.note(.ended(ending), session: session)
      sink.end(ending)
    }
  }

  private func leave(_ batch: FrameBatch, _ ranges: [Range<Int>], at now: Duration) {
    sink.send(batch, ranges)
    traffic?.noteSent(batch, ranges, to: session)
    if log.isOn { log.note(.batch(batch, ranges), session: session, cipher: cipher, at: now) }
  }
}
