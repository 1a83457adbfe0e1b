/// One TCP connection: both directions put in order, and what is said in them.
struct TCPConnection {
  /// When the last packet of it passed, in nanoseconds since 1970.
  private(set) var lastTime: Int64 = 0
  /// Whether both directions ended.
  private(set) var isClosed = false

  private let endpoints: [NetworkEndpoint]
  private var streams = [TCPStream(), TCPStream()]
  /// The first sequence number of each direction, where a SYN told it.
  private var initial: [UInt32?] = [nil, nil]
  /// Since when a hole is known never to be filled.
  private var acknowledgedHole: [Int64?] = [nil, nil]
  private var conversation: Conversation

  /// Packets may lie in the file so much later than they passed.
  private static let disorder: Int64 = 10_000_000
  /// A hole is given up after this, where nobody acknowledges anything.
  private static let longestWait: Int64 = 60_000_000_000
  /// Data so far from what is expected on a closed connection belong to a new one whose SYN was not captured.
  private static let window = 1 << 20

  init(_ segment: TCPSegment, ports: Set<UInt16>) {
    endpoints = [segment.source, segment.destination]
    conversation = Conversation(isNamedPort: !ports.isEmpty)
  }

  /// Whether the segment belongs to a later connection of the same ports.
  func isOver(for segment: TCPSegment) -> Bool {
    let way = way(of: segment)
    if segment.isSYN {
      guard let initial = initial[way] ?? streams[way].next else { return false }
      return initial != segment.sequence &+ 1 && (self.initial[way] != nil || streams[way].next != nil)
    }
    guard segment.length > 0, streams[way].next != nil else { return false }
    let distance = abs(streams[way].distance(to: segment.sequence))
    return distance > (isClosed ? TCPConnection.window : TCPStream.farthest)
  }

  private func way(of segment: TCPSegment) -> Int { segment.source == endpoints[0] ? 0 : 1 }

  /// Takes a segment with what was kept of its data.
  mutating func receive(
    _ segment: TCPSegment, _ data: UnsafeRawBufferPointer, time: Int64, place: CapturePlace,
    _ output: inout ConversationOutput
  ) {
    lastTime = max(lastTime, time)
    guard !isClosed, !conversation.isForeign else { return }
    let way = way(of: segment)
    var sequence = segment.sequence
    if segment.isSYN {
      sequence &+= 1
      begin(way, at: sequence)
      if let acknowledged = segment.acknowledged { begin(1 - way, at: acknowledged) }
    }
    if segment.length > 0 {
      switch streams[way].accept(
        sequence: sequence, length: segment.length, bytes: data, time: time, place: place)
      {
      case .old, .held: break
      case .next(let dropping):
        deliver(data, length: segment.length, dropping: dropping, way: way, time: time, place: place, &output)
        drain(way, &output)
      }
    }
    if segment.isFIN {
      streams[way].end(at: sequence &+ UInt32(truncatingIfNeeded: segment.length))
    }
    if let acknowledged = segment.acknowledged, acknowledgedHole[1 - way] == nil,
      streams[1 - way].isHoleAcknowledged(by: acknowledged)
    {
      acknowledgedHole[1 - way] = time
    }
    for way in 0...1 where streams[way].hasHole { giveUpHole(way, time: time, &output) }
    close(segment, way: way, time: time, place: place, &output)
  }

  /// The capture ends, or the connection makes room.
  mutating func finish(place: CapturePlace, _ output: inout ConversationOutput) {
    guard !isClosed else { return }
    for way in 0...1 {
      while streams[way].hasHole { giveUp(way, &output) }
    }
    conversation.finish(place: place, &output)
    isClosed = true
    streams[0].clear()
    streams[1].clear()
  }

  private mutating func begin(_ way: Int, at sequence: UInt32) {
    guard initial[way] == nil else { return }
    initial[way] = sequence
    if streams[way].next == nil { streams[way].begin(at: sequence) }
  }

  private mutating func giveUpHole(_ way: Int, time: Int64, _ output: inout ConversationOutput) {
    while let first = streams[way].held.first {
      let isKnown = acknowledgedHole[way].map { time - $0 > TCPConnection.disorder } ?? false
      guard isKnown || streams[way].isFull || time - first.time > TCPConnection.longestWait else { return }
      giveUp(way, &output)
    }
  }

  private mutating func giveUp(_ way: Int, _ output: inout ConversationOutput) {
    acknowledgedHole[way] = nil
    if let (bytes, held) = streams[way].giveUp(), let held {
      conversation.skip(bytes, way: way, time: held.time, place: held.place, &output)
    }
    drain(way, &output)
  }

  /// Hands on what is no longer behind a hole.
  private mutating func drain(_ way: Int, _ output: inout ConversationOutput) {
    while let (held, dropping) = streams[way].takeReady() {
      held.bytes.withUnsafeBytes {
        deliver(
          $0, length: held.length, dropping: dropping, way: way, time: held.time, place: held.place, &output)
      }
    }
    if !streams[way].hasHole { acknowledgedHole[way] = nil }
  }

  /// - Parameters:
  ///   - data: what was kept of a segment.
  ///   - length: how many bytes it had.
  ///   - dropping: how many of them were delivered before.
  private mutating func deliver(
    _ data: UnsafeRawBufferPointer, length: Int, dropping: Int, way: Int, time: Int64, place: CapturePlace,
    _ output: inout ConversationOutput
  ) {
    let time = max(time, streams[way].time)
    streams[way].time = time
    if dropping < data.count {
      conversation.receive(
        data.dropping(dropping), way: way, time: time, place: place, isSegmentStart: true,
        areRequestsLate: streams[1 - way].hasHole, &output)
    }
    let cut = length - max(dropping, data.count)
    if cut > 0 { conversation.skip(cut, way: way, time: time, place: place, &output) }
  }

  private mutating func close(
    _ segment: TCPSegment, way: Int, time: Int64, place: CapturePlace, _ output: inout ConversationOutput
  ) {
    if segment.isRST {
      for way in 0...1 {
        while streams[way].hasHole { giveUp(way, &output) }
      }
      conversation.end(way: way, time: time, place: place, &output)
      conversation.end(way: 1 - way, time: time, place: place, &output)
      finish(place: place, &output)
      return
    }
    guard segment.isFIN || streams[0].isEnding || streams[1].isEnding else { return }
    for way in 0...1 where streams[way].takeEnd() {
      conversation.end(way: way, time: max(time, streams[way].time), place: place, &output)
    }
    if streams[0].isFinished, streams[1].isFinished { finish(place: place, &output) }
  }
}
