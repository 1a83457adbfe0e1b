import KISWire

extension Session {
  /// Sends what this session registered of the messages that are due; true when there was any.
  func deliver(_ due: Playhead.Due, at now: Duration) -> Bool {
    let batch = due.batch
    guard !due.messages.isEmpty, !routes.isEmpty, batch.counts.contains(where: { routes.contains($0.route) }) else {
      return false
    }
    guard !batch.hasEncrypted,
      batch.counts.allSatisfy({ routes.contains($0.route) && !sealedRoutes.contains($0.route) })
    else {
      return deliverSelected(due, at: now)
    }
    outflow.send(batch, [batch.range(of: due.messages)], at: now)
    if due.messages.count == batch.messages.count {
      for (route, frames, _) in batch.counts { count(frames, on: route, at: now) }
    } else {
      for index in due.messages { count(1, on: batch.messages[index].route, at: now) }
    }
    return true
  }

  /// Sends batches of which this session wants only a part, or that hold notices.
  private func deliverSelected(_ due: Playhead.Due, at now: Duration) -> Bool {
    let batch = due.batch
    var ranges: [Range<Int>] = []
    var any = false
    for index in due.messages where routes.contains(batch.messages[index].route) {
      any = true
      count(1, on: batch.messages[index].route, at: now)
      let range = batch.range(of: index)
      let route = batch.messages[index].route
      if batch.messages[index].isEncrypted || sealedRoutes.contains(route) {
        if !ranges.isEmpty { outflow.send(batch, ranges, at: now) }
        ranges = []
        if let bytes = encrypted(marked(batch.text(of: index), on: route)) { outflow.send(bytes, at: now) }
      } else if let last = ranges.last, last.upperBound == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    if !ranges.isEmpty { outflow.send(batch, ranges, at: now) }
    return any
  }

  /// Carries out what faults made of a message.
  func send(_ outputs: [FaultyOutput], at now: Duration) {
    for output in outputs where !isEnding {
      switch output {
      case .text(let text): outflow.send(framed(text), at: now)
      case .wire(let bytes): outflow.send(bytes, at: now)
      case .wait(let duration): outflow.wait(duration, at: now)
      case .end(let end): meet(end, at: now)
      }
    }
  }

  /// Ends or silences the connection as a fault says.
  func meet(_ end: ConnectionEnd, at now: Duration) {
    switch end {
    case .close(let code, let reason):
      isEnding = true
      endsCleanly = true
      outflow.end(.closeFrame(code: UInt16(clamping: code), reason: reason), at: now)
    case .finish:
      isEnding = true
      outflow.end(.drop, at: now)
    case .reset:
      isEnding = true
      outflow.end(.reset, at: now)
    case .halfOpen:
      isDeaf = true
      outflow.fallSilent(until: nil)
    case .stall(let duration): outflow.fallSilent(until: duration.map { now + $0 })
    }
  }
}
