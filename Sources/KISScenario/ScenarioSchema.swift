public import KISWire

extension Scenario {
  /// The JSON Schema (draft 2020-12) of a scenario, for editors: made from the very keys that the decoder accepts.
  public static var schema: JSONValue {
    var definitions = SchemaDefinitions()
    let root = definitions.schema(of: ScenarioKeys.scenario)
    var members: [(String, JSONValue)] = [
      ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "kis-mock scenario"),
    ]
    members += (root.object?.members ?? []).map { ($0.name, $0.value) }
    members.append(("$defs", .object(JSONObject(definitions.all))))
    return .object(JSONObject(members))
  }
}

/// Collects what a schema refers to, each section once, in the order of first use.
private struct SchemaDefinitions {
  var all: [(String, JSONValue)] = []

  mutating func schema(of section: KeySection) -> JSONValue {
    var properties: [(String, JSONValue)] = []
    for key in section.keys {
      var schema = schema(of: key.kind).object ?? JSONObject()
      schema["description"] = .string(key.summary)
      properties.append((key.name, .object(schema)))
    }
    var object: JSONObject = ["type": "object", "additionalProperties": false]
    let required = section.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { object["required"] = .array(required) }
    object["properties"] = .object(JSONObject(properties))
    if !section.choice.isEmpty { object["oneOf"] = .array(section.choice.map { ["required": [.string($0)]] }) }
    if !section.alternatives.isEmpty {
      let pairs = section.alternatives.indices.flatMap { first in
        section.alternatives[(first + 1)...].map { (section.alternatives[first], $0) }
      }
      object["not"] = ["anyOf": .array(pairs.map { ["required": [.string($0), .string($1)]] })]
    }
    return .object(object)
  }

  private mutating func schema(of kind: ValueKind) -> JSONValue {
    switch kind {
    // YAML reads 0001 or 09:30:00 without quotes as a number; the decoder takes it as it is written.
    case .text: ["type": ["string", "number"]]
    case .bool: ["type": "boolean"]
    case .whole: ["type": "integer", "minimum": 0]
    case .positive: ["type": "integer", "minimum": 1]
    case .chance: ["type": "number", "minimum": 0, "maximum": 1]
    case .number(let range):
      ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
    case .speed:
      ["anyOf": [["type": "number", "exclusiveMinimum": 0, "maximum": .number(PlaySpeed.fastest)], ["const": "max"]]]
    case .duration: ["type": "string", "pattern": #"^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d))+$"#]
    case .timeOfDay:
      ["type": ["string", "number"], "pattern": #"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"#]
    case .day: ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"]
    case .size: ["type": ["string", "integer"], "pattern": "^[0-9]+ ?([KMGkmg]?[Bb])?$"]
    case .account: ["type": "string", "pattern": "^[0-9]{8}-[0-9]{2}$"]
    case .anything: [:]
    case .word(let words): ["enum": .array(words.map { .string($0) })]
    case .list(let element): listSchema(of: element, atLeast: 0)
    case .some(let element): listSchema(of: element, atLeast: 1)
    case .several(let element): ["type": "array", "items": schema(of: element), "minItems": 2]
    case .map(let value): ["type": "object", "additionalProperties": schema(of: value)]
    case .either(let kinds): .object(JSONObject([("anyOf", .array(kinds.map { schema(of: $0) }))]))
    case .section(let section): reference(to: section.name) { $0.schema(of: section) }
    case .fault: reference(to: "fault") { $0.faultSchema() }
    }
  }

  private mutating func listSchema(of element: ValueKind, atLeast least: Int) -> JSONValue {
    let schema = schema(of: element)
    var list: JSONObject = ["type": "array", "items": schema]
    if least > 0 { list["minItems"] = .number(least) }
    return ["anyOf": [schema, .object(list)]]
  }

  private mutating func reference(to name: String, _ make: (inout SchemaDefinitions) -> JSONValue) -> JSONValue {
    if !all.contains(where: { $0.0 == name }) {
      let index = all.count
      all.append((name, .null))
      all[index].1 = make(&self)
    }
    return ["$ref": .string("#/$defs/\(name)")]
  }

  /// A fault's name alone, or a mapping with its name, its own settings and the conditions of all faults.
  private mutating func faultSchema() -> JSONValue {
    let conditions = reference(to: "conditions") { definitions in
      ["properties": definitions.schema(of: ScenarioKeys.faultConditions)["properties"] ?? [:]]
    }
    let plain = Fault.table.filter(\.settings.isEmpty).map { JSONValue.string($0.name.rawValue) }
    let withoutSettings: JSONValue = ["properties": ["name": ["enum": .array(plain)]]]
    let withSettings = Fault.table.filter { !$0.settings.isEmpty }.map { schema(of: $0) }
    return [
      "anyOf": [
        ["enum": .array(FaultName.allCases.map { .string($0.rawValue) })],
        [
          "type": "object", "required": ["name"], "allOf": [conditions],
          "oneOf": .array([withoutSettings] + withSettings), "unevaluatedProperties": false,
        ],
      ]
    ]
  }

  private mutating func schema(of fault: Fault) -> JSONValue {
    var properties = [JSONObject.Member("name", ["const": .string(fault.name.rawValue)])]
    for setting in fault.settings {
      var schema = schema(of: setting.kind).object ?? JSONObject()
      schema["description"] = .string("\(setting.summary) (default \(setting.standard.written))")
      properties.append(.init(setting.name, .object(schema)))
    }
    return ["description": .string(fault.summary), "properties": .object(JSONObject(properties))]
  }
}

extension Fault.Setting {
  fileprivate var kind: ValueKind {
    switch standard {
    case .number: .number(ConfiguredFault.numbers)
    case .duration: .duration
    case .text: .text
    }
  }
}
