import Foundation
import HTTPTypes
import HummingbirdCore
import KISWire

/// One route of the admin API: what it takes, what it answers, and who does it.
struct AdminRoute: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
  }

  let method: Method
  /// Behind `/__admin`; a segment in braces is a parameter: `/sandboxes/{name}`.
  let path: String
  /// One sentence.
  let summary: String
  /// Query parameters beside `sandbox`.
  let query: [AdminSchema.Member]
  /// The body; nil when there is none.
  let takes: AdminSchema?
  /// The answer; nil when it is no JSON object of ours.
  let answers: AdminSchema?
  /// The media type of an answer that is no JSON object of ours, with its shape in words.
  let media: (type: String, note: String)?
  let handle: @Sendable (AdminCall) async throws -> AdminAnswer

  init(
    _ method: Method, _ path: String, _ summary: String, query: [AdminSchema.Member] = [], takes: AdminSchema? = nil,
    answers: AdminSchema, _ handle: @escaping @Sendable (AdminCall) async throws -> JSONValue
  ) {
    self.init(method, path, summary, query: query, takes: takes, answers: answers, media: nil) {
      .json(try await handle($0))
    }
  }

  private init(
    _ method: Method, _ path: String, _ summary: String, query: [AdminSchema.Member], takes: AdminSchema?,
    answers: AdminSchema?, media: (type: String, note: String)?,
    _ handle: @escaping @Sendable (AdminCall) async throws -> AdminAnswer
  ) {
    self.method = method
    self.path = path
    self.summary = summary
    self.query = query
    self.takes = takes
    self.answers = answers
    self.media = media
    self.handle = handle
  }

  /// A GET whose answer is no JSON object of ours.
  ///
  /// - Parameters:
  ///   - media: the media type of the answer.
  ///   - note: the answer's shape in words.
  init(
    plain path: String, _ summary: String, _ media: String, _ note: String? = nil, query: [AdminSchema.Member] = [],
    _ handle: @escaping @Sendable (AdminCall) async throws -> AdminAnswer
  ) {
    self.init(
      .get, path, summary, query: query, takes: nil, answers: nil, media: (media, note ?? summary), handle)
  }

  /// The values of the segments in braces when a path is this route's; nil when it is not.
  func parameters(of path: String) -> [String: String]? {
    let wanted = self.path.split(separator: "/")
    let found = path.split(separator: "/")
    guard wanted.count == found.count else { return nil }
    var parameters: [String: String] = [:]
    for (wanted, found) in zip(wanted, found) {
      if wanted.hasPrefix("{") {
        parameters[String(wanted.dropFirst().dropLast())] = found.removingPercentEncoding ?? String(found)
      } else if wanted != found {
        return nil
      }
    }
    return parameters
  }
}

/// What a call is answered, before it becomes HTTP.
struct AdminAnswer: Sendable {
  var status = 200
  var contentType: String
  var body: [UInt8]
  /// Writes the body bit by bit, in place of ``body``; nil for an answer that is known whole.
  var stream: (@Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void)?
  /// The methods that would do, for 405.
  var allow: String?
  /// Headers beside those that every answer has.
  var headers = HTTPFields()

  static func json(_ value: JSONValue, status: Int = 200) -> AdminAnswer {
    AdminAnswer(status: status, contentType: "application/json; charset=utf-8", body: value.utf8)
  }

  /// The lines of a recording.
  static func recording(_ bytes: [UInt8]) -> AdminAnswer {
    AdminAnswer(contentType: "application/x-ndjson", body: bytes)
  }

  static func text(_ text: String) -> AdminAnswer {
    AdminAnswer(contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
  }

  static func events(_ events: AdminEvents) -> AdminAnswer {
    var answer = AdminAnswer(contentType: "text/event-stream; charset=utf-8", body: [])
    answer.stream = { writer in try await events.write(to: &writer) }
    return answer
  }
}
