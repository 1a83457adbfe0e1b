import KISWire
import Synchronization

/// What passes on one connection of the proxy: recorded first, then forwarded.
///
/// Requests are forwarded whole, with the upstream's name for its host and without an offer to compress; answers when
/// they are complete; WebSocket frames as they come.
final class ProxiedConnection: Sendable {
  private struct State {
    var conversation = Conversation(isNamedPort: true)
    var output = ConversationOutput(report: CaptureReport(format: "proxy", unit: "bytes"), ports: [])
    var requests = HTTPStream(isAnswers: false)
    /// Bytes of an answer that is not complete.
    var held: [UInt8] = []
    var number: Int?
  }

  private let recorder: SessionRecorder
  private let clock: CaptureClock
  /// The upstream's host and port.
  private let authority: String
  private let state = Mutex(State())

  /// Longer answers than this are forwarded before they are complete.
  private static let longestHeld = 1 << 20

  /// Why a connection is ended.
  struct Mistake: Error {
    var reason: String
  }

  init(recorder: SessionRecorder, clock: CaptureClock, authority: String) {
    self.recorder = recorder
    self.clock = clock
    self.authority = authority
  }

  /// Takes what the client sent.
  ///
  /// - Returns: what to send to the upstream.
  func receive(fromClient bytes: [UInt8]) throws -> [UInt8] {
    try state.withLock { state in
      let wasWebSocket = state.conversation.isWebSocket
      try take(bytes, way: 0, &state)
      return wasWebSocket ? bytes : try requests(in: bytes, &state)
    }
  }

  /// Takes what the upstream sent.
  ///
  /// - Returns: what to send to the client.
  func receive(fromServer bytes: [UInt8]) throws -> [UInt8] {
    try state.withLock { state in
      try take(bytes, way: 1, &state)
      state.held.append(contentsOf: bytes)
      guard
        state.conversation.isWebSocket || state.conversation.isBetweenMessages(way: 1)
          || state.held.count > ProxiedConnection.longestHeld
      else { return [] }
      return release(&state)
    }
  }

  /// A side ended the connection.
  ///
  /// - Returns: what is left to send to the other one.
  func end(fromClient: Bool) throws -> [UInt8] {
    try state.withLock { state in
      state.conversation.end(way: fromClient ? 0 : 1, time: clock.now(), place: .byte(0), &state.output)
      try record(&state)
      return fromClient ? [] : release(&state)
    }
  }

  /// Both sides are gone.
  func finish() throws {
    try state.withLock { state in
      state.conversation.finish(place: .byte(0), &state.output)
      try record(&state)
    }
  }

  private func release(_ state: inout State) -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &state.held)
    return bytes
  }

  private func take(_ bytes: [UInt8], way: Int, _ state: inout State) throws {
    let time = clock.now()
    bytes.withUnsafeBytes {
      state.conversation.receive(
        $0, way: way, time: time, place: .byte(0), isSegmentStart: true, areRequestsLate: false, &state.output)
    }
    try record(&state)
  }

  private func record(_ state: inout State) throws {
    guard !state.output.events.isEmpty else { return }
    let number = state.number ?? recorder.nextConnection()
    state.number = number
    try recorder.record(state.output.events, on: number)
    state.output.events.removeAll(keepingCapacity: true)
  }

  /// The requests that are complete, as the upstream should get them.
  private func requests(in bytes: [UInt8], _ state: inout State) throws -> [UInt8] {
    var forwarded: [UInt8] = []
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        switch state.requests.read(&rest, time: 0, answering: nil) {
        case nil: break
        case .malformed: throw Mistake(reason: "the client sent what is no HTTP/1.1 request")
        case .message(let message): forwarded.append(contentsOf: rewritten(message))
        }
      }
    }
    return forwarded
  }

  private func rewritten(_ message: HTTPStream.Message) -> [UInt8] {
    var fields = message.headers.filter { $0.name.lowercased() != "sec-websocket-extensions" }
    for index in fields.indices where fields[index].name.lowercased() == "host" { fields[index].value = authority }
    // What the proxy took as a whole needs no leave to be sent.
    fields.removeAll { $0.name.lowercased() == "expect" }
    return HTTPText.framed(message.line.joined(separator: " "), fields, message.body, mayLackBody: true)
  }
}
