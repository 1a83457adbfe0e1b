import KISWire

/// The values of some events that may be blanked: those of frames behind their key, headers and the text in bodies of
/// exchanges. What is left of a failing recording then shows what the failure hangs on.
public struct ReducibleValues: Sendable {
  private enum Place: Sendable, Hashable {
    /// A value of a frame, from 0.
    case frame(Int)
    case requestHeader(Int)
    case header(Int)
    /// A leaf of a JSON body, in order.
    case leaf(Int)
  }

  private let events: [Int: RecordedEvent]
  private let places: [(event: Int, place: Place)]

  /// - Parameter events: events by their numbers.
  public init(of events: [Int: RecordedEvent]) {
    self.events = events
    places = events.keys.sorted().flatMap { number in
      ReducibleValues.places(in: events[number]?.content).map { (number, $0) }
    }
  }

  /// How many values there are.
  public var count: Int { places.count }

  /// The events' lines with every other value blanked, by the numbers of the events.
  public func lines(keeping kept: [Int]) -> [Int: [UInt8]] {
    let kept = Set(kept)
    var blanked: [Int: Set<Place>] = [:]
    for index in places.indices where !kept.contains(index) {
      blanked[places[index].event, default: []].insert(places[index].place)
    }
    return blanked.reduce(into: [:]) { lines, entry in
      guard var event = events[entry.key] else { return }
      event.content = ReducibleValues.blank(entry.value, in: event.content)
      var bytes: [UInt8] = []
      event.appendLine(to: &bytes)
      lines[entry.key] = Array(bytes.dropLast())
    }
  }

  private static func places(in content: RecordedEvent.Content?) -> [Place] {
    switch content {
    case .message(let bytes, from: .server):
      guard let frame = try? Frame(parsing: bytes) else { return [] }
      let values = frame.payload.split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false)
      return values.indices.dropFirst().filter { !values[$0].isEmpty }.map(Place.frame)
    case .exchange(let exchange):
      var leaves = 0
      if let body = try? JSONValue(parsing: exchange.body) {
        _ = blanked(body) { _ in
          leaves += 1
          return false
        }
      }
      return exchange.requestHeaders.indices.map(Place.requestHeader) + exchange.headers.indices.map(Place.header)
        + (0..<leaves).map(Place.leaf)
    default: return []
    }
  }

  private static func blank(_ blanked: Set<Place>, in content: RecordedEvent.Content) -> RecordedEvent.Content {
    switch content {
    case .message(let bytes, from: .server):
      guard let frame = try? Frame(parsing: bytes) else { return content }
      let values = frame.payload.split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false).enumerated()
      let payload = values.map { blanked.contains(.frame($0)) ? [] : $1 }.joined(separator: [UInt8(ascii: "^")])
      return .message(
        Frame(frame.transactionID, flag: frame.flag, count: frame.count, payload: Array(payload)).bytes, from: .server)
    case .exchange(var exchange):
      exchange.requestHeaders = exchange.requestHeaders.enumerated()
        .filter { !blanked.contains(.requestHeader($0.offset)) }.map(\.element)
      exchange.headers = exchange.headers.enumerated().filter { !blanked.contains(.header($0.offset)) }.map(\.element)
      guard let body = try? JSONValue(parsing: exchange.body) else { return .exchange(exchange) }
      var leaf = -1
      exchange.body =
        ReducibleValues.blanked(body) { _ in
          leaf += 1
          return blanked.contains(.leaf(leaf))
        }.utf8
      return .exchange(exchange)
    default: return content
    }
  }

  /// JSON with some of its texts empty.
  private static func blanked(_ value: JSONValue, _ isBlanked: (String) -> Bool) -> JSONValue {
    switch value {
    case .string(let text): text.isEmpty || !isBlanked(text) ? value : ""
    case .array(let elements): .array(elements.map { blanked($0, isBlanked) })
    case .object(let object):
      .object(JSONObject(object.members.map { ($0.name, blanked($0.value, isBlanked)) }))
    default: value
    }
  }
}
