/// A JSON value that keeps what KIS clients can see: the order of keys and the spelling of numbers.
///
/// Foundation's decoders lose both. Replies of KIS differ in key order between services
/// (PROTOCOL section 2.2), and a replayed body has to come out as it was recorded.
public enum JSONValue: Sendable, Hashable {
  /// `null`, which is not the same as a member that is missing.
  case null
  /// `true` or `false`. KIS itself writes `Y` and `N` as strings.
  case bool(Bool)
  /// A number as it was spelt: `200`, `-0.14`, `1e3`.
  case number(String)
  /// A string, unescaped; nearly every value of KIS is one, numbers included.
  case string(String)
  /// An array, its elements in order.
  case array([JSONValue])
  /// An object, its members in the order they were written.
  case object(JSONObject)
}

extension JSONValue {
  /// The text of a string, nil for anything else.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The members of an object, nil for anything else.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  /// The elements of an array, nil for anything else.
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  /// The value of a boolean, nil for anything else.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// A number that is a whole number in range, nil for anything else.
  public var int: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  /// A number as floating point, nil for anything else.
  public var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }

  /// The member of an object by name; nil when there is none or this is no object.
  public subscript(name: String) -> JSONValue? { object?[name] }

  /// A number from a whole number.
  public static func number(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

  /// What kind of value this is, for messages to people: "an object", "a string" …
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string: `"005930"`.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number in plain digits; one with a fraction is written as it is to be spelt: `.number("1.50")`.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// `true` or `false`, not KIS's `Y` or `N`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array of these elements.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its members in the order of the literal; a name given twice is there twice.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}

/// The members of a JSON object in the order they were written. Duplicate names are kept; look-up finds the first.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// A name with its value.
  public struct Member: Sendable, Hashable {
    /// The name, unescaped.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// A name with its value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members in the order they were written.
  public var members: [Member]

  /// An object with these members.
  public init(_ members: [Member] = []) { self.members = members }
  /// An object with these names and values.
  public init(_ pairs: [(String, JSONValue)]) { members = pairs.map { Member($0.0, $0.1) } }
  /// An object with its members in the order of the literal; a name given twice is there twice.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

  /// The first member of that name. Setting replaces it in place or appends; setting nil removes it.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
    }
  }

  /// The names in order, duplicates included.
  public var names: [String] { members.map(\.name) }
}
