/// The protocol level of one TCP connection: which protocol, who is the client, which answer belongs to which request.
struct Conversation {
  private var decoders: [Decoder] = [.undecided, .undecided]
  /// The way (0 or 1) on which the client sends; nil until something tells.
  private var client: Int?
  private var pairing = RequestPairing()
  private var number: Int?
  private var hasClosed = false
  /// When and by whom the connection was ended.
  private var ended: (time: Int64, way: Int)?
  private var undecidedSegments = 0
  private let isNamedPort: Bool

  /// What one direction carries.
  private enum Decoder {
    /// Nothing could be recognised yet.
    case undecided
    case http(HTTPStream)
    case webSocket(WebSocketStream)
    /// A hole hid where the next message begins.
    case unplaced(isWebSocket: Bool)
    /// No API of KIS: TLS or something else.
    case foreign
  }

  /// Whatever is no HTTP and no WebSocket in so many segments will not be.
  private static let patience = 256

  /// - Parameter isNamedPort: whether the user named its port, so that a bare ping is enough to know a WebSocket by.
  init(isNamedPort: Bool) { self.isNamedPort = isNamedPort }

  /// Whether it is known to be of no use.
  var isForeign: Bool {
    if case .foreign = decoders[0] { true } else { false }
  }

  /// Takes the next bytes of a direction.
  ///
  /// - Parameter isSegmentStart: whether a segment begins with them; messages are looked for only there.
  mutating func receive(
    _ bytes: UnsafeRawBufferPointer, way: Int, time: Int64, place: CapturePlace, isSegmentStart: Bool,
    areRequestsLate: Bool, _ output: inout ConversationOutput
  ) {
    var rest = bytes
    var canRecognise = isSegmentStart
    while !rest.isEmpty {
      switch decoders[way] {
      case .foreign: return
      case .undecided, .unplaced:
        guard canRecognise, recognise(rest, way: way, &output) else {
          skip(rest, way: way, place: place, &output)
          return
        }
        canRecognise = false
      case .http(var stream):
        if stream.isAtBoundary, becomesWebSocket(rest, way: way) {
          switchToWebSocket()
          continue
        }
        // Taken out while it changes, so that it is not copied.
        decoders[way] = .foreign
        let found = stream.read(&rest, time: time, answering: pairing.nextMethod)
        decoders[way] = .http(stream)
        switch found {
        case nil: break
        case .malformed:
          decoders[way] = .unplaced(isWebSocket: false)
          output.report.omit(ConversationOutput.Reason.skipped, at: place, count: 1)
          return
        case .message(let message): complete(message, way: way, time: time, place: place, &output)
        }
      case .webSocket(var stream):
        decoders[way] = .foreign
        let found = stream.read(&rest)
        decoders[way] = .webSocket(stream)
        guard let found else { continue }
        take(found, way: way, time: time, place: place, &output)
        if case .malformed = found { return }
      }
    }
    pair(areRequestsLate: areRequestsLate, &output)
  }

  /// Bytes of a direction are missing.
  mutating func skip(_ count: Int, way: Int, time: Int64, place: CapturePlace, _ output: inout ConversationOutput) {
    switch decoders[way] {
    case .foreign, .undecided: return
    case .unplaced: break
    case .http(var stream):
      let isAnswers = stream.isAnswers
      let (isPlaced, broken) = stream.skip(count)
      decoders[way] = isPlaced ? .http(stream) : .unplaced(isWebSocket: false)
      if let broken {
        complete(broken, way: way, time: time, place: place, &output)
      } else if !isPlaced, isAnswers {
        let lost = pairing.answersAreMissing()
        for exchange in lost { emit(.exchange(exchange.exchange), at: exchange.time, side: .client, &output) }
      }
    case .webSocket(var stream):
      let (isPlaced, broken) = stream.skip(count)
      decoders[way] = isPlaced ? .webSocket(stream) : .unplaced(isWebSocket: true)
      if let broken { take(broken, way: way, time: time, place: place, &output) }
    }
    let side: CapturedEvent.Side = way == client ? .client : .server
    output.report.note(
      CaptureReport.Gap(
        connection: connection(&output), side: side, time: time, bytes: Int64(count), place: place))
  }

  /// A direction ended with a FIN, or both with a RST.
  mutating func end(way: Int, time: Int64, place: CapturePlace, _ output: inout ConversationOutput) {
    if ended == nil { ended = (time, way) }
    if case .http(var stream) = decoders[way], let message = stream.end() {
      decoders[way] = .http(stream)
      complete(message, way: way, time: time, place: place, &output)
    }
    pair(areRequestsLate: false, &output)
  }

  /// Nothing more will come of it: the connection is over, or the capture is.
  mutating func finish(place: CapturePlace, _ output: inout ConversationOutput) {
    pair(areRequestsLate: false, &output)
    for left in pairing.finish() { emit(.exchange(left.exchange), at: left.time, side: .client, &output) }
    for way in 0...1 {
      if case .webSocket(let stream) = decoders[way], stream.isInside {
        output.report.omit("WebSocket messages that the capture ends in", at: place)
      }
    }
    if let ended, isWebSocket, !hasClosed, let client {
      emit(.lost, at: ended.time, side: ended.way == client ? .client : .server, &output)
    }
    decoders = [.foreign, .foreign]
  }

  /// Whether the next byte of a direction begins a message.
  func isBetweenMessages(way: Int) -> Bool {
    switch decoders[way] {
    case .http(let stream): stream.isAtBoundary
    case .webSocket(let stream): stream.isAtBoundary
    case .undecided, .unplaced, .foreign: true
    }
  }

  /// Whether frames pass on it.
  var isWebSocket: Bool {
    decoders.contains { decoder in
      switch decoder {
      case .webSocket, .unplaced(isWebSocket: true): true
      default: false
      }
    }
  }

  // MARK: - Recognising

  private mutating func recognise(_ bytes: UnsafeRawBufferPointer, way: Int, _ output: inout ConversationOutput) -> Bool
  {
    if bytes.count >= 6, HTTPStream.isStart(bytes.prefix(32), ofAnswer: false), !isWebSocket {
      guard client == nil || client == way else { return false }
      client = way
      decoders[way] = .http(HTTPStream(isAnswers: false))
      return true
    }
    if bytes.count >= 9, HTTPStream.isStart(bytes.prefix(32), ofAnswer: true), !isWebSocket {
      guard client != way else { return false }
      client = 1 - way
      decoders[way] = .http(HTTPStream(isAnswers: true))
      return true
    }
    guard let form = FrameShape.form(of: bytes) else { return false }
    let sender = form.isMasked ? way : 1 - way
    if isWebSocket {
      guard client == nil || client == sender else { return false }
      client = sender
      decoders[way] = .webSocket(WebSocketStream())
      return true
    }
    guard form.isTelling || isNamedPort, client == nil || client == sender else { return false }
    client = sender
    decoders[way] = .webSocket(WebSocketStream())
    decoders[1 - way] = .unplaced(isWebSocket: true)
    return true
  }

  /// After an upgrade, or where its answer is missing, frames follow where a request or an answer would.
  private func becomesWebSocket(_ bytes: UnsafeRawBufferPointer, way: Int) -> Bool {
    guard let first = bytes.first, first & 0x80 != 0 || first < 0x03, let form = FrameShape.form(of: bytes) else {
      return false
    }
    return form.isTelling && form.isMasked == (way == client)
  }

  private mutating func switchToWebSocket() {
    decoders = [.webSocket(WebSocketStream()), .webSocket(WebSocketStream())]
  }

  /// Steps over bytes in which no message begins.
  private mutating func skip(
    _ bytes: UnsafeRawBufferPointer, way: Int, place: CapturePlace, _ output: inout ConversationOutput
  ) {
    if client != nil {
      output.report.omit(ConversationOutput.Reason.skipped, at: place, count: bytes.count)
      return
    }
    undecidedSegments += 1
    let isTLS = bytes.count >= 3 && (0x14...0x17).contains(bytes[0]) && bytes[1] == 3 && bytes[2] <= 4
    guard isTLS || undecidedSegments > Conversation.patience else { return }
    decoders = [.foreign, .foreign]
    if isTLS {
      output.report.omit(
        "TLS connections (https, wss): what they carry cannot be read from packets; use `kis-mock record` or a HAR",
        at: place)
    } else {
      output.report.omit("connections that are neither HTTP nor WebSocket", at: place, isLoss: false)
    }
  }

  // MARK: - Messages

  private mutating func complete(
    _ message: HTTPStream.Message, way: Int, time: Int64, place: CapturePlace, _ output: inout ConversationOutput
  ) {
    if way == client {
      pairing.add(request: message, time: time, place: place)
      return
    }
    if pairing.add(answer: message, time: time, place: place), message.line.dropFirst().first == "101" {
      switchToWebSocket()
    }
  }

  private mutating func pair(areRequestsLate: Bool, _ output: inout ConversationOutput) {
    guard !areRequestsLate, pairing.hasAnswers else { return }
    for result in pairing.pair() {
      switch result {
      case .exchange(let exchange, let time, let isOpening):
        emit(isOpening ? .open(exchange) : .exchange(exchange), at: time, side: .client, &output)
      case .omitted(let reason, let place): output.report.omit(reason, at: place)
      }
    }
  }

  private mutating func take(
    _ message: WebSocketStream.Message, way: Int, time: Int64, place: CapturePlace, _ output: inout ConversationOutput
  ) {
    switch message {
    case .content(let content):
      if case .close = content { hasClosed = true }
      emit(content, at: time, side: way == client ? .client : .server, &output)
    case .broken: output.report.omit(ConversationOutput.Reason.brokenMessage, at: place)
    case .tooLong:
      output.report.omit("WebSocket messages longer than \(WebSocketStream.longest >> 20) MB", at: place)
    case .compressed:
      output.report.omit("WebSocket messages that are compressed (permessage-deflate)", at: place)
    case .malformed:
      decoders[way] = .unplaced(isWebSocket: true)
      output.report.omit("places where no WebSocket frame begins though one should", at: place)
    }
  }

  private mutating func emit(
    _ content: CapturedEvent.Content, at time: Int64, side: CapturedEvent.Side, _ output: inout ConversationOutput
  ) {
    output.events.append(CapturedEvent(connection: connection(&output), time: time, side: side, content))
  }

  private mutating func connection(_ output: inout ConversationOutput) -> Int {
    if let number { return number }
    let number = output.nextConnection()
    self.number = number
    return number
  }
}
