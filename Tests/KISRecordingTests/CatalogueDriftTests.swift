import KISRecording
import KISWire
import Testing

@Suite("Drift between a catalogue's file and the catalogue")
struct CatalogueDriftTests {
  private static let header = #"{"kis_catalogue":1,"as_of":"2026-09-21"}"#

  private static func findings(_ lines: [String]) throws -> [DriftFinding] {
    let bytes = Array(([header] + lines).joined(separator: "\n").utf8)
    #expect(CatalogueFile.begins(bytes))
    return try Drift(of: CatalogueFile(parsing: bytes, file: "live.jsonl")).findings
  }

  @Test("there is none in what is printed")
  func none() throws {
    let lines = CatalogueFile.lines(of: .latest())
    let file = try CatalogueFile(parsing: Array(lines.joined(separator: "\n").utf8), file: "own")
    let drift = try Drift(of: file, dialect: .latest())
    #expect(drift.findings.isEmpty)
    #expect((drift.frames, drift.exchanges) == (61, 278))
  }

  @Test(
    "names what changed, and the line",
    arguments: [
      (#"{"tr_id":"H0UPPGM7"}"#, DriftFinding.Kind.unknownTR, "", "H0UPPGM7"),
      (#"{"tr_id":"H0UPPGM0","key":"stock"}"#, .key, "key", "stock"),
      (#"{"tr_id":"H0UPPGM0","encrypted":true}"#, .type, "encrypted", "true"),
      (#"{"tr_id":"H0UPPGM0","fields":["BSTP_CLS_CODE"]}"#, .width, "", "1 values"),
      (#"{"method":"GET","path":"/uapi/nowhere"}"#, .unknownAPI, "", "/uapi/nowhere"),
      (
        #"{"method":"GET","path":"/uapi/domestic-stock/v1/quotations/inquire-price","tr_id":["FHKST01010199"]}"#,
        .unknownTR, "FHKST01010199", "FHKST01010199"
      ),
      (
        #"{"method":"GET","path":"/uapi/domestic-stock/v1/quotations/inquire-price","outputs":[{"key":"output","shape":"array"}]}"#,
        .shape, "output", "array"
      ),
    ])
  func changes(line: String, kind: DriftFinding.Kind, field: String, found: String) throws {
    let finding = try #require(try Self.findings(["", line]).first)
    #expect((finding.kind, finding.field, finding.found, finding.line) == (kind, field, found, 3))
  }

  @Test("of a layout is told by the first value that is another, of a type by its field")
  func fields() throws {
    let layout = try Dialect(day: "2026-09-21").layout(of: "H0UPPGM0").fields
    var names = layout
    names.swapAt(4, 5)
    let swapped: JSONValue = ["tr_id": "H0UPPGM0", "fields": .array(names.map { .string($0) })]
    #expect(try Self.findings([swapped.text]).map(\.field) == [layout[4]])
    names = layout
    names[2] += " text"
    let typed: JSONValue = ["tr_id": "H0UPPGM0", "fields": .array(names.map { .string($0) })]
    let finding = try #require(try Self.findings([typed.text]).first)
    #expect((finding.kind, finding.field, finding.found) == (.type, layout[2], "text"))
  }

  @Test("Files that are none are refused with their line")
  func malformed() {
    #expect {
      _ = try CatalogueFile(parsing: Array((Self.header + "\n{\"a\":1}").utf8), file: "f")
    } throws: { error in
      "\(error)".hasPrefix("f:2: expected a TR with \"tr_id\" or an API with \"path\"")
    }
    #expect {
      _ = try CatalogueFile(parsing: Array((Self.header + "\n\nnonsense").utf8), file: "f")
    } throws: { error in
      "\(error)".hasPrefix("f:3:2: expected")
    }
  }
}
