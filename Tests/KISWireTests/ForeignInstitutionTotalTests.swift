import Facts
import KISWire
import Testing

struct ForeignInstitutionTotalTests {
  static let documented = [
    "FID_COND_MRKT_DIV_CODE": "V", "FID_COND_SCR_DIV_CODE": "16449", "FID_INPUT_ISCD": "0001", "FID_DIV_CLS_CODE": "1",
    "FID_RANK_SORT_CLS_CODE": "0", "FID_ETC_CLS_CODE": "2",
  ]

  @Test("the captured rows decode and encode to the same bytes", .proves("2.6 captured row"))
  func rows() throws {
    let captured = try #require(Sample.answers.first { $0.id == "fit-20240702" })
    let envelope = try Envelope(parsing: Array(captured.text.utf8))
    let rows = try envelope.rows("output").map(ForeignInstitutionTotal.Row.init)
    let samsung = try #require(rows.first)
    #expect(samsung.code == "005930")
    #expect(samsung.netQuantity == -903_000)
    #expect(samsung.net[.institution] == .init(quantity: -903_000, amount: -73_865))
    #expect(samsung.net[.otherCorporation] == .init(quantity: 29_000, amount: 2_372))
    #expect(samsung.sign == .flat)
    let rebuilt = Envelope.success(["output": .array(rows.map { .object($0.json) })])
    #expect(rebuilt.text == captured.text)
  }

  @Test("a row has the catalogue's 26 members in order", .proves("2.6 reply"))
  func members() throws {
    let row = ForeignInstitutionTotal.Row(
      name: "", code: "", netQuantity: 0, price: 0, sign: .flat, change: 0, changeRate: 0, totalQuantity: 0, net: [:])
    let api = try #require(Catalogue.rest(.foreignInstitutionTotal))
    #expect(row.json.names == api.outputs.first?.fields)
    #expect(api.path == ForeignInstitutionTotal.path)
  }

  @Test("a query is read in any case of names and written in the document's order")
  func query() throws {
    let query = try ForeignInstitutionTotal.Query(Self.documented)
    #expect(query == .init(industry: "0001", measure: .amount, sort: .netBuying, investor: .institution))
    let lower = Dictionary(uniqueKeysWithValues: Self.documented.map { ($0.lowercased(), $1) })
    #expect(try ForeignInstitutionTotal.Query(lower) == query)
    let api = try #require(Catalogue.rest(.foreignInstitutionTotal))
    #expect(Set(query.parameters.map(\.name)) == Set(api.parameters.map(\.name)))
    #expect(
      try ForeignInstitutionTotal.Query(Dictionary(uniqueKeysWithValues: query.parameters.map { ($0, $1) })) == query)
  }

  @Test("each missing parameter is named", arguments: Array(documented.keys))
  func missing(name: String) throws {
    var parameters = Self.documented
    parameters[name] = nil
    let error = try #require(throws: ParameterError.self) { try ForeignInstitutionTotal.Query(parameters) }
    #expect(error == ParameterError(name, .missing))
  }

  @Test("each impossible value is named", arguments: Array(documented.keys).filter { $0 != "FID_INPUT_ISCD" })
  func invalid(name: String) throws {
    var parameters = Self.documented
    parameters[name] = "X"
    let error = try #require(throws: ParameterError.self) { try ForeignInstitutionTotal.Query(parameters) }
    #expect(error == ParameterError(name, .invalid("X")))
  }

  @Test("empty values mean the first choice")
  func empty() throws {
    let query = try ForeignInstitutionTotal.Query(Self.documented.mapValues { _ in "" })
    #expect(query == .init())
  }

  @Test("a row with a missing or broken member is an error that names it")
  func broken() throws {
    let captured = try #require(Sample.answers.first { $0.id == "fit-20240702" })
    var row = try #require(try Envelope(parsing: Array(captured.text.utf8)).rows("output").first)
    row["bank_ntby_qty"] = "x"
    let error = try #require(throws: WireError.self) { try ForeignInstitutionTotal.Row(row) }
    #expect(error.expected.contains("bank_ntby_qty"))
    row["bank_ntby_qty"] = nil
    #expect(throws: WireError.self) { try ForeignInstitutionTotal.Row(row) }
  }

  @Test(
    "rates have two decimals",
    arguments: [
      (0.0, "0.00"), (-0.14, "-0.14"), (0.005, "0.01"), (12.3, "12.30"), (-100, "-100.00"), (.nan, "0.00"),
      (1e300, "0.00"),
    ])
  func rates(number: Double, text: String) {
    #expect(number.twoDecimals == text)
  }
}
