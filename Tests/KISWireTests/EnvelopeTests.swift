import Facts
import KISWire
import Testing

struct EnvelopeTests {
  static let envelopes = Sample.answers.filter { $0.text.contains("\"rt_cd\"") }

  @Test(
    "every captured body keeps its key order and padding", .proves("2.2 key order", "8 samples"), arguments: envelopes)
  func roundTrip(sample: Sample) throws {
    #expect(try Envelope(parsing: Array(sample.text.utf8)).text == sample.text)
  }

  @Test("gateway errors are byte for byte the captured ones")
  func errors() throws {
    for (id, code) in [("err-egw00123", "EGW00123"), ("err-egw00205", "EGW00205"), ("err-egw00201", "EGW00201")] {
      let captured = try #require(Sample.answers.first { $0.id == id })
      #expect(Envelope.error(MessageCode(code)).text == captured.text)
    }
    let captured = try #require(Sample.answers.first { $0.id == "err-opsq2001" })
    #expect(ParameterError("FID_COND_MRKT_DIV_CODE", .invalid("X")).envelope.text == captured.text)
    #expect(
      ParameterError("FID_RANK_SORT_CLS_CODE", .missing).envelope.text
        == #"{"rt_cd":"2","msg_cd":"OPSQ2001","msg1":"ERROR INPUT FIELD NOT FOUND [FID_RANK_SORT_CLS_CODE]"}"#)
  }

  @Test("a success has its outputs first, then rt_cd, msg_cd, msg1")
  func success() {
    #expect(
      Envelope.success(["output": ["a": "1"]]).text
        == #"{"output":{"a":"1"},"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}"#)
  }

  @Test("account messages are padded to 80 EUC-KR bytes, and read without the blanks", .proves("2.2 account success"))
  func padding() throws {
    let captured = try #require(Sample.answers.first { $0.id == "bal-vts-a" })
    let envelope = try Envelope(parsing: Array(captured.text.utf8))
    let padded = try #require(envelope.members["msg1"]?.string)
    #expect(padded.eucKRByteCount == 80)
    #expect(envelope.message.paddedWithBlanks() == padded)
    #expect(!envelope.message.hasSuffix(" "))
    #expect("가".paddedWithBlanks(toEUCKRBytes: 1) == "가")
  }

  @Test("rows are read from arrays and objects, whatever the case of the key")
  func rows() throws {
    let envelope = try Envelope(
      parsing: Array(#"{"Output":[{"a":"1"},{"a":"2"}],"output2":{"b":"3"},"rt_cd":"0"}"#.utf8))
    #expect(envelope.rows("output").count == 2)
    #expect(envelope.rows("output2").first?["b"] == "3")
    #expect(envelope.rows("nothing").isEmpty)
  }

  @Test("tr_cont says whether more follows")
  func continuation() {
    #expect(Continuation.first.hasMore && Continuation.middle.hasMore)
    #expect(!Continuation.last.hasMore && !Continuation("E").hasMore && !Continuation.empty.hasMore)
  }

  @Test("a body without rt_cd is an error", arguments: ["{}", "[]", "", "<html>"])
  func malformed(body: String) {
    #expect(throws: WireError.self) { try Envelope(parsing: Array(body.utf8)) }
  }

  @Test("a hash key echoes its body and adds 64 digits")
  func hashKey() throws {
    let answer = try HashKey.answer(to: Array(#"{"CANO": "12345678", "ACNT_PRDT_CD": "01"}"#.utf8))
    // printf '{"CANO":"12345678","ACNT_PRDT_CD":"01"}' | sha256sum
    #expect(
      answer
        == #"{"BODY":{"CANO":"12345678","ACNT_PRDT_CD":"01"},"HASH":"552c9ff6a75aadfb01bc69f9b0d1a853d0815a34e9d9538aeb1b94c98d79371b"}"#
    )
    #expect(throws: WireError.self) { try HashKey.answer(to: []) }
  }
}
