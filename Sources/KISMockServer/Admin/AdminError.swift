import KISRecording
import KISSandbox
import KISScenario
import KISWire

/// Why a call of the admin API was refused, for people: what was wrong, what to do, what may have been meant.
struct AdminError: Error {
  /// The HTTP status.
  var status: Int
  var message: String
  var hint: String?
  /// The closest valid names, best first.
  var nearest: [String] = []

  var json: JSONValue {
    var error: JSONObject = ["message": .string(message)]
    error["hint"] = hint.map { .string($0) }
    if !nearest.isEmpty { error["nearest"] = .array(nearest.map { .string($0) }) }
    return ["error": .object(error)]
  }

  /// A body or parameter that cannot be understood (400).
  static func badRequest(_ message: String, hint: String? = nil, nearest: [String] = []) -> AdminError {
    AdminError(status: 400, message: message, hint: hint, nearest: nearest)
  }

  /// A name that stands for nothing (404).
  static func unknown(_ what: String, _ name: String, known: [String]) -> AdminError {
    AdminError(
      status: 404, message: "there is no \(what) `\(name)`",
      hint: known.isEmpty ? "there is none at all" : "there are: \(known.joined(separator: ", "))",
      nearest: Similarity.nearest(to: name, in: known))
  }

  /// What a thrown error becomes.
  init(_ error: any Error) {
    switch error {
    case let error as AdminError: self = error
    case let error as ReplayError: self.init(status: 409, message: error.description)
    // Without its excerpt: no answer shows what stands in a file.
    case let error as RecordingError:
      let place = [error.line?.number, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      self.init(status: 409, message: "\(error.file)\(place): \(error.code)")
    case let error as AccountError: self.init(status: 409, message: error.description)
    case let error as SteeringError: self.init(status: 409, message: error.description)
    case let error as SandboxError: self.init(status: 409, message: error.description)
    case let error as MockServerError: self.init(status: 409, message: error.description)
    case let error as WireError:
      self.init(status: 400, message: "the body is no JSON: \(error)", hint: "send one JSON object, or nothing")
    case let error as ScenarioError:
      self.init(status: 400, message: error.description, nearest: [error.nearest].compactMap(\.self))
    default: self.init(status: 500, message: "\(error)")
    }
  }

  init(status: Int, message: String, hint: String? = nil, nearest: [String] = []) {
    self.status = status
    self.message = message
    self.hint = hint
    self.nearest = nearest
  }
}
