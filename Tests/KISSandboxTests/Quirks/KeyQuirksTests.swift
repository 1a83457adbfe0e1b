import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Keys, names and documents")
struct KeyQuirksTests {
  @Test(
    "documents that name a level twice do not change the frame", .proves(.duplicateFieldNames),
    .proves("6 sample errors"))
  func duplicateNames() async throws {
    let tr = try #require(Catalogue.realtime("HDFSASP0"))
    #expect(tr.documentedWidths.values.contains(77))
    let stream = try await HeardStream("HDFSASP0", "DNASAAPL")
    #expect(stream.widths == [71])
    #expect(Set(tr.fields.map(\.name)).count == 71)
    #expect(stream.named.allSatisfy { $0["PASK3"] != $0["PASK4"] })
  }

  @Test(
    "the first column is there although official samples leave it out, and no envelope comes before it",
    .proves(.sampleLacksFirstColumn, .sampleHasEnvelopeColumns), .proves("6 sample errors"),
    arguments: [
      ("HDFSCNT0", "DNASAAPL", "RSYM"), ("HDFSASP0", "DNASAAPL", "RSYM"), ("HDFSASP1", "DNASAAPL", "RSYM"),
      ("HDFFF1C0", "kismock", "USER_ID"), ("HDFFF2C0", "kismock", "USER_ID"), ("H0STNAV0", "069500", "MKSC_SHRN_ISCD"),
    ] as [(TransactionID, String, String)])
  func firstColumn(id: TransactionID, key: String, name: String) async throws {
    let tr = try #require(Catalogue.realtime(id))
    #expect(tr.fields.first?.name == name)
    #expect(tr.officialSampleFields.first != name)
    let records = try await HeardStream(id, key, seconds: 120).records
    #expect(!records.isEmpty && records.allSatisfy { $0[0] == key && $0.count == tr.fields.count })
  }

  @Test(
    "a TR that the portal files under another id or under REST streams under its own",
    .proves(.misfiledPages), .proves("6 sample errors"),
    arguments: [
      ("H0BJASP0", "KR103502GD31"), ("H0EUCNI0", "kismock"), ("H0UNMKO0", "005930"), ("H0NXMKO0", "005930"),
    ] as [(TransactionID, String)])
  func misfiled(id: TransactionID, key: String) async throws {
    let frames = try await HeardStream(id, key, seconds: 300, halted: "005930").frames
    #expect(!frames.isEmpty && frames.allSatisfy { $0.transactionID == id })
  }

  @Test("VI registers by day and by code", .proves(.viKeyContradiction), arguments: ["20260921", "005930"])
  func volatilityInterruption(key: String) async throws {
    let records = try await HeardStream("H0STVIC0", key, seconds: 400, halted: "005930").records
    #expect(!records.isEmpty)
  }

  @Test(
    "a key of another form is refused: a share abroad without its exchange, a bond or futures in a few characters",
    .proves("3.3 bad tr_key"),
    arguments: [
      ("HDFSCNT0", "AAPL"), ("HDFSCNT0", "DXXXAAPL"), ("HDFSCNT0", "DNAS"), ("H0BJCNT0", "1"), ("H0IFCNT0", "??"),
      ("H0STCNT0", "5930"), ("H0STCNT0", "00593a"),
    ] as [(TransactionID, String)])
  func otherForms(id: TransactionID, key: String) async throws {
    let listener = try await (try SandboxFixture()).listener(id, key)
    #expect(listener.reply?.code == .invalidKey)
    #expect(listener.reply?.header?.transactionID == id)
  }

  @Test(
    "keys have blanks and letters", .proves(.keysWithBlanks),
    arguments: [
      ("HDFFF020", "OESH23 C3900"), ("H0STCNT0", "0074K0"), ("H0STCNT0", "Q500001"),
    ] as [(TransactionID, String)])
  func unusualKeys(id: TransactionID, key: String) async throws {
    let records = try await HeardStream(id, key, seconds: 900).records
    #expect(!records.isEmpty && records.allSatisfy { $0[0] == key })
  }

  @Test(
    "program trading begins at 08:59:13, before the open",
    .proves(.framesBeforeTheOpen), .proves("5 first frame"))
  func beforeTheOpen() async throws {
    let early = SandboxFixture.open + .seconds(-120)
    let records = try await HeardStream("H0UPPGM0", "0001", at: early, seconds: 90).records
    #expect(records.map { $0[1] } == ["085913"])
    #expect(try await HeardStream("H0STCNT0", "005930", at: early, seconds: 119).frames.isEmpty)
  }

  @Test(
    "a stock code on an index TR is refused, with the TR echoed",
    .proves(.stockCodeOnIndexTr), .proves("5 keys", "3.3 bad tr_key"), arguments: ["H0UPPGM0", "H0UPCNT0"])
  func stockCode(id: String) async throws {
    let fixture = try SandboxFixture()
    #expect(
      try await fixture.listener(TransactionID(id), "005930").sink.texts == [
        #"{"header":{"tr_id":"\#(id)","tr_key":"005930","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8993","msg1":"JSON PARSING ERROR : invalid tr_key"}}"#
      ])
    let permissive = try SandboxFixture { $0.codes = .permissive }
    #expect(try await permissive.listener(TransactionID(id), "005930").reply?.code == .subscribed)
    for key in ["0001", "1001", "2001", "0128"] {
      #expect(try await fixture.listener(TransactionID(id), key, appKey: key).reply?.code == .subscribed)
    }
  }
}
