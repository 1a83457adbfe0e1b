/// The keys of one kind of mapping, each with the kind of value it takes.
struct KeySection: Sendable {
  /// Its name in the JSON Schema.
  var name: String
  /// What it describes, with its article, for messages.
  var phrase: String
  var keys: [Key]
  /// Keys of which exactly one has to be there; empty when there is no such choice.
  var choice: [String]
  /// Keys of which at most one may be there.
  var alternatives: [String]

  init(
    _ name: String, _ phrase: String, _ keys: [Key], exactlyOneOf choice: [String] = [],
    atMostOneOf alternatives: [String] = []
  ) {
    self.name = name
    self.phrase = phrase
    self.keys = keys
    self.choice = choice
    self.alternatives = alternatives
  }

  struct Key: Sendable {
    var name: String
    var kind: ValueKind
    /// What it means, in one line.
    var summary: String
    var isRequired: Bool

    init(_ name: String, _ kind: ValueKind, _ summary: String, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.summary = summary
      self.isRequired = isRequired
    }
  }
}

/// What may stand under a key.
indirect enum ValueKind: Sendable {
  case text
  case bool
  /// A whole number from 0.
  case whole
  /// A whole number from 1.
  case positive
  /// A whole number within a range.
  case number(ClosedRange<Int>)
  /// A number from 0 to 1.
  case chance
  case speed
  case duration
  case timeOfDay
  case day
  case size
  /// An account number with its product code.
  case account
  case fault
  case anything
  case word([String])
  /// A list, or a single value that counts as a list of one.
  case list(ValueKind)
  /// The same with at least one element.
  case some(ValueKind)
  /// A list of two or more.
  case several(ValueKind)
  /// A mapping with keys of the writer's choice.
  case map(ValueKind)
  case either([ValueKind])
  case section(KeySection)

  /// The words of a closed set.
  static func words<Word: CaseIterable & RawRepresentable>(of type: Word.Type) -> ValueKind
  where Word.RawValue == String {
    .word(type.allCases.map(\.rawValue))
  }
}

extension YAMLNode {
  /// This node as a mapping with no other keys than those of a section.
  func mapping(_ section: KeySection) throws(ScenarioError) -> YAMLMapping {
    try mapping(section.phrase, keys: section.keys.map(\.name))
  }
}
