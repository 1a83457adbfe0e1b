public import KISWire

extension YAMLNode {
  /// Any text, quoted or not.
  public func string(_ expected: String = "text") throws(ScenarioError) -> String {
    guard case .scalar(let text, _) = content, !isNothing else { throw unexpected(expected) }
    return text
  }

  /// A whole number within a range.
  public func int(in range: ClosedRange<Int> = 0...Int.max) throws(ScenarioError) -> Int {
    let bounds =
      range.upperBound == .max ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    guard case .scalar(let text, _) = content, let value = Int(text.replacing("_", with: "")), range.contains(value)
    else { throw unexpected("a whole number \(bounds)") }
    return value
  }

  /// A number within a range; never infinite.
  public func number(in range: ClosedRange<Double>) throws(ScenarioError) -> Double {
    guard case .scalar(let text, _) = content, let value = Double(text), range.contains(value) else {
      throw unexpected("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  public func bool() throws(ScenarioError) -> Bool {
    switch content {
    case .scalar("true", _): return true
    case .scalar("false", _): return false
    default: throw unexpected("`true` or `false`")
    }
  }

  /// A length of time with its unit, such as `1.5s`, `250ms`, `10m` or `6h30m`.
  public func duration() throws(ScenarioError) -> Duration {
    guard case .scalar(let text, _) = content else { throw unexpected("a duration such as 1.5s") }
    if let duration = Duration(written: text) { return duration }
    throw unexpected(
      "a duration such as 1.5s, 250ms, 10m or 6h30m", nearest: Int(text) == nil ? nil : "\(text)s",
      advice: Int(text) == nil ? nil : "a duration needs its unit")
  }

  /// A time of day, `HH:MM` or `HH:MM:SS` with an optional fraction.
  public func timeOfDay() throws(ScenarioError) -> TimeOfDay {
    guard case .scalar(let text, _) = content, let time = TimeOfDay(text) else {
      throw unexpected("a time of day such as 09:30:00")
    }
    return time
  }

  /// A day, `YYYY-MM-DD`, kept as text: such days compare as text.
  public func day() throws(ScenarioError) -> String {
    let expected = "a day such as 2026-09-21"
    guard case .scalar(let text, _) = content else { throw unexpected(expected) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }),
      let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]), (1...31).contains(day)
    else { throw unexpected(expected) }
    return text
  }

  /// A number of bytes: `4096`, `64KB`, `8MB` (powers of 1,024).
  public func byteCount() throws(ScenarioError) -> Int {
    let expected = "a size such as 64KB or 8MB"
    guard case .scalar(let text, _) = content else { throw unexpected(expected) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["": 1, "B": 1, "KB": 1024, "MB": 1_048_576, "GB": 1_073_741_824]
    let unit = text.dropFirst(digits.count).trimmingPrefix(" ").uppercased()
    guard let number = Int(digits), let scale = units[unit] else { throw unexpected(expected) }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: scale)
    guard !overflow else { throw unexpected(expected) }
    return bytes
  }

  /// One of a closed set of words.
  public func word<Word: CaseIterable & RawRepresentable>(
    _ type: Word.Type = Word.self
  ) throws(ScenarioError) -> Word where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue)
    guard case .scalar(let text, _) = content, let word = Word(rawValue: text) else {
      let expected = "one of \(words.joined(separator: ", "))"
      if case .scalar(let text, _) = content {
        throw unexpected(expected, nearest: Similarity.nearest(to: text, in: words).first)
      }
      throw unexpected(expected)
    }
    return word
  }

  /// One of many names, too many to list in an error.
  ///
  /// - Parameters:
  ///   - kind: what is named: `a fault`.
  ///   - verb: of `kis-mock`, that lists them.
  func name<Name: CaseIterable & RawRepresentable>(of kind: String, listedBy verb: String) throws(ScenarioError) -> Name
  where Name.RawValue == String {
    let text = try string("the name of \(kind)")
    guard let name = Name(rawValue: text) else {
      throw unexpected(
        "the name of \(kind)", nearest: Similarity.nearest(to: text, in: Name.allCases.map(\.rawValue)).first,
        advice: "run `kis-mock \(verb)` for the list")
    }
    return name
  }

  /// The elements of a list; a single value counts as a list of one, nothing as an empty list.
  public func list() -> [YAMLNode] {
    if isNothing { return [] }
    if case .sequence(let elements) = content { return elements }
    return [self]
  }

  /// A list of texts; a single text counts as a list of one.
  public func strings() throws(ScenarioError) -> [String] {
    var texts: [String] = []
    for element in list() { texts.append(try element.string()) }
    return texts
  }

  /// The same value as JSON: plain `true`, `false`, `null` and numbers as such, everything in quotes as text.
  public var json: JSONValue {
    switch content {
    case .scalar(let text, plain: false): .string(text)
    case .scalar(let text, plain: true): YAMLNode.plainJSON(text)
    case .sequence(let elements): .array(elements.map(\.json))
    case .mapping(let members): .object(JSONObject(members.map { ($0.key, $0.value.json) }))
    }
  }

  private static func plainJSON(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null": return .null
    case "true": return true
    case "false": return false
    default:
      if let value = try? JSONValue(parsing: text), case .number = value { return value }
      return .string(text)
    }
  }
}
