import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Each reason to refuse, as real and vts say it")
struct RefusalTableTests {
  /// A reason: what is asked at which time, and what each venue answers.
  struct Reason: CustomTestStringConvertible {
    let name: String
    var time = SandboxFixture.open + .seconds(3_600)
    /// `T` stands for the letter of the venue.
    var id = "TTC0012U"
    var path = "/uapi/domestic-stock/v1/trading/order-cash"
    let changes: [String: String?]
    let real: (code: String, text: String)
    var paper: (code: String, text: String)?
    var status = 200
    var resultCodes = ("7", "1")
    var testDescription: String { name }
  }

  private static let abroad = "/uapi/overseas-stock/v1/trading/order"
  private static let change = "/uapi/domestic-stock/v1/trading/order-rvsecncl"
  private static let unknownKind = ("APBK0963", "주문구분코드 오류 입니다.")
  private static let unknown = ("APBK0656", "해당종목정보가 없습니다.")
  private static let closed = ("APBK0918", "장운영시간이 아닙니다.(주문불가)")
  private static let malformed = ("IGW00007", "MCA 전문바디 구성 중 오류가 발생하였습니다.")
  private static let apple = [
    "PDNO": "AAPL", "OVRS_EXCG_CD": "NASD", "OVRS_ORD_UNPR": "145.00", "ORD_SVR_DVSN_CD": "0", "ORD_UNPR": nil,
  ]

  static let reasons = [
    Reason(
      name: "more than the orderable amount", changes: ["ORD_QTY": "1000000", "ORD_DVSN": "01", "ORD_UNPR": "0"],
      real: ("APBK0952", "주문가능금액을 초과 했습니다")),
    Reason(
      name: "more shares than may be sold", id: "TTC0011U",
      changes: ["ORD_QTY": "5000", "PDNO": "000660", "ORD_DVSN": "01", "ORD_UNPR": "0"],
      real: ("APBK0400", "주문 가능한 수량을 초과했습니다."), paper: ("40240000", "모의투자 잔고내역이 없습니다")),
    Reason(
      name: "nothing left to change", id: "TTC0013U", path: change, changes: ["ORGN_ODNO": "filled"],
      real: ("APBK0927", "정정취소 가능수량이 없습니다."), paper: ("40330000", "모의투자 정정/취소할 수량이 없습니다.")),
    Reason(
      name: "unknown original order", id: "TTC0013U", path: change, changes: ["ORGN_ODNO": "0009999999"],
      real: ("APBK0344", "원주문정보가 존재하지 않습니다."), paper: ("40320000", "원주문번호가 존재하지 않습니다")),
    Reason(name: "off the tick", changes: ["ORD_UNPR": "254999"], real: ("APBK0506", "주식주문호가단위 오류입니다.")),
    Reason(name: "above the limit", changes: ["ORD_UNPR": "900000"], real: ("APBK0506", "상하한가를 벗어난 주문단가입니다.")),
    Reason(name: "unknown ORD_DVSN", changes: ["ORD_DVSN": "99"], real: unknownKind),
    Reason(name: "ORD_DVSN of another phase", changes: ["ORD_DVSN": "05"], real: unknownKind),
    Reason(
      name: "ORD_DVSN of another venue", changes: ["ORD_DVSN": "02", "EXCG_ID_DVSN_CD": "NXT"], real: unknownKind),
    Reason(name: "unknown instrument", changes: ["PDNO": "NOSUCH"], real: unknown),
    Reason(
      name: "wrong exchange abroad", id: "TTT1002U", path: abroad,
      changes: apple.merging(["OVRS_EXCG_CD": "NYSE"]) { $1 }, real: unknown),
    Reason(
      name: "before the open", time: KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 10), changes: [:],
      real: closed, paper: ("40570000", "모의투자 장시작전 입니다.")),
    Reason(
      name: "after the close", time: KoreanTime(year: 2026, month: 9, day: 21, hour: 20, minute: 30), changes: [:],
      real: closed, paper: ("40580000", "모의투자 장종료 입니다.")),
    Reason(
      name: "not a trading day", time: KoreanTime(year: 2026, month: 9, day: 24, hour: 10), changes: [:],
      real: ("APBK0919", "장운영일자가 주문일과 상이합니다"), paper: ("40100000", "모의투자 영업일이 아닙니다.")),
    Reason(
      name: "price 0 abroad", id: "TTT1002U", path: abroad, changes: apple.merging(["OVRS_ORD_UNPR": "0"]) { $1 },
      real: ("APBK1507", "주문단가를 확인하시기 바랍니다.")),
    Reason(
      name: "an order at the market abroad", id: "TTT1002U", path: abroad,
      changes: apple.merging(["ORD_DVSN": "01"]) { $1 }, real: unknownKind,
      paper: ("40650000", "모의투자 주문처리가 안되었습니다(지정가만 가능한 상품입니다)")),
    Reason(
      name: "a pension account", changes: ["ACNT_PRDT_CD": "29"],
      real: ("APBK1744", "퇴직연금계좌는 해당 서비스가 불가합니다.")),
    Reason(
      name: "a required member is missing", changes: ["PDNO": nil], real: malformed, status: 500,
      resultCodes: ("1", "1")),
    Reason(
      name: "a quantity that is no number", changes: ["ORD_QTY": "1.5"], real: malformed, status: 500,
      resultCodes: ("1", "1")),
  ]

  @Test(
    "Code, text, rt_cd and status, and nothing is booked", arguments: reasons, Venue.allCases)
  func refusals(reason: Reason, venue: Venue) async throws {
    let fixture = try SandboxFixture(at: reason.time) {
      $0.venue = venue
      $0.limits.requestsPerSecond = 0
    }
    let caller = await fixture.caller()
    let letter = venue == .real ? "T" : "V"
    var members = [
      "CANO": "12345678", "ACNT_PRDT_CD": "01", "PDNO": "005930", "ORD_DVSN": "00", "ORD_QTY": "1",
      "ORD_UNPR": "250000",
    ]
    if reason.path.hasSuffix("rvsecncl") {
      members["PDNO"] = nil
      members.merge([
        "KRX_FWDG_ORD_ORGNO": "06010", "RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "QTY_ALL_ORD_YN": "Y",
      ]) { $1 }
    }
    for (name, value) in reason.changes { members[name] = value }
    var expectedOrders = 0
    if members["ORGN_ODNO"] == "filled" {
      let placed = await caller.order(TransactionID("\(letter)TTC0012U"))
      members["ORGN_ODNO"] = placed.json["output"]?["ODNO"]?.string
      expectedOrders = 1
    }
    let answer = await caller.ask(
      reason.path, TransactionID(letter + reason.id), members.map { ($0.key, $0.value) })
    let (code, text) = venue == .real ? reason.real : reason.paper ?? reason.real
    #expect(answer.status == reason.status)
    #expect(answer.json["msg_cd"]?.string == code)
    #expect(answer.json["msg1"]?.string == text)
    #expect(answer.json["rt_cd"]?.string == (venue == .real ? reason.resultCodes.0 : reason.resultCodes.1))
    #expect(answer.json["output"] == nil)
    #expect(try await fixture.sandbox.account("12345678-01").orders == expectedOrders)
  }
}
