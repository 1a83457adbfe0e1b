import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Everything in the catalogue")
struct CatalogueFactsTests {
  @Test(
    "each realtime TR registers, then streams records of its width under its key; notices alone are encrypted",
    .proves("6 realtime", "4 encrypted TRs"), arguments: Catalogue.realtime.map(\.id))
  func realtime(id: TransactionID) async throws {
    let tr = try #require(Catalogue.realtime(id))
    let key = MarketStreamTests.key(of: tr)
    for (venue, id) in [(Venue.real, tr.id), (.vts, tr.paperID)] {
      guard let id else { continue }
      let start = MarketStreamTests.hours(of: tr.id)
      let stream = try await HeardStream(id, key, venue: venue, at: start ?? MarketStreamTests.open, seconds: 120)
      // What comes with interruptions and in the evening alone is silent now.
      guard start != nil else {
        #expect(stream.frames.isEmpty)
        continue
      }
      #expect(stream.widths == [stream.dialect.layout(of: id).width])
      #expect(stream.frames.allSatisfy { $0.transactionID == id })
      #expect(stream.flags == [tr.isEncrypted ? .encrypted : .plain])
      if tr.fields.first?.name != "BSOP_DATE" { #expect(stream.records.allSatisfy { $0[0] == key }) }
    }
  }

  @Test("vts refuses every TR that only real has", .proves("3.3 bad tr_id"))
  func realOnly() async throws {
    let fixture = try SandboxFixture { $0.venue = .vts }
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    let realOnly = Catalogue.realtime.filter { $0.paperID != $0.id }
    for tr in realOnly {
      await fixture.register(client.id, tr.id, MarketStreamTests.key(of: tr), approvalKey: key)
    }
    let codes = try client.sink.texts.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == Array(repeating: .invalidTransactionID, count: realOnly.count))
    #expect(realOnly.count > 40)
  }

  @Test("each API answers on real; vts answers what it offers and refuses the rest", .proves("6 REST"))
  func rest() async throws {
    for venue in Venue.allCases {
      let fixture = try SandboxFixture {
        $0.venue = venue
        $0.limits.requestsPerSecond = 0
      }
      let caller = await fixture.caller()
      for api in Catalogue.rest where !api.ids.isEmpty {
        var values = CatalogueFactsTests.values
        // It ranks the shares of an industry.
        if api.ids.contains(.foreignInstitutionTotal) { values["FID_INPUT_ISCD"] = "0000" }
        let question = api.parameters.map { parameter in
          let isMarket = parameter.name.uppercased().hasPrefix("FID_COND_MRKT_DIV_CODE")
          return (parameter.name, values[parameter.name] ?? (isMarket ? "J" : "0"))
        }
        let id = api.ids(on: venue).first ?? api.ids[0]
        let answer = await caller.ask(api.path, id, question)
        let isOffered = !api.ids(on: venue).isEmpty
        let told = "\(venue) \(api.path): \(answer.text.prefix(200))"
        guard isOffered else {
          #expect(answer.json["rt_cd"] == "1", "\(told)")
          #expect(["OPSQ0002", "EGW02006"].contains(answer.code))
          continue
        }
        // An order of nonsense is refused as the exchange refuses it, which is an answer too.
        let isRefusedOrder = [
          "APBK0344", "APBK0400", "APBK0656", "APBK0918", "APBK0927", "APBK0963", "40320000", "40330000", "40580000",
          "40650000",
        ].contains(answer.code)
        #expect(answer.json["rt_cd"] == "0" || (api.method == "POST" && isRefusedOrder), "\(told)")
      }
    }
  }

  /// What requests ask about; whatever else they ask is 0.
  private static let values = [
    "RVSE_CNCL_DVSN_CD": "02", "QTY_ALL_ORD_YN": "Y", "RMN_QTY_YN": "Y",
    "FID_INPUT_ISCD": "005930", "PDNO": "005930", "MKSC_SHRN_ISCD": "005930", "PRDT_TYPE_CD": "300", "SYMB": "AAPL",
    "FID_COND_MRKT_DIV_CODE": "V", "FID_COND_SCR_DIV_CODE": "16449", "CANO": "12345678", "ACNT_PRDT_CD": "01",
    "ORD_QTY": "1", "CRDT_TYPE": "25", "LOAN_DT": "20260921", "EXCD": "NAS", "OVRS_EXCG_CD": "NASD", "INQR_DVSN": "01",
  ]
}
