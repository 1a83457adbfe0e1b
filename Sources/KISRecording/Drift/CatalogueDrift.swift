public import KISWire

extension Drift {
  /// Compares a catalogue's file with the catalogue that is built in.
  ///
  /// - Parameter dialect: the layouts to compare with; nil takes those of the file's own day.
  public init(of file: CatalogueFile, dialect: Dialect? = nil) throws(WireError) {
    var layouts = dialect ?? .latest()
    if dialect == nil, let day = file.day { layouts = try Dialect(day: day) }
    var findings = DriftFindings()
    var (frames, exchanges) = (0, 0)
    for entry in file.entries {
      let place = DriftPlace(line: entry.line, offset: 0)
      if entry.content["path"] == nil {
        frames += 1
        CatalogueDrift.compareTR(entry.content, with: layouts, at: place, into: &findings)
      } else {
        exchanges += 1
        CatalogueDrift.compareAPI(entry.content, at: place, into: &findings)
      }
    }
    self.init(findings: findings.all, frames: frames, exchanges: exchanges)
  }
}

/// Compares single entries of a catalogue's file.
private enum CatalogueDrift {
  static func compareTR(
    _ entry: JSONValue, with dialect: Dialect, at place: DriftPlace, into findings: inout DriftFindings
  ) {
    let id = TransactionID(entry["tr_id"]?.string ?? "")
    guard let known = Catalogue.realtime(id) else {
      let nearest = Catalogue.nearest(to: id, count: 1).first.map { ", nearest is \($0.rawValue)" } ?? ""
      findings.add(
        .unknownTR, id.rawValue, expected: "a TR of the catalogue\(nearest)", found: id.rawValue, at: place)
      return
    }
    if let key = entry["key"]?.string, key != known.key.rawValue {
      findings.add(.key, id.rawValue, field: "key", expected: known.key.rawValue, found: key, at: place)
    }
    if let isEncrypted = entry["encrypted"]?.bool, isEncrypted != known.isEncrypted {
      findings.add(
        .type, id.rawValue, field: "encrypted", expected: "\(known.isEncrypted)", found: "\(isEncrypted)", at: place)
    }
    guard let fields = entry["fields"]?.array?.compactMap(\.string).map(WrittenField.init) else { return }
    let layout = dialect.layout(of: id)
    let width = entry["width"]?.int ?? fields.count
    if width != layout.width {
      findings.add(
        .width, id.rawValue, expected: "\(layout.width) values (\(layout.source))", found: "\(width) values", at: place)
    }
    for (field, name) in zip(fields, layout.fields) {
      if field.name.lowercased() != name.lowercased() {
        // An inserted field shifts all that follow, so only the first difference is reported.
        findings.add(.unknownField, id.rawValue, field: name, expected: name, found: field.name, at: place)
        return
      }
      compareKind(of: field, id.rawValue, at: place, into: &findings)
    }
  }

  static func compareAPI(_ entry: JSONValue, at place: DriftPlace, into findings: inout DriftFindings) {
    let (method, path) = (entry["method"]?.string, entry["path"]?.string ?? "")
    let subject = [method, path].compactMap { $0 }.joined(separator: " ")
    guard let api = Catalogue.rest(path: path, method: method) else {
      let nearest = Catalogue.nearest(toPath: path, count: 1).first.map { ", nearest is \($0)" } ?? ""
      findings.add(.unknownAPI, subject, expected: "an API of the catalogue\(nearest)", found: path, at: place)
      return
    }
    let ids = (api.ids + api.paperIDs + api.otherIDs).map(\.rawValue)
    for id in entry["tr_id"]?.array?.compactMap(\.string) ?? [] where !ids.contains(id) {
      findings.add(.unknownTR, subject, field: id, expected: ids.joined(separator: " or "), found: id, at: place)
    }
    for output in entry["outputs"]?.array ?? [] {
      let key = output["key"]?.string ?? ""
      guard let known = api.outputs.first(where: { $0.key.lowercased() == key.lowercased() }) else {
        findings.add(.unknownField, subject, field: key, expected: "no such output", found: key, at: place)
        continue
      }
      compare(output, with: known, subject, at: place, into: &findings)
    }
  }

  private static func compare(
    _ output: JSONValue, with known: RESTAPI.Output, _ subject: String, at place: DriftPlace,
    into findings: inout DriftFindings
  ) {
    if let shape = output["shape"]?.string, shape != known.shape.rawValue {
      findings.add(.shape, subject, field: known.key, expected: known.shape.rawValue, found: shape, at: place)
    }
    guard let fields = output["fields"]?.array?.compactMap(\.string).map(WrittenField.init) else { return }
    let (names, knownNames) = (fields.map { $0.name.lowercased() }, known.fields.map { $0.lowercased() })
    for field in fields where !knownNames.contains(field.name.lowercased()) {
      findings.add(
        .unknownField, subject, field: "\(known.key).\(field.name)", expected: "no such field", found: field.name,
        at: place)
    }
    for name in known.fields where !names.contains(name.lowercased()) {
      findings.add(
        .missingField, subject, field: "\(known.key).\(name)", expected: "the field \(name)", found: "none", at: place)
    }
    for field in fields { compareKind(of: field, subject, at: place, into: &findings) }
  }

  private static func compareKind(
    of field: WrittenField, _ subject: String, at place: DriftPlace, into findings: inout DriftFindings
  ) {
    let kind = FieldKind(name: field.name)
    guard let written = field.kind, written != kind.rawValue else { return }
    findings.add(.type, subject, field: field.name, expected: kind.phrase, found: written, at: place)
  }
}

/// A field as a file writes it: `NAME`, or `NAME number`. Names may have blanks in them.
private struct WrittenField {
  var name: String
  var kind: String?

  init(_ text: String) {
    let kinds = ["number", "digits", "text"].filter { text.hasSuffix(" " + $0) }
    kind = kinds.first
    name = kind.map { String(text.dropLast($0.count + 1)) } ?? text
  }
}
