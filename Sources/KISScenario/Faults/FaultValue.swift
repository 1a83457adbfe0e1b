/// The value of a fault's setting; the default's case says which kind is wanted.
public enum FaultValue: Sendable, Hashable {
  /// A whole number, never negative.
  case number(Int)
  case duration(Duration)
  case text(String)

  /// What kind it is, for lists: "number", "duration", "text".
  public var kind: String {
    switch self {
    case .number: "number"
    case .duration: "duration"
    case .text: "text"
    }
  }

  /// The value as scenarios write it; `""` for empty text.
  public var written: String {
    switch self {
    case .number(let value): "\(value)"
    case .duration(let value): value.written
    case .text(let value): value.isEmpty ? "\"\"" : value
    }
  }
}

/// The types that settings of faults have.
protocol FaultSettingValue: Sendable {
  /// nil when the value is of another kind.
  init?(_ value: FaultValue)
  var faultValue: FaultValue { get }
}

extension Int: FaultSettingValue {
  init?(_ value: FaultValue) {
    guard case .number(let number) = value else { return nil }
    self = number
  }

  var faultValue: FaultValue { .number(self) }
}

extension Duration: FaultSettingValue {
  init?(_ value: FaultValue) {
    guard case .duration(let duration) = value else { return nil }
    self = duration
  }

  var faultValue: FaultValue { .duration(self) }
}

extension String: FaultSettingValue {
  init?(_ value: FaultValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }

  var faultValue: FaultValue { .text(self) }
}
