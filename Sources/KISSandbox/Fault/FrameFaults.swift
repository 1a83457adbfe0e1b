package import KISScenario
package import KISWire

/// What faults make of the frames of one session: frames in, bytes out, the same for the same seed.
///
/// A frame goes through four stages: its values, its encryption, its characters, and the way it is sent.
package struct FrameFaults: Sendable {
  private var generator: SeededGenerator
  private var framesToLose = 0
  private var held: [[UInt8]] = []
  private var release: HeldRelease?

  /// - Parameter generator: this session's own stream of numbers.
  package init(generator: SeededGenerator) { self.generator = generator }

  /// True when frames wait for others, or more are to be lost: every frame has to pass through ``apply(_:to:cipher:)``
  /// until it is false again.
  package var isUnderWay: Bool { framesToLose > 0 || release != nil }

  /// What is sent instead of a frame.
  ///
  /// - Parameters:
  ///   - faults: those that happen now, as ``FaultPlan/faults(on:at:using:)`` says; may be empty.
  ///   - frame: the frame; a notice has flag `1` and its payload still readable.
  ///   - cipher: the session's own, for notices; without one a notice is sent as it is.
  package mutating func apply(_ faults: [FrameFault], to frame: Frame, cipher: PayloadCipher?) -> [FaultyOutput] {
    let faults = FaultsOfFrame(faults)
    if let end = faults.end { return flush() + [.end(end)] }
    if loses(faults.lost) { return [] }
    var bytes = NoticeFaults.encrypt(
      changed(frame, by: faults.values), with: cipher, faults.notice, using: &generator)
    for fault in faults.characters { CharacterFaults.apply(fault, to: &bytes, using: &generator) }
    return travel(bytes, faults)
  }

  /// Sends what is held back, in order: call it when the session's faults are taken away.
  package mutating func flush() -> [FaultyOutput] {
    defer { held = [] }
    release = nil
    framesToLose = 0
    return held.map(FaultyOutput.text)
  }

  private mutating func changed(_ frame: Frame, by faults: [FrameValuesFault]) -> Frame {
    if faults.isEmpty { return frame }
    var values = FrameValues(frame)
    for fault in faults { values.apply(fault, using: &generator) }
    return values.frame
  }

  private mutating func loses(_ frames: Int?) -> Bool {
    if framesToLose > 0 {
      framesToLose -= 1
      return true
    }
    guard let frames else { return false }
    framesToLose = max(frames, 1) - 1
    return true
  }

  private mutating func travel(_ bytes: [UInt8], _ faults: FaultsOfFrame) -> [FaultyOutput] {
    release = release ?? faults.release
    if let release { return hold(bytes, until: release) }
    var outputs: [FaultyOutput] = []
    if let delay = faults.delay { outputs.append(.wait(delay.drawn(using: &generator))) }
    let framed = faults.framing.map { FramingFaults.apply($0, to: bytes, using: &generator) } ?? [.text(bytes)]
    for _ in 0..<min(max(faults.copies, 1), 1000) { outputs += framed }
    return outputs
  }

  private mutating func hold(_ bytes: [UInt8], until release: HeldRelease) -> [FaultyOutput] {
    held.append(bytes)
    switch release {
    case .shuffled(let window):
      guard held.count >= window else { return [] }
      shuffleHeld()
      return flush()
    case .coalesced(let frames):
      guard held.count >= frames else { return [] }
      var wire: [UInt8] = []
      for text in held { MessageFraming.append(text, to: &wire) }
      held = []
      self.release = nil
      return [.wire(wire)]
    }
  }

  /// Another order than before: the first one never stays first.
  private mutating func shuffleHeld() {
    guard held.count > 1 else { return }
    let later = Int.random(in: 1..<held.count, using: &generator)
    let next = held.remove(at: later)
    held.shuffle(using: &generator)
    held.insert(next, at: 0)
  }
}

/// How held frames go out when there are enough of them.
private enum HeldRelease: Sendable {
  case shuffled(at: Int)
  case coalesced(at: Int)
}

/// The faults of one frame by the stage at which each works; where one alone can be, the first of them.
private struct FaultsOfFrame {
  var end: ConnectionEnd?
  var lost: Int?
  var values: [FrameValuesFault] = []
  var notice: [NoticeFault] = []
  var characters: [CharacterFault] = []
  var framing: FramingFault?
  var delay: FaultDelay?
  var copies = 1
  var release: HeldRelease?

  init(_ faults: [FrameFault]) {
    var copies: Int?
    for fault in faults {
      switch fault {
      case .end(let fault): end = end ?? ConnectionEnd(fault)
      case .lost(let frames): lost = lost ?? frames
      case .values(let fault): values.append(fault)
      case .notice(let fault): notice.append(fault)
      case .characters(let fault): characters.append(fault)
      case .framing(let fault): framing = framing ?? fault
      case .delayed(let fault): delay = delay ?? fault
      case .copies(let count): copies = copies ?? count
      case .reordered(let window): release = release ?? .shuffled(at: max(window, 2))
      case .coalesced(let frames): release = release ?? .coalesced(at: max(frames, 2))
      }
    }
    self.copies = copies ?? 1
  }
}

extension FaultDelay {
  /// The delay that the seed chooses.
  package func drawn(using generator: inout SeededGenerator) -> Duration { least + jitter * generator.unit() }
}
