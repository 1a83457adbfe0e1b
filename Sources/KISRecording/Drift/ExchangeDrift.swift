import KISWire

/// Compares answers of REST APIs with what the catalogue says is in them.
struct ExchangeDrift {
  /// Members of every answer, beside its outputs (PROTOCOL section 2.2).
  private static let envelope: Set<String> = ["rt_cd", "msg_cd", "msg1"]

  func compare(_ exchange: RecordedExchange, in event: RecordedEventView, into findings: inout DriftFindings) {
    let subject = "\(exchange.method) \(exchange.path)"
    let id = TransactionID(exchange.transactionID)
    guard let api = Catalogue.rest(path: exchange.path, method: exchange.method, id: id) else {
      let nearest = Catalogue.nearest(toPath: exchange.path, count: 1).first.map { ", nearest is \($0)" } ?? ""
      findings.add(.unknownAPI, subject, expected: "an API of the catalogue\(nearest)", found: exchange.path, in: event)
      return
    }
    compareID(exchange.transactionID, api, subject, in: event, into: &findings)
    guard let body = try? Envelope(parsing: exchange.body), body.isSuccess else { return }
    for output in api.outputs {
      guard let member = body.members.members.first(where: { $0.name.isSpelt(output.key) }) else {
        findings.add(
          .missingField, subject, field: output.key, expected: "the output \(output.key)",
          found: body.members.names.joined(separator: ", "), in: event)
        continue
      }
      compare(member.value, with: output, subject, in: event, into: &findings)
    }
    let known =
      api.outputs.map { $0.key.lowercased() } + (api.topLevelFields + api.paging.cursors).map { $0.lowercased() }
    for name in body.members.names
    where !known.contains(name.lowercased()) && !ExchangeDrift.envelope.contains(name.lowercased()) {
      findings.add(.unknownField, subject, field: name, expected: "no such member", found: name, in: event)
    }
  }

  private func compareID(
    _ id: String, _ api: RESTAPI, _ subject: String, in event: RecordedEventView, into findings: inout DriftFindings
  ) {
    let known = (api.ids + api.paperIDs + api.otherIDs).map(\.rawValue)
    guard !id.isEmpty, !known.isEmpty, !known.contains(id) else { return }
    findings.add(
      .unknownTR, subject, field: "tr_id", expected: known.joined(separator: " or "), found: id, in: event)
  }

  private func compare(
    _ value: JSONValue, with output: RESTAPI.Output, _ subject: String, in event: RecordedEventView,
    into findings: inout DriftFindings
  ) {
    let isArray = value.array != nil
    if isArray != (output.shape == .array) {
      findings.add(
        .shape, subject, field: output.key, expected: output.shape == .array ? "an array" : "an object",
        found: value.kind, in: event)
    }
    let rows = value.array?.compactMap(\.object) ?? [value.object].compactMap { $0 }
    guard let first = rows.first, !output.fields.isEmpty else { return }
    for field in output.fields where !first.names.contains(where: { $0.isSpelt(field) }) {
      findings.add(
        .missingField, subject, field: "\(output.key).\(field)", expected: "the field \(field)", found: "none",
        in: event)
    }
    for name in first.names where !output.fields.contains(where: { $0.isSpelt(name) }) {
      findings.add(
        .unknownField, subject, field: "\(output.key).\(name)", expected: "no such field", found: name, in: event)
    }
    for row in rows {
      for member in row.members {
        compareType(of: member, in: output, subject, in: event, into: &findings)
      }
    }
  }

  private func compareType(
    of member: JSONObject.Member, in output: RESTAPI.Output, _ subject: String, in event: RecordedEventView,
    into findings: inout DriftFindings
  ) {
    let field = "\(output.key).\(member.name)"
    guard case .string(let text) = member.value else {
      findings.add(.type, subject, field: field, expected: "text", found: member.value.kind, in: event)
      return
    }
    let kind = FieldKind(name: member.name)
    if !kind.accepts(Array(text.utf8)[...]) {
      findings.add(.type, subject, field: field, expected: kind.phrase, found: text, in: event)
    }
  }
}

extension String {
  /// Whether two names are the same but for upper and lower case, in which documents and the wire disagree.
  fileprivate func isSpelt(_ other: String) -> Bool { lowercased() == other.lowercased() }
}
