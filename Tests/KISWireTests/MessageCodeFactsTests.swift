import Facts
import KISWire
import Testing

@Suite("KIS's own codes")
struct MessageCodeFactsTests {
  private func codes(_ prefix: String) -> [MessageCode] { MessageCode.all.filter { $0.rawValue.hasPrefix(prefix) } }

  @Test("the gateway has its texts, and refuses with rt_cd 1", .proves("A EGW"))
  func gateway() {
    #expect(codes("EGW").count == 62)
    #expect(codes("EGW").allSatisfy { $0.resultCode == "1" && $0.text?.isEmpty == false })
    for (code, text) in [
      ("EGW00001", "일시적 오류가 발생했습니다."), ("EGW00133", "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)"),
      ("EGW00205", "credentials_type이 유효하지 않습니다.(Bearer)"), ("EGW2004", "모의투자 TR 이 아닙니다."),
    ] { #expect(MessageCode(code).text == text) }
  }

  @Test("the inquiry server has its texts", .proves("A OPSQ"))
  func inquiry() {
    #expect(codes("OPSQ").count == 24)
    for (code, text) in [
      ("OPSQ0002", "없는 서비스 코드 입니다."), ("OPSQ2002", "ERROR : INPUT INVALID_CHECK_FIELD_LENGTH"),
      ("OPSQ9999", "JSON PARSING ERROR : tr_id not found"),
    ] { #expect(MessageCode(code).text == text) }
    #expect(codes("OPSQ2").allSatisfy { $0.resultCode == "2" })
  }

  @Test("the realtime server has its texts, and rt_cd 9 for what it did not understand", .proves("A OPSP"))
  func realtime() {
    #expect(codes("OPSP").count == 29)
    for (code, text) in [
      ("OPSP0010", "SUBSCRIBE WARNNING : invalid appkey"), ("OPSP8992", "SUBSCRIBE ERROR : invalid tr_key"),
      ("OPSP9995", "JSON PARSING ERROR : resource not available"), ("OPSP0017", "ERROR : htsid가잘못되었습니다"),
    ] { #expect(MessageCode(code).text == text) }
    #expect((codes("OPSP8") + codes("OPSP9")).allSatisfy { $0.resultCode == "9" })
  }
}
