import KISSandbox
import KISScenario
import Logging

/// What clients do, one line each on stderr, so that people see which registration arrived and which request matched
/// nothing.
struct EntryLog {
  let logger: Logger

  func write(_ entry: JournalEntry) {
    let session = entry.session.map { "session \($0): " } ?? ""
    switch entry.content {
    case .request(let request, let answer):
      let what = [request.method, request.path, request.transactionID].filter { !$0.isEmpty }.joined(separator: " ")
      let status = answer.status.map(String.init) ?? "no answer"
      let part = answer.sent == .part ? "cut off" : ""
      let said = [status, answer.code, part].filter { !$0.isEmpty }.joined(separator: " ")
      let line = "\(what) → \(said) (\(answer.source.rawValue))"
      guard answer.isMatched else {
        logger.warning("\(line); nothing matched\(nearest(answer.nearMisses))")
        return
      }
      logger.info("\(line)")
    case .register(let registration): write("registers", registration, session, success: "OPSP0000")
    case .release(let registration): write("releases", registration, session, success: "OPSP0001")
    case .connect(let path): logger.info("\(session)connected on \(path)")
    case .disconnect(let reason): logger.info("\(session)gone: \(reason)")
    case .fault(let name, let detail): logger.info("\(session)fault \(name): \(detail)")
    case .message(let text): logger.debug("\(session)\(text)")
    }
  }

  private func write(_ verb: String, _ registration: JournalRegistration, _ session: String, success: String) {
    let line = "\(session)\(verb) \(registration.transactionID) \(registration.key) → \(registration.code)"
    if registration.code == success, registration.isFed {
      logger.info("\(line)")
    } else {
      logger.warning("\(line)\(registration.isFed ? "" : ", but nothing plays it")\(nearest(registration.nearMisses))")
    }
  }

  private func nearest(_ misses: [NearMiss]) -> String {
    misses.isEmpty ? "" : "; nearest: " + misses.map(\.description).joined(separator: " | ")
  }
}
