public import KISWire

/// A catalogue as a file, to be compared with the one that is built in: what somebody read off the portal today, or what
/// another version of kis-mock knew.
///
/// JSON Lines. The first line is `{"kis_catalogue":1,"as_of":"2026-09-21","source":"…"}`, each further one a TR or an
/// API:
///
///     {"tr_id":"H0UPPGM0","key":"industry","encrypted":false,"width":88,"fields":["BSTP_CLS_CODE","BSOP_HOUR digits",…]}
///     {"method":"GET","path":"/uapi/…","tr_id":["FHPTJ04400000"],"outputs":[{"key":"output","shape":"array",
///      "fields":["hts_kor_isnm","ntby_qty number",…]}]}
///
/// The width is how many values a record has, by default as many as there are fields; a document may name fewer. A field
/// is its name, and, where a file says so, what it holds: `number`, `digits` or `text`. Members that are left
/// out are not compared.
public struct CatalogueFile: Sendable {
  /// One line: a TR or an API.
  public struct Entry: Sendable {
    /// Which line it is.
    public var line: LineNumber
    /// Its JSON.
    public var content: JSONValue
  }

  /// The day whose layouts it has; nil when it does not say.
  public let day: String?
  /// The TRs and APIs in the file's order, without its first line; one that comes twice is there twice.
  public let entries: [Entry]

  /// Whether bytes look like such a file.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
    return (try? JSONValue(parsing: Array(first)))?["kis_catalogue"] != nil
  }

  /// - Throws: ``RecordingError`` for a line that is not JSON, or is neither a TR nor an API.
  public init(parsing bytes: [UInt8], file: String) throws(RecordingError) {
    var day: String?
    var entries: [Entry] = []
    var number: LineNumber = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number = number.next
      guard line.contains(where: { $0 != 0x20 && $0 != 0x0D }) else { continue }
      let content: JSONValue
      do {
        content = try JSONValue(parsing: Array(line))
      } catch {
        throw RecordingError(
          .malformedLine, file: file, line: number, column: error.offset + 1,
          reason: "expected \(error.expected), found \(error.found)")
      }
      if number == 1 {
        day = content["as_of"]?.string
      } else if content["path"]?.string != nil || content["tr_id"]?.string != nil {
        entries.append(Entry(line: number, content: content))
      } else {
        throw RecordingError(
          .malformedLine, file: file, line: number, reason: "expected a TR with \"tr_id\" or an API with \"path\"",
          excerpt: String(content.text.prefix(60)))
      }
    }
    self.day = day
    self.entries = entries
  }

  /// The built-in catalogue in this form.
  public static func lines(of dialect: Dialect) -> [String] {
    let header: JSONValue = ["kis_catalogue": 1, "as_of": .string(dialect.day), "source": "kis-mock"]
    return [header.text] + Catalogue.realtime.map { line(of: $0, in: dialect) } + Catalogue.rest.map(line)
  }

  private static func line(of entry: RealtimeTR, in dialect: Dialect) -> String {
    let layout = dialect.layout(of: entry.id)
    let content: JSONValue = [
      "tr_id": .string(entry.id.rawValue), "name": .string(entry.koreanName), "key": .string(entry.key.rawValue),
      "encrypted": .bool(entry.isEncrypted), "width": .number(layout.width),
      "fields": .array(layout.fields.map(field)),
    ]
    return content.text
  }

  private static func line(of api: RESTAPI) -> String {
    let outputs: [JSONValue] = api.outputs.map {
      ["key": .string($0.key), "shape": .string($0.shape.rawValue), "fields": .array($0.fields.map(field))]
    }
    let content: JSONValue = [
      "method": .string(api.method), "path": .string(api.path), "name": .string(api.koreanName),
      "tr_id": .array((api.ids + api.paperIDs + api.otherIDs).map { .string($0.rawValue) }),
      "outputs": .array(outputs),
    ]
    return content.text
  }

  private static func field(_ name: String) -> JSONValue {
    let kind = FieldKind(name: name)
    return .string(kind == .text ? name : "\(name) \(kind.rawValue)")
  }
}
