import Facts
import KISWire
import Testing

struct CatalogueTests {
  @Test(
    "the catalogue holds 61 realtime TRs and 278 APIs, each with what a mock needs", .proves("6 realtime", "6 REST"))
  func counts() {
    #expect(Catalogue.realtime.count == 61)
    #expect(Catalogue.rest.count == 278)
    #expect(
      Catalogue.realtime.allSatisfy { !$0.fields.isEmpty && !$0.koreanName.isEmpty && $0.path.hasPrefix("/tryitout/") })
    #expect(
      Catalogue.rest.allSatisfy { !$0.path.isEmpty && ["GET", "POST"].contains($0.method) && !$0.koreanName.isEmpty })
    #expect(
      Catalogue.rest.filter { !$0.path.hasPrefix("/oauth2") && $0.path != "/uapi/hashkey" }.allSatisfy {
        !$0.ids.isEmpty
      })
    #expect(Catalogue.rest.flatMap(\.outputs).allSatisfy { !$0.fields.isEmpty && $0.key.hasPrefix("o") })
  }

  @Test("every entry is found by each of its ids")
  func lookup() {
    for entry in Catalogue.realtime {
      #expect(Catalogue.realtime(entry.id) == entry)
      if let paperID = entry.paperID { #expect(Catalogue.realtime(paperID) == entry) }
    }
    for api in Catalogue.rest {
      #expect(Catalogue.rest(path: api.path) == api)
      for id in api.ids + api.paperIDs { #expect(Catalogue.rest(id) == api) }
    }
  }

  @Test("program trading has KIS's 88 names in order, misspelt ones included", .proves("5 layout"))
  func programTrading() throws {
    let entry = try #require(Catalogue.realtime("H0UPPGM0"))
    #expect(entry.fields.count == 88)
    #expect(entry.fields[50].name == "WHOL_ENTM_NTBY_QT")
    #expect(entry.fields[51].name == "ENTM_NTBY_QTY_RAT")
    #expect(entry.fields[71].name == "WHOL_SHUN_VOL_RATE")
    #expect(entry.fields[2].koreanName == "차익 매도 위탁 체결량")
    #expect(entry.key == .industry)
    #expect(!entry.isEncrypted)
    #expect(entry.paperID == nil)
    #expect(entry.id(on: .vts) == nil)
  }

  @Test("the paper id of a notice leads to the same entry")
  func paperNotice() throws {
    let entry = try #require(Catalogue.realtime("H0STCNI9"))
    #expect(entry.id == .orderNotice)
    #expect(entry.id(on: .vts) == .paperOrderNotice)
    #expect(entry.isEncrypted)
    #expect(entry.key == .htsID)
  }

  @Test("exactly the notices of PROTOCOL section 4 are encrypted", .proves("4 encrypted TRs"))
  func encrypted() {
    let ids = Catalogue.realtime.filter(\.isEncrypted).map(\.id.rawValue).sorted()
    #expect(ids == ["H0EUCNI0", "H0GSCNI0", "H0IFCNI0", "H0MFCNI0", "H0STCNI0", "HDFFF1C0", "HDFFF2C0"])
  }

  @Test(
    "foreign-institution-total is as captured: six parameters, an array under output, 26 fields", .proves("2.6 reply"))
  func foreignInstitutionTotal() throws {
    let api = try #require(
      Catalogue.rest(path: "/uapi/domestic-stock/v1/quotations/foreign-institution-total", method: "GET"))
    #expect(api.ids == [.foreignInstitutionTotal])
    #expect(!api.isPaperSupported)
    #expect(api.parameters.map(\.name).count == 6)
    #expect(api.parameters.first { $0.name == "FID_INPUT_ISCD" }?.isRequired == true)
    let output = try #require(api.outputs.first)
    #expect(output.key == "output")
    #expect(output.documentedKey == "Output")
    #expect(output.shape == .array)
    #expect(output.documentedShape == .object)
    #expect(output.fields.count == 26)
  }

  @Test(
    "captured replies have the keys and shapes of the catalogue", arguments: Sample.answers.filter { $0.status == 200 })
  func captured(sample: Sample) throws {
    guard let path = sample.path, let api = Catalogue.rest(path: path) else { return }
    let body = try JSONValue(parsing: sample.text)
    for output in api.outputs {
      guard let value = body[output.key] else { continue }
      #expect((value.array != nil) == (output.shape == .array), "\(output.key)")
    }
    let known = Set(api.outputs.map(\.key))
    for name in body.object?.names ?? [] where name.hasPrefix("output") { #expect(known.contains(name)) }
  }

  @Test("another method, an unknown path and an unknown id are not found")
  func unknown() {
    #expect(Catalogue.rest(path: "/uapi/domestic-stock/v1/quotations/inquire-price", method: "POST") == nil)
    #expect(Catalogue.rest(path: "/nothing") == nil)
    #expect(Catalogue.rest(path: "FHKST01010100") == nil)
    #expect(Catalogue.rest("/oauth2/tokenP") == nil)
    #expect(Catalogue.realtime("X") == nil)
  }

  @Test(
    "older ids and those of the official sample lead to the same API",
    arguments: [
      ("TTTC0802U", Venue.real, "/uapi/domestic-stock/v1/trading/order-cash"),
      ("VTTC0802U", .vts, "/uapi/domestic-stock/v1/trading/order-cash"),
      ("TTTS0308U", .real, "/uapi/overseas-stock/v1/trading/order"),
      ("VTTS0308U", .vts, "/uapi/overseas-stock/v1/trading/order"),
      ("FHKST01010100", .vts, "/uapi/domestic-stock/v1/quotations/inquire-price"),
    ])
  func otherIDs(id: String, venue: Venue, path: String) throws {
    let api = try #require(Catalogue.rest(TransactionID(id)))
    #expect(api.path == path)
    #expect(api.ids(on: venue).contains(TransactionID(id)))
  }

  @Test("what the document asks for and the official sample does without is not required")
  func unneededParameters() throws {
    let api = try #require(Catalogue.rest(path: "/uapi/elw/v1/quotations/newly-listed"))
    #expect(api.parameters.first { $0.name == "FID_BLNC_CLS_CODE" }?.isRequired == false)
    #expect(api.parameters.first { $0.name == "FID_BLNG_CLS_CODE" }?.isRequired == false)
    #expect(Catalogue.rest.flatMap(\.parameters).allSatisfy { $0.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
  }

  @Test("a misspelt name finds what was meant")
  func nearest() {
    #expect(Catalogue.nearest(to: "H0UPPGMO").first == "H0UPPGM0")
    #expect(Catalogue.nearest(to: "h0stcnt0").first == "H0STCNT0")
    #expect(Catalogue.nearest(to: "FHKST0101010").first == "FHKST01010100")
    #expect(
      Catalogue.nearest(toPath: "/uapi/domestic-stock/v1/quotation/inquire-price").first
        == "/uapi/domestic-stock/v1/quotations/inquire-price")
    #expect(Catalogue.nearest(to: "zzzzzzzzzzzz").isEmpty)
  }

  @Test("codes are found, and no code is listed twice")
  func codes() {
    #expect(CodeTable.industry("0001")?.koreanName == "종합")
    #expect(CodeTable.industry("1001") != nil && CodeTable.industry("2001") != nil && CodeTable.industry("0128") != nil)
    #expect(CodeTable.industry("9999") == nil)
    #expect(CodeTable.instrument("005930")?.koreanName == "삼성전자")
    #expect(CodeTable.instrument("Q500001")?.kind == .etn)
    #expect(CodeTable.instrument("OESH23 C3900")?.kind == .overseasFuture)
    #expect(Set(CodeTable.instruments.map(\.code)).count == CodeTable.instruments.count)
    #expect(Set(CodeTable.industries.map(\.code)).count == CodeTable.industries.count)
    #expect(CodeTable.industries.allSatisfy { $0.code.count == 4 })
  }
}
