import KISRecording
import KISWire
import Testing

@Suite("Drift between a recording and the catalogue")
struct DriftTests {
  private static func frame(_ id: String, _ values: [String], count: Int = 1) -> String {
    "0|\(id)|00\(count)|" + values.joined(separator: "^")
  }

  /// A program trading record as the documents have it, 88 values.
  private static let program = ["0001", "085913"] + Array(repeating: "0", count: 86)

  private static func drift(frames: [String]) throws -> Drift {
    let lines = frames.enumerated().map { #"{"t":\#($0.offset),"ws":"\#($0.element)"}"# }
    return try Drift(of: Samples.reader(lines.joined(separator: "\n") + "\n"))
  }

  private static func drift(_ method: String, _ path: String, _ id: String, body: String) throws -> Drift {
    let exchange = RecordedExchange(method: method, path: path, transactionID: id, body: body)
    var bytes = Array(Samples.headerLine.utf8)
    RecordedEvent(at: 1, .exchange(exchange)).appendLine(to: &bytes)
    return try Drift(of: RecordingReader(bytes: bytes))
  }

  @Test("there is none where frames are as documented, blanks, (null) and nan included")
  func none() throws {
    var odd = Self.program
    (odd[2], odd[3], odd[4], odd[5], odd[6]) = ("", "(null)", "-nan", "-0.50", "-00000000000903000")
    let drift = try Self.drift(frames: [Self.frame("H0UPPGM0", Self.program), Self.frame("H0UPPGM0", odd)])
    #expect(drift.findings.isEmpty)
    #expect(drift.frames == 2)
  }

  @Test("of a TR is told once, with its first line and how often it was seen")
  func unknownTR() throws {
    let frames = [Self.frame("H0UPPGM0", Self.program), Self.frame("H0UPPGM7", ["x"]), Self.frame("H0UPPGM7", ["y"])]
    let finding = try #require(try Self.drift(frames: frames).findings.first)
    #expect(finding.kind == .unknownTR)
    #expect(finding.subject == "H0UPPGM7")
    #expect(finding.expected == "a TR of the catalogue, nearest is H0UPPGM0")
    #expect((finding.line, finding.offset, finding.count) == (3, 1, 2))
  }

  @Test("of width is told by the layout of the recording's day, and by another day's when asked")
  func width() throws {
    let wider = try Self.drift(frames: [Self.frame("H0UPPGM0", Self.program + ["1"])])
    #expect(wider.findings.map(\.kind) == [.width])
    #expect(wider.findings.first?.expected == "88 values (KIS document)")
    #expect(wider.findings.first?.found == "89 values")

    let layout = try Dialect(day: "2023-01-02").layout(of: "H0STCNT0")
    let old = ["005930"] + Array(repeating: "1", count: layout.width - 1)
    let reader = try Samples.reader(#"{"t":0,"ws":"\#(Self.frame("H0STCNT0", old))"}"#)
    #expect(try Drift(of: reader).findings.map(\.found) == ["46 values"])
    #expect(try Drift(of: reader, dialect: Dialect(day: "2023-01-02")).findings.isEmpty)
  }

  @Test("of the count is told when it does not divide the values")
  func count() throws {
    let drift = try Self.drift(frames: [Self.frame("H0UPPGM0", Self.program + ["1"], count: 2)])
    #expect(drift.findings.map(\.field) == ["count"])
    #expect(drift.findings.first?.found == "89 values")
  }

  @Test(
    "of keys and types names the field",
    arguments: [
      (0, "005930", DriftFinding.Kind.key, "BSTP_CLS_CODE"), (1, "08:59", .type, "BSOP_HOUR"),
      (2, "1O", .type, "ARBT_SELN_ENTM_CNQN"), (87, "many", .type, "ACML_TR_PBMN"),
    ])
  func values(index: Int, value: String, kind: DriftFinding.Kind, field: String) throws {
    var values = Self.program
    values[index] = value
    let drift = try Self.drift(frames: [Self.frame("H0UPPGM0", Self.program), Self.frame("H0UPPGM0", values)])
    #expect(drift.findings.map(\.kind) == [kind])
    #expect(drift.findings.map(\.field) == [field])
    #expect(drift.findings.map(\.found) == [value])
    #expect(drift.findings.map(\.line) == [3])
  }

  @Test("of an API is told with the nearest path")
  func unknownAPI() throws {
    let path = "/uapi/domestic-stock/v1/quotations/inquire-prise"
    let finding = try #require(try Self.drift("GET", path, "FHKST01010100", body: "{}").findings.first)
    #expect(finding.kind == .unknownAPI)
    #expect(finding.expected.hasSuffix("nearest is /uapi/domestic-stock/v1/quotations/inquire-price"))
  }

  @Test("of answers is told for outputs, fields, shapes and types")
  func answers() throws {
    let path = "/uapi/domestic-stock/v1/quotations/investor-trend-estimate"
    let api = try #require(Catalogue.rest(path: path))
    let output = try #require(api.outputs.first)
    let row = Dictionary(uniqueKeysWithValues: output.fields.map { ($0, "1") })
    func findings(_ change: (inout [String: JSONValue]) -> Void, wrap: (JSONValue) -> JSONValue = { [$0] }) throws
      -> [String]
    {
      var members = row.mapValues { JSONValue.string($0) }
      change(&members)
      let value = wrap(.object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })))
      let body = JSONValue.object([output.key: value, "rt_cd": "0", "msg_cd": "MCA00000", "msg1": "ok"])
      return try Self.drift("GET", path, api.ids.first?.rawValue ?? "", body: body.text).findings.map {
        "\($0.kind.rawValue) \($0.field)"
      }
    }
    let field = try #require(output.fields.first)
    #expect(try findings { _ in } == [])
    #expect(try findings { $0[field] = nil } == ["missing-field \(output.key).\(field)"])
    #expect(try findings { $0["new_one"] = "1" } == ["unknown-field \(output.key).new_one"])
    #expect(try findings { $0[field] = 1 } == ["type \(output.key).\(field)"])
    #expect(try findings({ _ in }, wrap: { $0 }) == ["shape \(output.key)"])
    #expect(try findings({ _ in }, wrap: { _ in [] }) == [])
  }

  @Test("of a refused answer is not looked for, its tr_id is")
  func refusals() throws {
    let path = "/uapi/domestic-stock/v1/quotations/inquire-price"
    let refused = #"{"rt_cd":"1","msg_cd":"EGW00123","msg1":"x"}"#
    #expect(try Self.drift("GET", path, "FHKST01010100", body: refused).findings.isEmpty)
    let drift = try Self.drift("GET", path, "FHKST09990100", body: refused)
    #expect(drift.findings.map(\.kind) == [.unknownTR])
    #expect(drift.exchanges == 1)
  }
}
