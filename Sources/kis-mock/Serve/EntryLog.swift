import KISSandbox
import KISScenario
import KISWire
import Logging

/// What clients do, one line each on stderr, so that people see which registration arrived and which request matched
/// nothing.
struct EntryLog {
  let logger: Logger

  func write(_ entry: JournalEntry) {
    let session = entry.session.map { "session \($0): " } ?? ""
    switch entry.content {
    case .request(let request, let answer):
      guard answer.isMatched else {
        logger.warning("\(line(request, answer)); nothing matched\(nearest(answer.nearMisses))")
        return
      }
      logger.info("\(line(request, answer))\(EntryLog.hint(answer))")
    case .register(let registration): write("registers", registration, session, success: "OPSP0000")
    case .release(let registration): write("releases", registration, session, success: "OPSP0001")
    case .connect(let path): logger.info("\(session)connected on \(path)")
    case .disconnect(let reason): logger.info("\(session)gone: \(reason)")
    case .fault(let name, let detail): logger.info("\(session)fault \(name): \(detail)")
    case .message(let text): logger.debug("\(session)\(text)")
    }
  }

  private func line(_ request: ObservedRequest, _ answer: JournalAnswer) -> String {
    var line = request.method + " " + request.path
    if !request.transactionID.rawValue.isEmpty { line += " \(request.transactionID)" }
    line += " → " + (answer.status.map(String.init) ?? "no answer")
    if !answer.code.isEmpty { line += " " + answer.code }
    if answer.sent == .part { line += " cut off" }
    return line + " (" + answer.source.rawValue + ")"
  }

  private func write(_ verb: String, _ registration: JournalRegistration, _ session: String, success: String) {
    let line = "\(session)\(verb) \(registration.transactionID) \(registration.key) → \(registration.code)"
    if registration.code == success, registration.isFed {
      logger.info("\(line)")
    } else {
      logger.warning("\(line)\(registration.isFed ? "" : ", but nothing plays it")\(nearest(registration.nearMisses))")
    }
  }

  /// What to do about an answer whose cause is not obvious.
  private static func hint(_ answer: JournalAnswer) -> String {
    guard answer.source == .refusal, answer.code == MessageCode.invalidToken.rawValue else { return "" }
    return "; this start issued no such token: let the client ask for a new one, or serve with --stable-tokens"
  }

  private func nearest(_ misses: [NearMiss]) -> String {
    misses.isEmpty ? "" : "; nearest: " + misses.map(\.description).joined(separator: " | ")
  }
}
