/// What a line can hold, by the member that says so. One table for the reader, its errors and the schema.
enum RecordedEventKind: String, CaseIterable {
  case open
  case text = "ws"
  case bytes = "ws64"
  case ping
  case pingBytes = "ping64"
  case pong
  case pongBytes = "pong64"
  case close
  case lost
  case exchange = "rest"
  case marker

  /// Whether the member is base64.
  var isBase64: Bool { [.bytes, .pingBytes, .pongBytes].contains(self) }

  /// All members that such a line may have.
  var members: [String] {
    let own: [String] =
      switch self {
      case .open, .lost, .exchange: ["conn"]
      case .text: ["conn", "from", "cipher", "binary"]
      case .bytes: ["conn", "from", "binary"]
      case .ping, .pingBytes, .pong, .pongBytes, .close: ["conn", "from"]
      case .marker: []
      }
    return ["t"] + own + ["carried", rawValue]
  }
}

extension RecordedEvent {
  /// Connections are numbered from 1 to this; more than any recording has.
  public static let highestConnection = 999_999_999
}
