import Facts
import KISWire
import Testing

/// The examples printed in PROTOCOL.md that no sample covers, byte for byte.
struct ProtocolExampleTests {
  @Test(
    "section 1.1: every refusal of tokenP",
    arguments: [
      #"{"error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)","error_code":"EGW00133"}"#,
      #"{"error_description":"유효하지 않은 AppKey입니다.","error_code":"EGW00103"}"#,
      #"{"error_description":"유효하지 않은 AppSecret입니다.","error_code":"EGW00105"}"#,
      #"{"error_description":"서버 에러가 발생했습니다.","error_code":"EGW00002"}"#,
    ])
  func tokenRefusals(body: String) throws {
    let error = try OAuthError(parsing: Array(body.utf8))
    #expect(OAuthError(error.code).text == body)
  }

  @Test("section 1.4: a hash key answers with BODY, then HASH", .proves("1.4 hashkey"))
  func hashKey() throws {
    let answer = try JSONValue(parsing: try HashKey.answer(to: Array(#"{"CANO":"...","ACNT_PRDT_CD":"..."}"#.utf8)))
    #expect(answer.object?.names == ["BODY", "HASH"])
    #expect(answer["BODY"]?.text == #"{"CANO":"...","ACNT_PRDT_CD":"..."}"#)
    #expect(answer["HASH"]?.string?.count == 64)
  }

  @Test(
    "section 2.3: gateway and inquiry errors",
    arguments: [
      (Envelope.error(.expiredToken), #"{"rt_cd":"1","msg1":"기간이 만료된 token 입니다.","msg_cd":"EGW00123"}"#),
      (.error(.tooManyCalls), #"{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}"#),
      (.error(.noSuchService), #"{"rt_cd":"1","msg_cd":"OPSQ0002","msg1":"없는 서비스 코드 입니다."}"#),
      (.error(.sessionFull, resultCode: "1"), #"{"rt_cd":"1","msg_cd":"OPSQ1002","msg1":"SESSION FULL"}"#),
      (.error(.invalidAccount), #"{"rt_cd":"2","msg_cd":"OPSQ2000","msg1":"ERROR : INPUT INVALID_CHECK_ACNO"}"#),
      (
        .error(.invalidInput, message: "TIME LIMIT 00:00 ~ 15:40"),
        #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"TIME LIMIT 00:00 ~ 15:40"}"#
      ),
    ])
  func errors(envelope: Envelope, body: String) throws {
    #expect(envelope.text == body)
    #expect(try Envelope(parsing: Array(body.utf8)) == envelope)
  }

  @Test("section 2.2: a paper trading message has 49 blanks after it")
  func padding() {
    let message = "모의투자 조회가 완료되었습니다."
    #expect(message.paddedWithBlanks() == message + String(repeating: " ", count: 49))
  }

  @Test(
    "section 3.3: each row of the table of replies",
    arguments: [
      ("0", "OPSP0000", "SUBSCRIBE SUCCESS"), ("0", "OPSP0001", "UNSUBSCRIBE SUCCESS"),
      ("1", "OPSP0002", "ALREADY IN SUBSCRIBE"), ("1", "OPSP0003", "UNSUBSCRIBE ERROR(not found!)"),
      ("1", "OPSP0007", "SUBSCRIBE INTERNAL ERROR"), ("1", "OPSP0008", "MAX SUBSCRIBE OVER"),
      ("1", "OPSP0009", "SUBSCRIBE ERROR : mci send failed"), ("1", "OPSP0011", "invalid approval : NOT FOUND"),
      ("9", "OPSP8993", "JSON PARSING ERROR : invalid tr_key"), ("9", "OPSP8991", "SUBSCRIBE ERROR : invalid tr_id"),
      ("9", "OPSP9999", "JSON PARSING ERROR : invalid json format"), ("9", "OPSP8996", "ALREADY IN USE appkey"),
    ])
  func replies(resultCode: String, code: String, message: String) throws {
    let reply = RegistrationReply(header: .null, resultCode: resultCode, code: MessageCode(code))
    #expect(reply.message == message)
    let text =
      #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"\#(resultCode)","msg_cd":"\#(code)","msg1":"\#(message)"}}"#
    #expect(reply.text == text)
    #expect(try RegistrationReply(parsing: text) == reply)
    if !reply.isSuccess { #expect(MessageCode(code).resultCode == resultCode) }
  }

  @Test("section 4: the base64 of a notice holds no separator of the envelope")
  func notice() throws {
    let cipher = try PayloadCipher(iv: "d59d91fcf9fd0044", key: "iuheqrmvfxoceaxeyqgjwesozgizmmgx")
    let plain = Frame("H0STCNI9", payload: Array(RecordTests.paperNotice.utf8))
    let encrypted = try cipher.encrypt(plain)
    #expect(try Frame(parsing: encrypted.bytes) == encrypted)
    #expect(try cipher.decrypt(Frame(parsing: encrypted.text)) == plain)
    #expect(try plain.records()[0].count == 23)
  }

  @Test("quirk 67: H0UNMKO0 has the code first, (null) in the middle, nothing at the end")
  func marketStatus() throws {
    let frame = try Frame(parsing: "0|H0UNMKO0|001|100840^N^(null)^AB1^112^^^55^N^")
    let record = try #require(try frame.records(in: Dialect(day: "2026-09-21")).first)
    #expect(record["MKSC_SHRN_ISCD"] == "100840")
    #expect(record["TR_SUSP_REAS_CNTT"] == "(null)")
    #expect(record["OVTM_VI_CLS_CODE"] == "")
    #expect(record.extra.isEmpty)
  }
}
