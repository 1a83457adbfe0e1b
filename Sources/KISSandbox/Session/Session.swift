import KISRecording
import KISWire

/// One WebSocket connection: its app key, registrations, iv and key, heartbeat, and what it sends.
final class Session {
  let id: Int
  var outflow: SessionOutput
  /// Known from its first good registration on.
  var appKey: String?
  private(set) var registrations: [Registration] = []
  private(set) var routes: Set<Route> = []
  var heartbeat: Heartbeat
  /// Routes whose messages are sent encrypted although they are recorded or simulated in the clear.
  private(set) var sealedRoutes: Set<Route> = []
  /// The pair that every success reply of this session carries (PROTOCOL section 8); nil until its app key is known.
  private(set) var output: RegistrationReply.Output?
  private(set) var cipher: PayloadCipher?
  /// Which session of its app key it is, from 1; 0 until that is known.
  private(set) var ordinal = 0
  /// Frames sent per route since they were last told to the journal.
  private(set) var delivered: [Route: Delivery] = [:]
  /// Frames sent per route that the journal knows of.
  private var told: [Route: Int] = [:]
  /// Set once it was told to end: nothing is sent any more.
  var isEnding = false
  /// Whether it was told to end with a close frame, so that its app key is free at once.
  var endsCleanly = false
  /// A half-open connection: what the client sends is not read either.
  var isDeaf = false
  /// Watches for a client that has stopped reading.
  var stall = Stall()
  /// The recorded time of the last quote on each route that is sampled (quirk 56).
  var lastSampled: [Route: RecordedTime] = [:]
  /// What faults make of its frames; nil while none does.
  var frameFaults: FrameFaults?
  /// The recorded connection whose place it takes, and whose end is its own; nil while no capture plays to it.
  var connection: RecordedConnection?
  /// All recorded connections of which it gets messages.
  private(set) var connections: Set<RecordedConnection> = []
  /// What takes the place of the recorded account and HTS id in its notices.
  var person = PersonSubstitution()
  /// The registration's route for each recorded one.
  private var routeOfRecorded: [Route: Route] = [:]
  /// A registration's reply that is held back until a number of frames were sent.
  var heldReply: (bytes: [UInt8], frames: Int)?

  struct Registration: Hashable {
    var transactionID: TransactionID
    var key: String
    var route: Route
    /// The route of one recorded connection that feeds it; nil when what is recorded is for every session.
    var recorded: Route?
    /// Registered, but no frame ever comes (quirk 47).
    var isForgotten = false
    /// Sent encrypted, whatever flag its messages are recorded with.
    var isSealed = false
  }

  /// Frames that went out on a route, and when.
  struct Delivery {
    var frames = 0
    var first: Duration
    var last: Duration

    mutating func add(_ frames: Int, at now: Duration) {
      self.frames += frames
      last = now
    }
  }

  init(
    id: Int, sink: any SessionSink, heartbeat: Heartbeat, traffic: TrafficLog? = nil, log: FrameLog = FrameLog()
  ) {
    self.id = id
    outflow = SessionOutput(sink, session: id, traffic: traffic, log: log)
    self.heartbeat = heartbeat
  }

  var sink: any SessionSink { outflow.sink }

  /// Whether it is over for the mock although its socket may still be there.
  var isGone: Bool { isEnding || sink.isCutOff }

  /// Whether what is sent reaches a client that registered something.
  var isListening: Bool { !registrations.isEmpty && !isGone && !outflow.isSilentForEver }

  /// Gives it the iv and key that its app key's session of this number has.
  func identify(_ ordinal: Int, _ parameters: (iv: String, key: String)) throws(WireError) {
    self.ordinal = ordinal
    output = RegistrationReply.Output(iv: parameters.iv, key: parameters.key)
    cipher = try PayloadCipher(iv: parameters.iv, key: parameters.key)
    outflow.cipher = cipher
  }

  func isRegistered(_ transactionID: TransactionID, _ key: String) -> Bool {
    registrations.contains { $0.transactionID == transactionID && $0.key == key }
  }

  func register(_ registration: Registration) {
    registrations.append(registration)
    guard !registration.isForgotten else { return }
    for route in [registration.route, registration.recorded].compactMap(\.self) {
      routes.insert(route)
      if registration.isSealed { sealedRoutes.insert(route) }
    }
    if let recorded = registration.recorded { routeOfRecorded[recorded] = registration.route }
  }

  /// Takes the place of a recorded connection, or gets messages of another one too.
  func follow(_ connection: RecordedConnection) {
    self.connection = self.connection ?? connection
    connections.insert(connection)
  }

  /// Whether the end of a recorded connection is its end.
  func follows(_ closing: FrameBatch.Closing) -> Bool {
    closing.connection == nil ? !registrations.isEmpty : closing.connection == connection
  }

  /// Keeps a registration, but sends nothing for it any more.
  func forget(_ route: Route) {
    for index in registrations.indices where registrations[index].route == route {
      registrations[index].isForgotten = true
      remove(registrations[index])
    }
  }

  /// Takes a registration away.
  /// - Returns: the route that it held; nil when there was no such registration.
  func release(_ transactionID: TransactionID, _ key: String) -> Route? {
    guard let index = registrations.firstIndex(where: { $0.transactionID == transactionID && $0.key == key }) else {
      return nil
    }
    let registration = registrations.remove(at: index)
    remove(registration)
    return registration.route
  }

  /// Forgets what went out on a route, whose number may soon be another's.
  func forgetCounts(of route: Route) {
    (delivered[route], told[route], lastSampled[route]) = (nil, nil, nil)
  }

  private func remove(_ registration: Registration) {
    for route in [registration.route, registration.recorded].compactMap(\.self) {
      routes.remove(route)
      sealedRoutes.remove(route)
    }
    if let recorded = registration.recorded { routeOfRecorded[recorded] = nil }
  }

  /// Sends one text message.
  func send(text: [UInt8], at now: Duration) {
    guard !isEnding else { return }
    outflow.send(framed(text), at: now)
  }

  /// Counts frames that were sent, unless they are lost on this side.
  func count(_ frames: Int, on route: Route, at now: Duration) {
    guard !outflow.isSilent(at: now) else { return }
    let route = routeOfRecorded.isEmpty ? route : routeOfRecorded[route] ?? route
    delivered[route, default: Delivery(first: now, last: now)].add(frames, at: now)
  }

  /// Frames sent on a route since it was registered.
  func sent(on route: Route) -> Int { told[route, default: 0] + (delivered[route]?.frames ?? 0) }

  /// Takes what was delivered since the last call.
  func takeDeliveries() -> [Route: Delivery] {
    defer { delivered = [:] }
    for (route, delivery) in delivered { told[route, default: 0] += delivery.frames }
    return delivered
  }

  /// A text message with its WebSocket header.
  func framed(_ text: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    MessageFraming.append(text, to: &bytes)
    return bytes
  }

  /// A message as this session gets it: one in the clear says that it is encrypted when its route is sealed, a notice is
  /// about the client, not about whoever was recorded.
  func marked(_ text: some Sequence<UInt8>, on route: Route) -> [UInt8] {
    var text = Array(text)
    if sealedRoutes.contains(route), !text.isEmpty { text[0] = UInt8(ascii: "1") }
    if !person.isEmpty, text.first == UInt8(ascii: "1"), let own = person.applied(toNotice: text) { return own }
    return text
  }

  /// A notice with this session's iv and key, framed; nil when its text is no frame.
  func encrypted(_ text: [UInt8]) -> [UInt8]? {
    guard let frame = try? Frame(parsing: text), let sealed = try? cipher?.encrypt(frame) else { return nil }
    return framed(sealed.bytes)
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
