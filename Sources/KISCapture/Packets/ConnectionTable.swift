/// All TCP connections of a capture, by their two ends; a bounded number at a time.
struct ConnectionTable {
  private struct Ends: Hashable {
    var first: NetworkEndpoint
    var second: NetworkEndpoint

    init(_ segment: TCPSegment) {
      let (one, two) = (segment.source, segment.destination)
      let isInOrder = (one.high, one.low, one.port) <= (two.high, two.low, two.port)
      (first, second) = isInOrder ? (one, two) : (two, one)
    }
  }

  private var slots: [Ends: Int] = [:]
  private var connections: [TCPConnection?] = []
  private var free: [Int] = []
  private var last: (ends: Ends, slot: Int)?

  private static let limit = 8_192

  /// Takes a segment to its connection.
  mutating func receive(
    _ segment: TCPSegment, _ data: UnsafeRawBufferPointer, time: Int64, place: CapturePlace,
    _ output: inout ConversationOutput
  ) {
    let ports = output.ports
    guard ports.isEmpty || ports.contains(segment.source.port) || ports.contains(segment.destination.port) else {
      output.report.omit("packets of other ports", at: place, isLoss: false)
      return
    }
    let ends = Ends(segment)
    if let last, last.ends == ends {
      receive(segment, data, slot: last.slot, time: time, place: place, &output)
      return
    }
    let slot = slots[ends] ?? makeSlot(for: ends, segment, time: time, place: place, &output)
    last = (ends, slot)
    receive(segment, data, slot: slot, time: time, place: place, &output)
  }

  private mutating func receive(
    _ segment: TCPSegment, _ data: UnsafeRawBufferPointer, slot: Int, time: Int64, place: CapturePlace,
    _ output: inout ConversationOutput
  ) {
    if connections[slot]?.isOver(for: segment) == true {
      connections[slot]?.finish(place: place, &output)
      connections[slot] = TCPConnection(segment, ports: output.ports)
    }
    connections[slot]?.receive(segment, data, time: time, place: place, &output)
  }

  /// The capture ends.
  mutating func finish(place: CapturePlace, _ output: inout ConversationOutput) {
    for slot in connections.indices { connections[slot]?.finish(place: place, &output) }
  }

  private mutating func makeSlot(
    for ends: Ends, _ segment: TCPSegment, time: Int64, place: CapturePlace, _ output: inout ConversationOutput
  ) -> Int {
    if slots.count >= ConnectionTable.limit { makeRoom(place: place, &output) }
    let connection = TCPConnection(segment, ports: output.ports)
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      connections[slot] = connection
    } else {
      slot = connections.count
      connections.append(connection)
    }
    slots[ends] = slot
    return slot
  }

  /// Ends the quarter of the connections that have been silent longest, closed ones first.
  private mutating func makeRoom(place: CapturePlace, _ output: inout ConversationOutput) {
    last = nil
    let oldest = slots.sorted { one, two in
      guard let first = connections[one.value], let second = connections[two.value] else { return false }
      return first.isClosed != second.isClosed ? first.isClosed : first.lastTime < second.lastTime
    }
    for (ends, slot) in oldest.prefix(ConnectionTable.limit / 4) {
      connections[slot]?.finish(place: place, &output)
      connections[slot] = nil
      slots[ends] = nil
      free.append(slot)
    }
  }
}
