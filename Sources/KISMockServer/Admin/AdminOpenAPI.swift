import KISWire

/// The OpenAPI 3.1 description of the admin API, written from its routes and schemas, so that it cannot be wrong.
enum AdminOpenAPI {
  static let document: JSONValue = [
    "openapi": "3.1.0",
    "info": [
      "title": "kis-mock admin API", "version": .string(MockServer.version),
      "description": "Controls a mock of Korea Investment & Securities' Open API: replay, clock, sessions, sandboxes.",
    ],
    "servers": [["url": "http://127.0.0.1:9443/__admin"]],
    "paths": paths,
    "components": [
      "parameters": [
        "sandbox": [
          "name": "sandbox", "in": "query", "schema": ["type": "string"],
          "description":
            "The sandbox that is meant; the header X-Kis-Mock-Sandbox says the same. Default: the one of the port.",
        ]
      ],
      "schemas": schemas,
    ],
  ]

  private static var paths: JSONValue {
    var paths: JSONObject = [:]
    for route in AdminRoutes.all {
      var operations = paths[route.path]?.object ?? [:]
      operations[route.method.rawValue.lowercased()] = route.operation
      paths[route.path] = .object(operations)
    }
    return .object(paths)
  }

  /// Every schema that a route mentions, and those that these mention, by name.
  private static var schemas: JSONValue {
    var found: [String: AdminSchema] = [:]
    var waiting = AdminRoutes.all.flatMap { [$0.takes, $0.answers].compactMap(\.self) } + [.failure]
    while let schema = waiting.popLast() {
      guard found[schema.name] == nil else { continue }
      found[schema.name] = schema
      waiting += schema.members.compactMap(\.kind.schema)
    }
    return .object(JSONObject(found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
  }
}

extension AdminRoute {
  /// `getReplay`, `postReplaySeek`: the name of a generated client's method.
  var operationID: String {
    let words = path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return method.rawValue.lowercased() + words.joined()
  }

  fileprivate var operation: JSONValue {
    var operation: JSONObject = ["operationId": .string(operationID), "summary": .string(summary)]
    operation["parameters"] = .array(parameters)
    if let takes {
      operation["requestBody"] = [
        "required": .bool(takes.members.contains(where: \.isRequired)),
        "content": ["application/json": ["schema": takes.reference]],
      ]
    }
    operation["responses"] = ["200": success, "default": AdminRoute.failure]
    return .object(operation)
  }

  private var parameters: [JSONValue] {
    let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment -> JSONValue in
      [
        "name": .string(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
        "schema": ["type": "string"],
      ]
    }
    let inQuery = query.map { member -> JSONValue in
      [
        "name": .string(member.name), "in": "query", "schema": member.kind.json,
        "description": .string(member.note),
      ]
    }
    return inPath + inQuery + [["$ref": "#/components/parameters/sandbox"]]
  }

  private var success: JSONValue {
    let content: JSONValue =
      if let answers {
        ["application/json": ["schema": answers.reference]]
      } else {
        .object([
          media?.type ?? "text/plain": ["schema": ["type": media?.type == "application/json" ? "object" : "string"]]
        ])
      }
    return ["description": .string(answers?.note ?? media?.note ?? summary), "content": content]
  }

  private static let failure: JSONValue = [
    "description": .string(AdminSchema.failure.note),
    "content": ["application/json": ["schema": AdminSchema.failure.reference]],
  ]
}

extension AdminSchema {
  fileprivate var reference: JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

  fileprivate var json: JSONValue {
    var properties: JSONObject = [:]
    for member in members {
      // Beside a reference OpenAPI 3.1 takes a description too.
      var property = member.kind.json.object ?? [:]
      property["description"] = .string(member.note)
      properties[member.name] = .object(property)
    }
    return [
      "type": "object", "description": .string(note), "properties": .object(properties),
      "required": .array(members.filter(\.isRequired).map { .string($0.name) }), "additionalProperties": false,
    ]
  }
}

extension AdminSchema.Kind {
  /// The schema that it mentions.
  fileprivate var schema: AdminSchema? {
    switch self {
    case .object(let schema): schema
    case .list(let kind), .map(let kind), .orNull(let kind): kind.schema
    default: nil
    }
  }

  /// As JSON Schema.
  fileprivate var json: JSONValue {
    switch self {
    case .text: ["type": "string"]
    case .word(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
    case .whole(.min, .max): ["type": "integer", "format": "int64"]
    case .whole(let least, .max): ["type": "integer", "format": "int64", "minimum": .number(least)]
    case .whole(let least, let most):
      ["type": "integer", "format": "int64", "minimum": .number(least), "maximum": .number(most)]
    case .flag: ["type": "boolean"]
    case .decimal: ["type": "number"]
    case .duration:
      ["type": "string", "pattern": #"^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d))+$"#, "examples": ["1.5s", "10m"]]
    case .timeOfDay:
      [
        "type": "string", "pattern": #"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"#,
        "examples": ["09:30:00"],
      ]
    case .speed: ["oneOf": [["type": "number", "exclusiveMinimum": 0], ["type": "string"]], "examples": [60, "max"]]
    case .list(let kind): ["type": "array", "items": kind.json]
    case .object(let schema): schema.reference
    case .map(let kind): ["type": "object", "additionalProperties": kind.json]
    case .orNull(let kind): ["oneOf": [kind.json, ["type": "null"]]]
    case .anything: [:]
    case .scenario(let name):
      ["externalDocs": ["url": .string("../scenarios/schema.json#/$defs/\(name)")]]
    }
  }
}
