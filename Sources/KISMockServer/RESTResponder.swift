import Foundation
import HTTPTypes
import HummingbirdCore
import KISSandbox
import KISWire
import Logging
import NIOCore

/// HTTP to a sandbox and back.
struct RESTResponder: Sendable {
  let directory: SandboxDirectory
  let cutting: CutConnections
  let bodyLimit: Int
  let logger: Logger

  /// An answer to write.
  struct Answered {
    var response: Response
    /// What the sandbox said, and which it was; nil when it was not asked.
    var outcome: (RESTOutcome, Sandbox)?

    /// Tells the sandbox that writing failed: the client was gone.
    func neverSent() async {
      if let (outcome, sandbox) = outcome { await sandbox.neverSent(outcome) }
    }
  }

  /// The answer to write; nil when it has gone out past HTTP's encoder, or never will.
  /// - Throws: when the request is no HTTP, or breaks off.
  func answer(_ request: Request, on channel: any Channel) async throws -> Answered? {
    var request = request
    let body: ByteBuffer
    do {
      body = try await request.collectBody(upTo: bodyLimit)
    } catch is NIOTooManyBytesError {
      return Answered(
        response: Response(status: .contentTooLarge, headers: [.contentLength: "0", .connection: "close"]))
    }
    var asked = RESTRequest(request, body: body)
    let sandbox =
      directory.sandbox(forAppKey: asked.appKey.isEmpty ? nil : asked.appKey)
      ?? directory.sandbox(forPort: channel.localAddress?.port)
    sandbox.clock.hold(.work)
    defer { sandbox.clock.release(.work) }
    asked.arrived = sandbox.clock.now
    let begun = HostTime.monotonicNanoseconds
    if sandbox.mayNeedDrawing(for: asked.path) { await sandbox.drawAhead(for: asked) }
    var outcome = await sandbox.respond(to: asked, bytesLeft: await cutting.bytesLeft(on: channel))
    if let unmatched = outcome.unmatched {
      outcome.entry = await sandbox.note(unmatched, nearest: await unmatched.nearestAside())
    }
    sandbox.requestTimes.observe(.nanoseconds(HostTime.monotonicNanoseconds - begun))
    switch outcome.content {
    case .answer(let answer):
      let head = answer.head(date: sandbox.clock.wallTime)
      let body = ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
      return Answered(
        response: Response(status: head.status, headers: head.headerFields, body: body), outcome: (outcome, sandbox))
    case .script(let outputs):
      do {
        try await ScriptedAnswer(outputs: outputs, sandbox: sandbox).send(on: channel)
      } catch {
        await sandbox.neverSent(outcome)
        throw error
      }
      return nil
    }
  }
}

extension RESTRequest {
  init(_ request: Request, body: ByteBuffer) {
    self.init(
      method: request.method.rawValue, path: request.uri.path, query: formParameters(request.uri.query),
      headers: request.headers.map { (name: $0.name.rawName, value: $0.value) },
      body: Array(body.readableBytesView))
  }
}

extension RESTAnswer {
  /// The head, with names in the case that KIS's own client tells apart: its fields lower case, HTTP's mixed.
  func head(date: KoreanTime) -> HTTPResponse {
    var fields = HTTPFields()
    fields.append(HTTPField(name: .contentType, value: contentType))
    fields.append(HTTPField(name: .contentLength, value: String(body.count)))
    fields.append(HTTPField(name: .date, value: date.httpDate))
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    return HTTPResponse(status: .init(code: status), headerFields: fields)
  }
}

/// Query parameters as clients write them, in the order sent: `+` is a blank, `%2B` a plus. KIS's own cursors are
/// padded with blanks, so who reads them otherwise never gets past the first page.
func formParameters(_ query: String?) -> [(name: String, value: String)] {
  guard let query else { return [] }
  return query.utf8.split(separator: UInt8(ascii: "&")).map { part in
    let name = part.prefix { $0 != UInt8(ascii: "=") }
    return (name: formText(name), value: formText(part[name.endIndex...].dropFirst()))
  }
}

/// Most names and values are written as they are.
private func formText(_ written: Substring.UTF8View) -> String {
  let text = String(Substring(written))
  guard written.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else { return text }
  let spaced = text.replacing("+", with: " ")
  return spaced.removingPercentEncoding ?? spaced
}
