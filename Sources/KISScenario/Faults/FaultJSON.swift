public import KISWire

extension Fault {
  /// For programs: `name`, `level`, `occasion`, `summary`, and `settings` with `name`, `kind`, `default`, `summary`.
  public var json: JSONValue {
    [
      "name": .string(name.rawValue), "level": .string(level.rawValue), "occasion": .string(occasion.rawValue),
      "summary": .string(summary),
      "settings": .array(
        settings.map { setting in
          [
            "name": .string(setting.name), "kind": .string(setting.standard.kind), "default": setting.standard.json,
            "summary": .string(setting.summary),
          ]
        }),
    ]
  }
}

extension FaultValue {
  fileprivate var json: JSONValue {
    if case .number(let value) = self { .number(value) } else { .string(written) }
  }
}
