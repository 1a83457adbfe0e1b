/// Who sent a message, by the words in front of it.
enum Direction {
  private static let client: Set<String> = [
    "send", "sent", "sending", "tx", "out", "outgoing", "input", "request", "client", "c2s", "up", "write", "송신", "전송",
  ]
  private static let server: Set<String> = [
    "recv", "received", "receive", "receiving", "recev", "rcv", "rx", "in", "incoming", "response", "server", "s2c",
    "down", "read", "수신",
  ]
  /// Words that say so only where no other does: `sent data=…`.
  private static let faintlyServer: Set<String> = ["data", "raw"]

  /// The side that the last telling word names; `>` and `<` alone tell too, as in `< TEXT`.
  static func side(in prefix: ArraySlice<UInt8>) -> CapturedEvent.Side? {
    let words = String(decoding: prefix.suffix(120), as: UTF8.self).lowercased()
      .split { !($0.isLetter || $0.isNumber || $0 == ">" || $0 == "<" || $0 == "→" || $0 == "←") }
    // `send message >>`: the arrow only ends the words in front of it.
    if let word = words.last(where: { client.contains(String($0)) || server.contains(String($0)) }) {
      return client.contains(String(word)) ? .client : .server
    }
    if words.contains(where: { faintlyServer.contains(String($0)) }) { return .server }
    return switch words.last {
    case ">", ">>", ">>>", "→": .client
    case "<", "<<", "<<<", "←": .server
    default: nil
    }
  }

  /// The side that a value names: `RX`, `sent`, `s2c`.
  static func side(named word: String) -> CapturedEvent.Side? {
    let word = word.lowercased()
    return client.contains(word) || word == ">" ? .client : server.contains(word) || word == "<" ? .server : nil
  }

  /// A line's front without its digits.
  static func shape(of prefix: ArraySlice<UInt8>) -> [UInt8] { prefix.suffix(120).filter { !$0.isDigit } }
}
