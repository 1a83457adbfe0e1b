import KISWire

extension AnswerRequest {
  /// The code and text of a success: by service, and by venue for accounts (PROTOCOL section 2.2, `samples.json`).
  ///
  /// - Parameter isEmpty: whether every list of the answer is.
  func successMessage(hasMore: Bool, isEmpty: Bool) -> (MessageCode, String) {
    guard isAccount else { return (.quotationSuccess, "정상처리 되었습니다.") }
    if isOrder { return orderMessage }
    let (code, text) = inquiryMessage(hasMore: hasMore, isEmpty: isEmpty)
    return (MessageCode(code), text.paddedWithBlanks(toEUCKRBytes: 80))
  }

  /// Whether an answer has lists and nothing in any of them.
  func isEmpty(_ outputs: JSONObject) -> Bool {
    let lists = outputs.members.compactMap(\.value.array)
    return !lists.isEmpty && lists.allSatisfy(\.isEmpty)
  }

  /// As in the examples of KIS's documents: what C services have to say differs from what all others have.
  private func inquiryMessage(hasMore: Bool, isEmpty: Bool) -> (String, String) {
    if venue == .vts {
      return ("20310000", hasMore ? "모의투자 조회가 계속 됩니다. 다음 또는 PaDn을 누르십시오." : "모의투자 조회가 완료되었습니다.")
    }
    if hasMore { return ("KIOK0500", "조회가 계속됩니다..다음버튼을 Click 하십시오.") }
    if isEmpty { return ("KIOK0560", "조회할 내용이 없습니다") }
    return switch id.rawValue {
    case "TTTC8408R": ("KIOK0420", "정상적으로 조회되었습니다")
    case "CTRP6550R": ("APRP0126", "조회이(가) 완료되었습니다.")
    case "TTTC0081R", "TTTC8001R": ("KIOK0460", "조회 되었습니다. (마지막 자료)")
    case let id where !id.hasPrefix("C"): ("KIOK0510", "조회가 완료되었습니다")
    default: api.paging.cursors.isEmpty ? ("KIOK0530", "조회되었습니다") : ("KIOK0460", "조회 되었습니다. (마지막 자료)")
    }
  }

  private var orderMessage: (MessageCode, String) {
    guard venue == .vts else { return realOrderMessage }
    if api.path.contains("rvsecncl") {
      let isCancel = parameter("RVSE_CNCL_DVSN_CD") == "02"
      return (MessageCode("40600000"), "모의투자 \(isCancel ? "취소" : "정정")주문이 완료 되었습니다.")
    }
    return (MessageCode("40600000"), "모의투자 \(isSale ? "매도" : "매수")주문이 완료 되었습니다.")
  }

  private var realOrderMessage: (MessageCode, String) {
    switch id.rawValue {
    case "CTSC0008U": (MessageCode("APBK2938"), "예약주문이 접수되었습니다.")
    case "CTSC0009U": (MessageCode("KIOK0430"), "정상적으로 처리되었습니다")
    case "TTTO1101U": (MessageCode("APBK0029"), "주문전송이 정상적으로 처리되었습니다.")
    case "TTTT3017U": (MessageCode("APBK1711"), "취소주문이 접수되었습니다.")
    default: (MessageCode("APBK0013"), "주문 전송 완료 되었습니다.")
    }
  }
}
