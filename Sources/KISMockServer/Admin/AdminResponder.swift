import HTTPTypes
import HummingbirdCore
import KISSandbox
import KISWire
import NIOCore

/// HTTP to the admin API and back. It stands beside the sandboxes: no limit of theirs reaches it,
/// and no fault but those of TCP, which come before anybody knows what is asked.
struct AdminResponder: Sendable {
  static let root = "/__admin"

  let server: MockServer

  /// Whether a path is the admin API's.
  static func owns(path: String) -> Bool { path == root || path.hasPrefix(root + "/") }

  /// - Throws: when the request is no HTTP, or breaks off.
  func answer(_ request: Request, on channel: any Channel) async throws -> Response {
    var request = request
    let method = request.method == .head ? HTTPRequest.Method.get : request.method
    let path = String(request.uri.path.dropFirst(AdminResponder.root.count))
    let isPage = method == .get && AdminPage.owns(path, accept: request.headers[.accept] ?? "")
    let refusal = AdminDoor(server.configuration).refusal(method: method.rawValue, isPage: isPage) { name in
      HTTPField.Name(name).flatMap { request.headers[$0] } ?? (name == "host" ? request.head.authority : nil)
    }
    if let refusal { return AdminAnswer.json(refusal.json, status: refusal.status).response }
    if isPage, let page = AdminPage.answer(path) { return page.response }
    var raw = AdminCall.Raw(
      method: method.rawValue, path: path,
      query: request.uri.queryParameters.map { (name: String($0.key), value: String($0.value)) },
      sandboxHeader: request.headers.first { $0.name.canonicalName == "x-kis-mock-sandbox" }?.value,
      lastEventID: request.headers.first { $0.name.canonicalName == "last-event-id" }?.value,
      port: channel.localAddress?.port)
    do {
      raw.body = Array(try await request.collectBody(upTo: server.configuration.maximumBodySize).readableBytesView)
    } catch is NIOTooManyBytesError {
      let limit = server.configuration.maximumBodySize
      let error = AdminError(status: 413, message: "the body is larger than \(limit) bytes")
      var response = AdminAnswer.json(error.json, status: error.status).response
      response.headers[.connection] = "close"
      return response
    }
    return await answer(raw).response
  }

  /// Finds the route, checks the call, carries it out.
  func answer(_ raw: AdminCall.Raw) async -> AdminAnswer {
    if raw.method == "GET", raw.path.isEmpty || raw.path == "/" { return .text(AdminRoutes.listing) }
    let matching = AdminRoutes.all.compactMap { route in route.parameters(of: raw.path).map { (route, $0) } }
    guard let (route, path) = matching.first(where: { $0.0.method.rawValue == raw.method }) else {
      return matching.isEmpty ? notFound(raw) : wrongMethod(raw, allowed: matching.map(\.0.method.rawValue))
    }
    do {
      return try await route.handle(AdminCall(raw, by: route, path: path, at: server))
    } catch {
      let error = AdminError(error)
      return .json(error.json, status: error.status)
    }
  }

  private func notFound(_ raw: AdminCall.Raw) -> AdminAnswer {
    let error = AdminError(
      status: 404, message: "there is no \(AdminResponder.root)\(raw.path)",
      hint: "\(AdminResponder.root)/openapi.json lists everything there is",
      nearest: Similarity.nearest(to: raw.path, in: AdminRoutes.all.map(\.path)))
    return .json(error.json, status: error.status)
  }

  private func wrongMethod(_ raw: AdminCall.Raw, allowed: [String]) -> AdminAnswer {
    let error = AdminError(
      status: 405, message: "\(AdminResponder.root)\(raw.path) does not take \(raw.method)",
      hint: "use \(allowed.joined(separator: " or "))")
    var answer = AdminAnswer.json(error.json, status: error.status)
    answer.allow = allowed.joined(separator: ", ")
    return answer
  }
}

extension AdminAnswer {
  fileprivate var response: Response {
    var fields = headers
    fields[.contentType] = contentType
    fields[.contentLength] = String(body.count)
    fields[.allow] = allow
    fields[.cacheControl] = "no-store"
    if let stream {
      fields[.contentLength] = nil
      return Response(
        status: .init(code: status), headers: fields,
        body: ResponseBody { writer in
          try await stream(&writer)
          try await writer.finish(nil)
        })
    }
    return Response(
      status: .init(code: status), headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}
