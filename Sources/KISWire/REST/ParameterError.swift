/// A query parameter or body member that KIS refuses: HTTP 200, `rt_cd` "2", OPSQ2001 (PROTOCOL section 2.3).
public struct ParameterError: Error, Sendable, Hashable, CustomStringConvertible {
  /// KIS's spelling of the parameter.
  public var name: String
  /// What is wrong with it.
  public var problem: Problem

  /// What can be wrong with a parameter.
  public enum Problem: Sendable, Hashable {
    /// It is not there. An empty value is there.
    case missing
    /// It is not among the values that the document lists.
    case invalid(String)
  }

  /// A refusal of the parameter of that name.
  public init(_ name: String, _ problem: Problem) {
    self.name = name
    self.problem = problem
  }

  /// KIS's own text, as quotations write it. Account services write `ERROR : INPUT_FIELD_NAME X` for a missing one.
  public var message: String {
    switch problem {
    case .missing: "ERROR INPUT FIELD NOT FOUND [\(name)]"
    case .invalid: "ERROR INVALID \(name)"
    }
  }

  /// The body that KIS answers with.
  public var envelope: Envelope { .error(.invalidInput, message: message) }

  public var description: String {
    switch problem {
    case .missing: "\(name) is missing"
    case .invalid(let value): "\(name) cannot be \"\(value)\""
    }
  }
}
