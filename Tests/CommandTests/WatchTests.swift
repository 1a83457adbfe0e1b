import ArgumentParser
import KISClient
import KISWire
import Terminal
import Testing

@testable import kis_mock

@Suite("kis-mock watch")
struct WatchTests {
  @Test(
    "pairs --tr with --key",
    arguments: [
      ([], ["H0UPPGM0 0001"]), (["--key", "1001"], ["H0UPPGM0 1001"]),
      (["--tr", "H0STCNT0", "--key", "005930", "--key", "000660"], ["H0STCNT0 005930", "H0STCNT0 000660"]),
      (["--tr", "A", "--key", "1", "--tr", "B", "--key", "2"], ["A 1", "B 2"]),
    ] as [([String], [String])])
  func pairs(_ arguments: [String], _ pairs: [String]) throws {
    let options = try WatchOptions.parse(arguments)
    #expect(try options.subscriptions().map(\.description) == pairs)
  }

  @Test("refuses what does not pair", arguments: [["--tr", "A"], ["--tr", "A", "--tr", "B", "--key", "1"]])
  func refuses(_ arguments: [String]) throws {
    let options = try WatchOptions.parse(arguments)
    #expect(throws: (any Error).self) { try options.subscriptions() }
  }

  @Test("takes the command line over the environment over the default")
  func layers() throws {
    let options = try WatchOptions.parse(["--ws-url", "ws://written"])
    let configuration = try options.configuration(
      ["KIS_MOCK_WS_URL": "ws://environment", "KIS_MOCK_APP_KEY": "environment"])
    #expect(configuration.webSocketURL == "ws://written")
    #expect(configuration.appKey.reveal() == "environment")
    #expect(configuration.restURL == "http://127.0.0.1:9443")
  }

  @Test(
    "shows what matters of each TR: what, when, price, change, volume",
    arguments: [
      ("HDFSCNT0", "SYMB KHMS LAST DIFF RATE EVOL TVOL TAMT"),
      ("H0STCNT0", "MKSC_SHRN_ISCD STCK_CNTG_HOUR STCK_PRPR PRDY_VRSS PRDY_CTRT CNTG_VOL ACML_VOL ACML_TR_PBMN"),
      ("H0UPCNT0", "BSTP_CLS_CODE BSOP_HOUR PRPR_NMIX BSTP_NMIX_PRDY_VRSS PRDY_CTRT PCAS_VOL ACML_VOL ACML_TR_PBMN"),
      ("H0IOCNT0", "OPTN_SHRN_ISCD BSOP_HOUR OPTN_PRPR OPTN_PRDY_VRSS PRDY_CTRT LAST_CNQN ACML_VOL ACML_TR_PBMN"),
      ("HDFFF020", "SERIES_CD RECV_TIME LAST_PRICE PREV_DIFF_PRICE PREV_DIFF_RATE LAST_QNTT VOL"),
      ("HDFSASP0", "SYMB KHMS VASK1 PASK1 PBID1 VBID1 AVOL BVOL"),
      (
        "H0STASP0",
        "MKSC_SHRN_ISCD BSOP_HOUR ASKP_RSQN1 ASKP1 BIDP1 BIDP_RSQN1 TOTAL_ASKP_RSQN TOTAL_BIDP_RSQN"
      ),
      (
        "H0STCNI0",
        "ODER_NO STCK_SHRN_ISCD SELN_BYOV_CLS CNTG_YN CNTG_QTY CNTG_UNPR ODER_QTY STCK_CNTG_HOUR"
      ),
    ] as [(TransactionID, String)])
  func columns(id: TransactionID, names: String) {
    #expect(WatchColumns(of: Dialect.latest().layout(of: id)).names.joined(separator: " ") == names)
  }

  @Test("has columns for every TR, all of them fields of it", arguments: Catalogue.realtime.map(\.id))
  func columnsOfAll(id: TransactionID) {
    let layout = Dialect.latest().layout(of: id)
    let names = WatchColumns(of: layout).names
    #expect((5...8).contains(names.count))
    #expect(names.allSatisfy(layout.fields.contains))
  }

  @Test("has an app key of its own, so that two of them run side by side")
  func ownAppKey() throws {
    let configuration = try WatchOptions.parse([]).configuration([:])
    #expect(configuration.appKey.reveal().hasPrefix("kis-mock-watch-"))
  }

  @Test("shows program trading as a table whose columns stand below each other")
  func table() throws {
    var values = (1...88).map { "\($0 * 1_000)" }
    values[0...1] = ["0001", "085913"]
    let record = Record(RecordValues(values), layout: Dialect.latest().layout(of: "H0UPPGM0"))
    var table = LiveTable("ws://test", TerminalStyle(hasColor: false))
    _ = table.show(record)
    let lines = table.lines
    #expect(lines.contains { $0.contains("0001") && $0.contains("08:59:13") })
    let rows = lines.filter { ["차익", "비차익", "위탁", "자기", "전체"].contains($0.prefix { $0 != " " }) }
    #expect(rows.count == 5)
    #expect(Set(rows.map(\.displayWidth)).count == 1)
    #expect(rows[0].hasSuffix("+27,000       +29,000"))
  }
}

@Suite("Text on a terminal")
struct DisplayWidthTests {
  @Test("counts columns", arguments: [("abc", 3), ("한글", 4), ("순매수 1", 8), ("e\u{301}", 1), ("", 0)])
  func width(_ text: String, _ columns: Int) { #expect(text.displayWidth == columns) }

  @Test("pads, aligns and cuts by columns")
  func fitting() {
    #expect("한".padded(to: 4) == "한  ")
    #expect("한".alignedRight(to: 4) == "  한")
    #expect("한글".cut(to: 3) == "한")
  }

  @Test(
    "has commas between thousands", arguments: [(0, "0"), (999, "999"), (-1_000, "-1,000"), (1_234_567, "1,234,567")])
  func grouping(_ number: Int, _ text: String) { #expect(number.grouped == text) }
}
