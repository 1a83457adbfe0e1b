import KISSandbox
import KISScenario
import KISWire

/// The shape of a JSON object in the admin API: what comes in is checked against it, what goes out is described by it,
/// and the OpenAPI file is written from it.
struct AdminSchema: Sendable {
  /// The name of its component in the OpenAPI file.
  let name: String
  let note: String
  let members: [Member]

  struct Member: Sendable {
    let name: String
    let kind: Kind
    let note: String
    let isRequired: Bool

    /// A member that may be left out.
    static func may(_ name: String, _ kind: Kind, _ note: String) -> Member {
      Member(name: name, kind: kind, note: note, isRequired: false)
    }

    /// A member that is always there.
    static func has(_ name: String, _ kind: Kind, _ note: String) -> Member {
      Member(name: name, kind: kind, note: note, isRequired: true)
    }
  }

  indirect enum Kind: Sendable {
    case text
    case word([String])
    case whole(from: Int, upTo: Int = .max)
    case flag
    /// Any number.
    case decimal
    /// `1.5s`, `10m`.
    case duration
    /// `09:30:00`.
    case timeOfDay
    /// A number above zero, or `max`.
    case speed
    case list(Kind)
    case object(AdminSchema)
    /// An object with any names and values of one kind.
    case map(Kind)
    case orNull(Kind)
    /// Any JSON.
    case anything
    /// What a scenario's file calls by this name; its own reader checks it.
    case scenario(String)
  }

  init(_ name: String, _ note: String, _ members: [Member]) {
    self.name = name
    self.note = note
    self.members = members
  }
}

extension AdminSchema {
  /// Refuses an object that is not of this shape.
  /// - Parameter place: the object's own name in messages: "the body", "`until`".
  func check(_ value: JSONValue, at place: String = "the body") throws(AdminError) {
    guard let object = value.object else {
      throw .badRequest("\(place): expected an object, found \(value.kind)", hint: hint)
    }
    for name in object.names where !members.contains(where: { $0.name == name }) {
      throw .badRequest(
        "\(place) has an unknown member `\(name)`", hint: hint,
        nearest: Similarity.nearest(to: name, in: members.map(\.name)))
    }
    for member in members {
      if let found = object[member.name] {
        try member.kind.check(found, at: "`\(member.name)`")
      } else if member.isRequired {
        throw .badRequest("\(place) lacks `\(member.name)`: \(member.kind.expectation)", hint: hint)
      }
    }
  }

  private var hint: String {
    guard !members.isEmpty else { return "it takes no members" }
    return members.map { "`\($0.name)`: \($0.kind.expectation)\($0.isRequired ? "" : ", optional")" }
      .joined(separator: "; ")
  }
}

extension AdminSchema.Kind {
  /// What may stand there, as a noun phrase.
  var expectation: String {
    switch self {
    case .text: "a string"
    case .word(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    case .whole(let least, .max): "a whole number from \(least)"
    case .whole(let least, let most): "a whole number from \(least) to \(most)"
    case .flag: "true or false"
    case .decimal: "a number"
    case .duration: "a duration such as \"1.5s\" or \"10m\""
    case .timeOfDay: "a time of day such as \"09:30:00\""
    case .speed: "a number above 0 such as 1, 0.5 or 60, or \"max\""
    case .list(let kind): "a list, each \(kind.expectation)"
    case .object(let schema): "an object: \(schema.note)"
    case .map(let kind): "an object, each member \(kind.expectation)"
    case .orNull(let kind): "\(kind.expectation), or null"
    case .anything: "anything"
    case .scenario(let name): "\(name == "expectation" ? "an" : "a") \(name), written as in a scenario"
    }
  }

  /// Refuses a value of another kind.
  func check(_ value: JSONValue, at place: String) throws(AdminError) {
    let isGood: Bool
    switch self {
    case .text: isGood = value.string != nil
    case .word(let words): isGood = value.string.map(words.contains) ?? false
    case .whole(let least, let most): isGood = value.int.map { (least...most).contains($0) } ?? false
    case .flag: isGood = value.bool != nil
    case .decimal: if case .number = value { isGood = true } else { isGood = false }
    case .duration: isGood = value.string.flatMap { Duration(written: $0) } != nil
    case .timeOfDay: isGood = value.string.flatMap { TimeOfDay($0) } != nil
    case .speed: isGood = PlaySpeed(value) != nil
    case .list(let kind):
      for element in value.array ?? [] { try kind.check(element, at: "an element of \(place)") }
      isGood = value.array != nil
    case .object(let schema):
      try schema.check(value, at: place)
      isGood = true
    case .map(let kind):
      for member in value.object?.members ?? [] { try kind.check(member.value, at: "`\(member.name)` of \(place)") }
      isGood = value.object != nil
    case .orNull(let kind):
      if value != .null { try kind.check(value, at: place) }
      isGood = true
    case .anything, .scenario: isGood = true
    }
    guard isGood else {
      throw .badRequest(
        "\(place): expected \(expectation), found \(value.text.prefix(80))", nearest: nearest(to: value))
    }
  }

  private func nearest(to value: JSONValue) -> [String] {
    guard case .word(let words) = self, let text = value.string else { return [] }
    return Similarity.nearest(to: text, in: words)
  }
}

extension PlaySpeed {
  /// A speed as the admin API has it: a number, or text such as `60x` and `max`; nil for anything else.
  init?(_ json: JSONValue) {
    switch json {
    case .number(let text), .string(let text): self.init(text)
    default: return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .times: .number(description)
    case .max: "max"
    }
  }
}
