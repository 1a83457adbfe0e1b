import HTTPTypes
import HummingbirdCore

/// The headers that browsers require before a page of another origin may use the mock (CORS, WHATWG Fetch section 3.2).
///
/// KIS itself answers none of it, and neither does the mock unless `--allow-origin` names the page.
struct CrossOrigin: Sendable {
  let door: AdminDoor

  /// The answer to a preflight of an allowed page; nil for everything else.
  func preflight(_ request: Request) -> Response? {
    guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
      let origin = request.headers[.origin], door.shares(with: origin)
    else { return nil }
    var fields: HTTPFields = [
      .accessControlAllowMethods: "GET, POST, PUT, DELETE, HEAD", .accessControlMaxAge: "600", .contentLength: "0",
    ]
    fields[.accessControlAllowHeaders] = request.headers[.accessControlRequestHeaders]
    var response = Response(status: .noContent, headers: fields)
    name(origin, in: &response)
    return response
  }

  /// Names an allowed page in an answer, so that its browser shows it the answer.
  func share(_ response: inout Response, with request: Request) {
    guard let origin = request.headers[.origin], door.shares(with: origin) else { return }
    name(origin, in: &response)
  }

  private func name(_ origin: String, in response: inout Response) {
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.vary] = "Origin"
    // What KIS's clients read beside the body.
    response.headers[.accessControlExposeHeaders] = "tr_id, tr_cont, gt_uid"
  }
}
