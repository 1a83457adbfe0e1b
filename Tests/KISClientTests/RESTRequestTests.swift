import KISTransport
import KISWire
import Testing

@testable import KISClient

@Suite("A REST request")
struct RESTRequestTests {
  @Test("puts the parameters of a GET into its query, escaped")
  func query() throws {
    let request = try RESTRequest(
      "FHKST01010100", at: .real, [.init("FID_COND_MRKT_DIV_CODE", "J"), .init("FID_INPUT_ISCD", "a b&한")])
    let http = request.http(headers: [])
    #expect(http.method == "GET")
    #expect(
      http.target
        == "/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=a%20b%26%ED%95%9C")
    #expect(http.body == nil)
  }

  @Test("puts the parameters of a POST into its body, as text in order")
  func body() throws {
    let request = try RESTRequest("VTTC0012U", at: .vts, [.init("PDNO", "005930"), .init("ORD_QTY", "1")])
    let http = request.http(headers: [])
    #expect(http.method == "POST")
    #expect(http.target == "/uapi/domestic-stock/v1/trading/order-cash")
    #expect(http.body == Array(#"{"PDNO":"005930","ORD_QTY":"1"}"#.utf8))
  }

  @Test("asks for the next page with the cursor of the last")
  func paging() throws {
    let request = try RESTRequest(
      "TTTC8434R", at: .real, [.init("CANO", "1"), .init("CTX_AREA_FK100", ""), .init("CTX_AREA_NK100", "")])
    let envelope = try Envelope(
      parsing: Array(
        #"{"ctx_area_fk100":"f","ctx_area_nk100":"n ","output1":[],"rt_cd":"0","msg_cd":"","msg1":""}"#.utf8))
    let next = request.next(after: envelope)
    #expect(next.continuation == .next)
    #expect(next.parameters == [.init("CANO", "1"), .init("CTX_AREA_FK100", "f"), .init("CTX_AREA_NK100", "n ")])
  }

  @Test(
    "is refused before it is sent where it cannot work",
    arguments: [
      ("FHKST01010101", .real, "FHKST01010100"), ("FHPTJ04400000", .vts, "not offered on vts"),
      ("TTTC0012U", .vts, "VTTC0012U"),
    ] as [(TransactionID, Venue, String)])
  func misuse(_ id: TransactionID, _ venue: Venue, _ words: String) throws {
    let error = try #require(throws: ClientError.self) { try RESTRequest(id, at: venue) }
    #expect(error.code == .misuse)
    #expect(error.message.contains(words), "\(error)")
  }
}
