import KISWire

extension AnswerRequest {
  /// The code and text of a success: by service, and by venue for accounts (PROTOCOL section 2.2, `samples.json`).
  ///
  /// - Parameter isEmpty: whether every list of the answer is.
  func successMessage(hasMore: Bool, isEmpty: Bool) -> (MessageCode, String) {
    guard isAccount else { return (.quotationSuccess, MessageCode.quotationSuccess.text ?? "") }
    if isOrder { return orderMessage }
    if venue == .vts, hasMore { return ("20310000", "모의투자 조회가 계속 됩니다. 다음 또는 PaDn을 누르십시오.".paddedWithBlanks()) }
    let code = inquiryCode(hasMore: hasMore, isEmpty: isEmpty)
    return (code, (code.text ?? "").paddedWithBlanks())
  }

  /// Whether an answer has lists and nothing in any of them.
  func isEmpty(_ outputs: JSONObject) -> Bool {
    let lists = outputs.members.compactMap(\.value.array)
    return !lists.isEmpty && lists.allSatisfy(\.isEmpty)
  }

  /// As in the examples of KIS's documents: what C services have to say differs from what all others have.
  private func inquiryCode(hasMore: Bool, isEmpty: Bool) -> MessageCode {
    if venue == .vts { return "20310000" }
    if hasMore { return "KIOK0500" }
    if isEmpty { return "KIOK0560" }
    return switch id.rawValue {
    case "TTTC8408R": "KIOK0420"
    case "CTRP6550R": "APRP0126"
    case "TTTC0081R", "TTTC8001R": "KIOK0460"
    case let id where !id.hasPrefix("C"): "KIOK0510"
    default: api.paging.cursors.isEmpty ? "KIOK0530" : "KIOK0460"
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
    let code: MessageCode =
      switch id.rawValue {
      case "CTSC0008U": "APBK2938"
      case "CTSC0009U": "KIOK0430"
      case "TTTO1101U": "APBK0029"
      case "TTTT3017U": "APBK1711"
      default: "APBK0013"
      }
    return (code, code.text ?? "")
  }
}
