import KISWire

extension TextPattern {
  /// A message for each alternative that is no realtime TR; those with `*` are not looked up.
  var unknownRealtimeIDs: [String] {
    exact.filter { Catalogue.realtime(TransactionID($0)) == nil }.map {
      TextPattern.unknown(
        "realtime TR", $0, nearest: Catalogue.nearest(to: TransactionID($0), count: 1).first?.rawValue)
    }
  }

  var unknownRESTIDs: [String] {
    exact.filter { Catalogue.rest(TransactionID($0)) == nil }.map {
      TextPattern.unknown("REST tr_id", $0, nearest: Catalogue.nearest(to: TransactionID($0), count: 1).first?.rawValue)
    }
  }

  var unknownPaths: [String] {
    exact.filter { Catalogue.rest(path: $0) == nil }.map {
      TextPattern.unknown("path", $0, nearest: Catalogue.nearest(toPath: $0, count: 1).first)
    }
  }

  private var exact: [String] { alternatives.filter { !$0.contains("*") } }

  fileprivate static func unknown(_ kind: String, _ name: String, nearest: String?) -> String {
    "KIS has no \(kind) `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
  }
}

extension RequestPattern {
  /// Ids, paths and parameters that KIS does not have.
  var unknownNames: [String] {
    (transactionID?.unknownRESTIDs ?? []) + (path?.unknownPaths ?? []) + unknownParameters
  }

  private var unknownParameters: [String] {
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
  var unknownNames: [String] {
    switch claim {
    case .count(_, .atMost), .count(_, .exactly(0)): []
    case .count(let query, _): query.subject.unknownNames
    case .order(let queries): queries.flatMap(\.subject.unknownNames)
    }
  }
}

extension JournalQuery.Subject {
  fileprivate var unknownNames: [String] {
    switch self {
    case .request(let pattern): pattern.unknownNames
    case .register(let pattern), .release(let pattern), .frame(let pattern):
      pattern.transactionID?.unknownRealtimeIDs ?? []
    case .message, .connect, .disconnect, .fault: []
    }
  }
}

extension Answer {
  /// A code of the gateway, the inquiry or the realtime server that none of them sends.
  var unknownNames: [String] {
    guard case .code(let code) = body, ["EGW", "OPSQ", "OPSP"].contains(where: code.hasPrefix),
      MessageCode(code).text == nil
    else { return [] }
    let known = MessageCode.all.map(\.rawValue)
    return [TextPattern.unknown("message code", code, nearest: Similarity.nearest(to: code, in: known, count: 1).first)]
  }
}

extension Emission {
  /// A frame whose TR does not exist, or a text that looks like a frame and is none.
  var unknownNames: [String] {
    guard case .text(let text) = content, text.hasPrefix("0|") || text.hasPrefix("1|") else { return [] }
    do {
      return TextPattern([try Frame(parsing: text).transactionID.rawValue]).unknownRealtimeIDs
    } catch {
      return ["the message is no frame: \(error)"]
    }
  }
}
