import KISWire

extension AnswerRequest {
  /// The code and text of a success: by service, and by venue for accounts (PROTOCOL section 2.2, `samples.json`).
  func successMessage(hasMore: Bool) -> (MessageCode, String) {
    guard isAccount else { return (.quotationSuccess, "정상처리 되었습니다.") }
    if isOrder { return orderMessage }
    if hasMore { return (MessageCode("KIOK0500"), "조회가 계속됩니다..다음버튼을 Click 하십시오.") }
    let (code, text) = venue == .real ? inquirySuccess : ("20310000", "모의투자 조회가 완료되었습니다.")
    return (MessageCode(code), text.paddedWithBlanks(toEUCKRBytes: 80))
  }

  /// Three codes were seen (quirk 22); which inquiry has which, nobody wrote down.
  private var inquirySuccess: (String, String) {
    switch api.path.split(separator: "/").last {
    case "inquire-psbl-order": ("KIOK0530", "조회되었습니다")
    case "inquire-daily-ccld": ("KIOK0560", "조회되었습니다")
    default: ("KIOK0510", "조회가 완료되었습니다")
    }
  }

  private var orderMessage: (MessageCode, String) {
    guard venue == .vts else { return (MessageCode("APBK0013"), "주문 전송 완료 되었습니다.") }
    if api.path.contains("rvsecncl") {
      let isCancel = parameter("RVSE_CNCL_DVSN_CD") == "02"
      return (MessageCode("40600000"), "모의투자 \(isCancel ? "취소" : "정정")주문이 완료 되었습니다.")
    }
    return (MessageCode("40600000"), "모의투자 \(isSale ? "매도" : "매수")주문이 완료 되었습니다.")
  }
}
