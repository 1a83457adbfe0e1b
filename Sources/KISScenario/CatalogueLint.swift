import KISWire

extension TextPattern {
  /// A message for each alternative that is no realtime TR; those with `*` are not looked up.
  var unknownRealtimeIDs: [LintRemark] {
    exact.filter { Catalogue.realtime(TransactionID($0)) == nil }.map {
      TextPattern.unknown(
        "realtime TR", $0, nearest: Catalogue.nearest(to: TransactionID($0), count: 1).first?.rawValue)
    }
  }

  var unknownRESTIDs: [LintRemark] {
    exact.filter { Catalogue.rest(TransactionID($0)) == nil }.map {
      TextPattern.unknown("REST tr_id", $0, nearest: Catalogue.nearest(to: TransactionID($0), count: 1).first?.rawValue)
    }
  }

  var unknownPaths: [LintRemark] {
    exact.filter { Catalogue.rest(path: $0) == nil }.map {
      TextPattern.unknown("path", $0, nearest: Catalogue.nearest(toPath: $0, count: 1).first)
    }
  }

  private var exact: [String] { alternatives.filter { !$0.contains("*") } }

  fileprivate static func unknown(_ kind: String, _ name: String, nearest: String?) -> LintRemark {
    LintRemark("KIS has no \(kind) `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""), value: name)
  }
}

extension RequestPattern {
  /// Ids, paths and parameters that KIS does not have.
  var unknownNames: [LintRemark] {
    (transactionID?.unknownRESTIDs ?? []) + (path?.unknownPaths ?? []) + unknownParameters
  }

  private var unknownParameters: [LintRemark] {
    let apis =
      (transactionID?.alternatives ?? []).compactMap { Catalogue.rest(TransactionID($0)) }
      + (path?.alternatives ?? []).compactMap { Catalogue.rest(path: $0) }
    let known = apis.flatMap(\.parameters).map(\.name)
    guard !known.isEmpty else { return [] }
    return parameters.map(\.name).filter { name in !known.contains { $0.lowercased() == name.lowercased() } }.map {
      TextPattern.unknown("parameter", $0, nearest: Similarity.nearest(to: $0, in: known, count: 1).first)
    }
  }
}

extension JournalExpectation {
  /// Ids and paths of what has to happen that KIS does not have; what has to be absent may have any name.
  var unknownNames: [LintRemark] {
    switch claim {
    case .count(_, .atMost), .count(_, .exactly(0)): []
    case .count(let query, _): query.subject.unknownNames
    case .order(let queries): queries.flatMap(\.subject.unknownNames)
    }
  }
}

extension JournalQuery.Subject {
  fileprivate var unknownNames: [LintRemark] {
    switch self {
    case .request(let pattern): pattern.unknownNames
    case .register(let pattern), .release(let pattern), .frame(let pattern):
      pattern.transactionID?.unknownRealtimeIDs ?? []
    case .message, .connect, .disconnect, .fault: []
    }
  }
}

extension Answer {
  /// A code that nothing is known of, so that the answer would have no text.
  var unknownNames: [LintRemark] {
    guard case .code(let code) = body else { return [] }
    return MessageCode.unknownName(code).map { [$0] } ?? []
  }
}

extension OrderRule {
  /// A code to refuse orders with that nothing is known of.
  var unknownNames: [LintRemark] {
    actions.compactMap { if case .reject(let code) = $0 { MessageCode.unknownName(code) } else { nil } }
  }
}

extension MessageCode {
  /// What to say of a code that is not in the table; nil when it is.
  fileprivate static func unknownName(_ code: String) -> LintRemark? {
    guard MessageCode(code).text == nil else { return nil }
    let nearest = Similarity.nearest(to: code, in: all.map(\.rawValue), count: 1).first
    return TextPattern.unknown("message code", code, nearest: nearest)
  }
}

extension Emission {
  /// A frame whose TR does not exist, or a text that looks like a frame and is none.
  var unknownNames: [LintRemark] {
    guard case .text(let text) = content, text.hasPrefix("0|") || text.hasPrefix("1|") else { return [] }
    do {
      return TextPattern([try Frame(parsing: text).transactionID.rawValue]).unknownRealtimeIDs
    } catch {
      return ["the message is no frame: \(error)"]
    }
  }
}
