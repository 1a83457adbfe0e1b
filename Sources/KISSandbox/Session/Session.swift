import KISWire

/// One WebSocket connection: its app key, registrations, iv and key, heartbeat.
struct Session {
  let id: Int
  let sink: any SessionSink
  /// Known from its first good registration on.
  var appKey: String?
  private(set) var registrations: [Registration] = []
  private(set) var routes: Set<Route> = []
  var heartbeat: Heartbeat
  /// The pair that every success reply of this session carries (PROTOCOL section 8).
  let output: RegistrationReply.Output
  let cipher: PayloadCipher
  /// Messages sent per route.
  private(set) var delivered: [Route: Int] = [:]
  /// Set once it was told to end: nothing is sent any more.
  var isEnding = false
  /// For a client that does not read: what the socket had taken when we last looked, and when.
  var stall = Stall()

  struct Registration: Hashable {
    var transactionID: TransactionID
    var key: String
    var route: Route
  }

  init(id: Int, sink: any SessionSink, heartbeat: Heartbeat, output: RegistrationReply.Output) throws(WireError) {
    self.id = id
    self.sink = sink
    self.heartbeat = heartbeat
    self.output = output
    cipher = try PayloadCipher(iv: output.iv, key: output.key)
  }

  func isRegistered(_ transactionID: TransactionID, _ key: String) -> Bool {
    registrations.contains { $0.transactionID == transactionID && $0.key == key }
  }

  mutating func register(_ transactionID: TransactionID, _ key: String, route: Route) {
    registrations.append(Registration(transactionID: transactionID, key: key, route: route))
    routes.insert(route)
  }

  /// False when there was no such registration.
  mutating func release(_ transactionID: TransactionID, _ key: String) -> Bool {
    guard let index = registrations.firstIndex(where: { $0.transactionID == transactionID && $0.key == key }) else {
      return false
    }
    routes.remove(registrations.remove(at: index).route)
    return true
  }

  /// Sends what this session registered of the messages that are due; true when there was any.
  mutating func deliver(_ due: Playhead.Due) -> Bool {
    let batch = due.batch
    guard !routes.isEmpty, batch.counts.contains(where: { routes.contains($0.route) }) else { return false }
    let isWhole = due.messages.count == batch.messages.count
    if !batch.hasEncrypted, batch.counts.allSatisfy({ routes.contains($0.route) }) {
      sink.send(batch, [batch.range(of: due.messages)])
      if isWhole {
        for (route, count, _) in batch.counts { delivered[route, default: 0] += count }
      } else {
        for index in due.messages { delivered[batch.messages[index].route, default: 0] += 1 }
      }
      return !due.messages.isEmpty
    }
    return deliverSelected(due)
  }

  /// The way for batches of which this session wants a part, or that hold notices.
  private mutating func deliverSelected(_ due: Playhead.Due) -> Bool {
    let batch = due.batch
    var ranges: [Range<Int>] = []
    var any = false
    for index in due.messages where routes.contains(batch.messages[index].route) {
      any = true
      delivered[batch.messages[index].route, default: 0] += 1
      let range = batch.range(of: index)
      if batch.messages[index].isEncrypted {
        if !ranges.isEmpty { sink.send(batch, ranges) }
        ranges = []
        if let bytes = encrypted(Array(batch.bytes[range])) { sink.send(bytes) }
      } else if let last = ranges.last, last.upperBound == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    if !ranges.isEmpty { sink.send(batch, ranges) }
    return any
  }

  /// A notice with this session's iv and key, framed; nil when its text is no frame.
  func encrypted(_ text: [UInt8]) -> [UInt8]? {
    guard let frame = try? Frame(parsing: text), let sealed = try? cipher.encrypt(frame) else { return nil }
    var bytes: [UInt8] = []
    MessageFraming.append(sealed.bytes, to: &bytes)
    return bytes
  }

  /// Sends one text message.
  func send(text: [UInt8]) {
    guard !isEnding else { return }
    var bytes: [UInt8] = []
    MessageFraming.append(text, to: &bytes)
    sink.send(bytes)
  }
}

/// Watches a client that may have stopped reading.
struct Stall {
  private var taken = -1
  private var since = Duration.zero

  /// How long the socket has taken nothing, in host time.
  mutating func duration(taken: Int, now: Duration) -> Duration {
    if taken != self.taken {
      self.taken = taken
      since = now
    }
    return now - since
  }
}
