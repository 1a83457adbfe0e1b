public import KISScenario
public import KISWire

/// What faults make of the frames of one session: frames in, bytes out, the same for the same seed.
///
/// A frame goes through four stages: its values, its encryption, its characters, and at last how it travels.
public struct FrameFaults: Sendable {
  private var generator: SeededGenerator
  private var framesToLose = 0
  private var held: [[UInt8]] = []
  private var release: Release?

  /// How held frames go out when there are enough of them.
  private enum Release: Sendable {
    case shuffled(at: Int)
    case coalesced(at: Int)
  }

  /// - Parameter generator: this session's own stream of numbers.
  public init(generator: SeededGenerator) { self.generator = generator }

  /// True when frames wait for others, or more are to be lost: every frame has to pass through ``apply(_:to:cipher:)``
  /// until it is false again.
  public var isUnderWay: Bool { framesToLose > 0 || release != nil }

  /// What leaves instead of a frame.
  ///
  /// - Parameters:
  ///   - faults: those that happen now, as ``FaultPlan/faults(on:at:using:)`` says; may be empty.
  ///   - frame: the frame; a notice has flag `1` and its payload still readable.
  ///   - cipher: the session's own, for notices; without one a notice leaves as it is.
  public mutating func apply(_ faults: [ConfiguredFault], to frame: Frame, cipher: PayloadCipher?) -> [FaultyOutput] {
    if let end = faults.lazy.compactMap(\.sessionEnd).first { return flush() + [.end(end)] }
    if loses(faults) { return [] }
    var bytes = NoticeFaults.encrypt(changed(frame, by: faults), with: cipher, faults, using: &generator)
    for fault in faults { CharacterFaults.apply(fault, to: &bytes, using: &generator) }
    return travel(bytes, faults)
  }

  /// Sends what is held back, in order: call it when the session's faults are taken away.
  public mutating func flush() -> [FaultyOutput] {
    defer { held = [] }
    release = nil
    framesToLose = 0
    return held.map(FaultyOutput.text)
  }

  private mutating func changed(_ frame: Frame, by faults: [ConfiguredFault]) -> Frame {
    if faults.isEmpty { return frame }
    var values = FrameValues(frame)
    for fault in faults { values.apply(fault, using: &generator) }
    return values.frame
  }

  private mutating func loses(_ faults: [ConfiguredFault]) -> Bool {
    if framesToLose > 0 {
      framesToLose -= 1
      return true
    }
    if let gap = faults.first(where: { $0.name == .wsGap }) {
      framesToLose = max(gap.number("frames"), 1) - 1
      return true
    }
    return faults.contains { $0.name == .wsDropFrame }
  }

  private mutating func travel(_ bytes: [UInt8], _ faults: [ConfiguredFault]) -> [FaultyOutput] {
    for fault in faults where release == nil {
      switch fault.name {
      case .wsReorderFrames: release = .shuffled(at: max(fault.number("window"), 2))
      case .wsCoalesceFrames: release = .coalesced(at: max(fault.number("frames"), 2))
      default: break
      }
    }
    if let release { return hold(bytes, until: release) }
    var outputs: [FaultyOutput] = []
    if let delay = faults.first(where: { $0.name == .wsDelayFrame }) {
      outputs.append(.wait(delay.duration("delay") + delay.duration("jitter") * generator.unit()))
    }
    var framed: [FaultyOutput]?
    for fault in faults where framed == nil { framed = FramingFaults.apply(fault, to: bytes, using: &generator) }
    let copies = faults.first { $0.name == .wsDuplicateFrame }?.number("copies") ?? 1
    for _ in 0..<min(max(copies, 1), 1000) { outputs += framed ?? [.text(bytes)] }
    return outputs
  }

  private mutating func hold(_ bytes: [UInt8], until release: Release) -> [FaultyOutput] {
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
