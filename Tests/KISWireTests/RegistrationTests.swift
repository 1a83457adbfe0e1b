import Facts
import KISWire
import Testing

struct RegistrationTests {
  static let documented =
    #"{"header":{"approval_key":"<uuid>","custtype":"P","tr_type":"1","content-type":"utf-8"},"body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}"#

  @Test("the documented request decodes and encodes to the same bytes", .proves("3.2 request"))
  func request() throws {
    let request = try RegistrationRequest(parsing: Self.documented)
    #expect(request == RegistrationRequest(.register, "H0UPPGM0", key: "0001", approvalKey: "<uuid>"))
    #expect(request.text == Self.documented)
  }

  @Test("key order and white space do not matter, and other header members are kept", .proves("3.2 request"))
  func tolerance() throws {
    let text = """
      { "body" : { "input" : { "tr_key" : "$1234", "tr_id" : "H0STCNI0" } } ,
        "header": {"content-type": "utf-8", "approval_key": "k", "tr_type": "2", "custtype": "B", "personalseckey": "s"}}
      """
    let request = try RegistrationRequest(parsing: text)
    #expect(request.action == .release)
    #expect(request.customerType == .corporate)
    #expect(request.key == "$1234")
    #expect(request.otherHeader == ["content-type": "utf-8", "personalseckey": "s"])
  }

  @Test(
    "each flaw of a request has KIS's own code",
    arguments: [
      ("", "OPSP9999"), ("{", "OPSP9999"), ("PINGPONG", "OPSP9999"), ("{}", "OPSP9998"), ("[]", "OPSP9998"),
      (#"{"header":"x"}"#, "OPSP9998"),
      (documented.replacing(#""body""#, with: #""bodi""#), "OPSP9992"),
      (documented.replacing(#""input""#, with: #""inputs""#), "OPSP9991"),
      (documented.replacing(#""approval_key":"<uuid>","#, with: ""), "OPSP9996"),
      (documented.replacing(#""custtype":"P","#, with: ""), "OPSP9997"),
      (documented.replacing(#""custtype":"P""#, with: #""custtype":"X""#), "OPSP8998"),
      (documented.replacing(#""tr_type":"1""#, with: #""tr_type":"0""#), "OPSP8997"),
      (documented.replacing(#""tr_type":"1","#, with: ""), "OPSP8997"),
      (documented.replacing(#""tr_id":"H0UPPGM0","#, with: ""), "OPSP8991"),
      (documented.replacing(#","tr_key":"0001""#, with: ""), "OPSP9990"),
      (documented.replacing(#""tr_key":"0001""#, with: #""tr_key":"""#), "OPSP8993"),
      (documented.replacing(#""tr_key":"0001""#, with: #""tr_key":1"#), "OPSP8993"),
    ])
  func flaws(text: String, code: String) throws {
    let error = try #require(throws: RegistrationError.self) { try RegistrationRequest(parsing: text) }
    #expect(error.code.rawValue == code)
  }

  @Test("the refusal of an unreadable request looks like the captured one")
  func unreadable() throws {
    let error = try #require(throws: RegistrationError.self) { try RegistrationRequest(parsing: "{") }
    let captured = try #require(Sample.controls.first { $0.id == "ctl-9999" })
    #expect(RegistrationReply.refused(error).text == captured.text)
  }

  @Test("the refusal of a bad tr_key echoes the tr_id")
  func badKey() throws {
    let text = Self.documented.replacing(#""tr_key":"0001""#, with: #""tr_key":"""#)
    let error = try #require(throws: RegistrationError.self) { try RegistrationRequest(parsing: text) }
    #expect(
      RegistrationReply.refused(error).text
        == #"{"header":{"tr_id":"H0UPPGM0","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8993","msg1":"JSON PARSING ERROR : invalid tr_key"}}"#
    )
  }

  @Test(
    "every captured control message decodes and encodes to the same bytes", .proves("8 samples"),
    arguments: Sample.controls)
  func controls(sample: Sample) throws {
    switch try RealtimeMessage(parsing: sample.text) {
    case .registration(let reply):
      #expect(reply.text == sample.text)
      #expect(try RegistrationReply(parsing: sample.text) == reply)
    case .pingPong(let pingPong): #expect(pingPong.text == sample.text)
    case .frame, .unknown: Issue.record("\(sample.id) is neither reply nor heartbeat")
    }
  }

  @Test("a success built from its parts is byte for byte the documented one")
  func success() {
    let reply = RegistrationReply.registered(
      .init("H0STASP0", key: "005930"), .init(iv: "d59d91fcf9fd0044", key: "iuheqrmvfxoceaxeyqgjwesozgizmmgx"))
    #expect(
      reply.text
        == #"{"header":{"tr_id":"H0STASP0","tr_key":"005930","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"d59d91fcf9fd0044","key":"iuheqrmvfxoceaxeyqgjwesozgizmmgx"}}}"#
    )
  }

  @Test("a duplicate session is refused with the captured bytes")
  func duplicate() throws {
    let captured = try #require(Sample.controls.first { $0.id == "ctl-8996" })
    #expect(RegistrationReply.refused(.null, .appKeyInUse).text == captured.text)
  }

  @Test(
    "refusals carry the rt_cd of PROTOCOL 3.3",
    arguments: [
      ("OPSP0002", "1"), ("OPSP0003", "1"), ("OPSP0008", "1"), ("OPSP0011", "1"), ("OPSP0017", "9"), ("OPSP8991", "9"),
      ("OPSP8993", "9"), ("OPSP8996", "9"), ("OPSP9999", "9"), ("OPSQ2001", "2"), ("EGW00123", "1"), ("APAC0081", "7"),
    ])
  func resultCodes(code: String, resultCode: String) {
    #expect(MessageCode(code).resultCode == resultCode)
  }
}
