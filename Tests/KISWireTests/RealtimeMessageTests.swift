import KISWire
import Testing

struct RealtimeMessageTests {
  @Test("messages are told apart by their first character and their header")
  func kinds() throws {
    guard case .frame(let frame) = try RealtimeMessage(parsing: "0|H0UPPGM0|001|0001^085913") else {
      Issue.record("not a frame")
      return
    }
    #expect(frame.transactionID == .indexProgramTrading)
    #expect(try RealtimeMessage(parsing: #" {"header": {"tr_id":"PINGPONG"}} "#) == .pingPong(PingPong(datetime: "")))
    #expect(try RealtimeMessage(parsing: #"{"a":1}"#) == .unknown(["a": 1]))
  }

  @Test(
    "malformed messages are errors of their kind", arguments: [("", "frame"), ("hello", "frame"), ("{\"a\"", "json")])
  func malformed(text: String, code: String) throws {
    let error = try #require(throws: WireError.self) { try RealtimeMessage(parsing: text) }
    #expect(error.code.description == code)
  }

  @Test(
    "a heartbeat's answer is read in every style",
    arguments: [
      #"{"header":{"tr_id":"PINGPONG","datetime":"20231004160455"}}"#,
      #"{"header": {"tr_id": "PINGPONG", "datetime": "20231004160455"}}"#,
      "\n{\"header\":{\"datetime\":\"20231004160455\",\"tr_id\":\"PINGPONG\"}}",
    ])
  func answers(text: String) {
    #expect(PingPong(answer: Array(text.utf8)) == PingPong(datetime: "20231004160455"))
  }

  @Test(
    "other payloads are no answer to a heartbeat", arguments: ["", "PINGPONG", "{}", "{\"header\":1}", "0|X|001|a"])
  func noAnswers(text: String) {
    #expect(PingPong(answer: Array(text.utf8)) == nil)
  }

  @Test("a heartbeat fits a control frame")
  func size() {
    #expect(PingPong(datetime: "20231004160455").bytes.count <= 125)
  }
}
