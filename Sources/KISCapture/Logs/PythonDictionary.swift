import KISWire

/// A dictionary as Python prints it, `{'header': {'tr_type': '1'}}`, which `json.dumps` would have made a message of.
enum PythonDictionary {
  /// Whether one with a message's header begins there.
  static func begins(_ line: ArraySlice<UInt8>, at start: Int) -> Bool {
    line[min(start, line.endIndex)...].starts(with: "{'header'".utf8)
  }

  /// The JSON that `json.dumps` makes of it, up to where it ends; nil when it does not.
  static func json(_ text: [UInt8]) -> [UInt8]? {
    var json: [UInt8] = []
    var (depth, index) = (0, 0)
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let (value, end) = PythonLiteral.read(text[...], at: index, isBytes: false) else { return nil }
        JSONValue.appendQuoted(value, to: &json)
        index = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      if let (word, spelling) = words.first(where: { text[index...].starts(with: $0.python.utf8) }) {
        json.append(contentsOf: spelling.utf8)
        index += word.utf8.count
        continue
      }
      json.append(byte)
      index += 1
      if depth == 0 { return json }
    }
    return nil
  }

  private static let words: [(python: String, json: String)] = [
    ("True", "true"), ("False", "false"), ("None", "null"),
  ]
}
