import KISWire

/// What a reader needs to know of the connections that are open at a place: how they were opened, what is registered on them, and the replies with their keys.
struct SessionContext {
  private struct Entry {
    var order: Int
    var line: [UInt8]
  }

  private struct Connection {
    var opening: Entry?
    var requests: [RegistrationKey: Entry] = [:]
    var replies: [RegistrationKey: Entry] = [:]

    var entries: [Entry] { [opening].compactMap { $0 } + requests.values + replies.values }
  }

  private var connections: [Int?: Connection] = [:]
  /// Events that were looked at.
  private(set) var seen = 0

  /// The lines of what still stands, in their order, marked as carried.
  var lines: [[UInt8]] {
    connections.values.flatMap(\.entries).sorted { $0.order < $1.order }.map(\.line)
  }

  mutating func note(_ event: RecordedEventView) {
    seen += 1
    switch event.content {
    case .serverMessage(let text):
      guard text.first == UInt8(ascii: "{"), let message = RegistrationMessage(Array(text)) else { return }
      connections[event.connection, default: Connection()].replies[message.registration] = entry(event)
    case .other(.message(let bytes, from: .client)):
      guard let message = RegistrationMessage(bytes) else { return }
      connections[event.connection, default: Connection()].requests[message.registration] =
        message.action == .release ? nil : entry(event)
      if message.action == .release { connections[event.connection]?.replies[message.registration] = nil }
    case .other(.opened): connections[event.connection] = Connection(opening: entry(event))
    case .other(.closed), .other(.lost): connections[event.connection] = nil
    case .other: break
    }
  }

  private func entry(_ event: RecordedEventView) -> Entry {
    Entry(order: seen, line: event.isCarried ? Array(event.text) : RecordedLine.carried(event.text))
  }
}
