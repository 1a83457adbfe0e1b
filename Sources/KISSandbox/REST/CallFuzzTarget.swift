import KISScenario
package import KISWire

extension FuzzTarget {
  /// Bodies of calls, as far as the input check: an order, which is a POST, and an inquiry of the same members.
  package static let call = FuzzTarget(
    name: "call",
    seeds: [
      #"{"CANO":"12345678","ACNT_PRDT_CD":"01","PDNO":"005930","ORD_DVSN":"00","ORD_QTY":"10","ORD_UNPR":"61000"}"#,
      #"{"CANO":"12345678","ACNT_PRDT_CD":"01","PDNO":5930,"ORD_DVSN":null,"ORD_QTY":[1],"ORD_UNPR":{"a":"b"}}"#,
      #"{"cano":"12345678","acnt_prdt_cd":"01","FID_COND_MRKT_DIV_CODE":"J","FID_INPUT_ISCD":"005930","ORD_QTY":"1"}"#,
    ],
    run: { bytes in
      var isTaken = false
      for (path, id) in [
        ("/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U"),
        ("/uapi/domestic-stock/v1/quotations/inquire-price", "FHKST01010100"),
      ] {
        let request = RESTRequest(
          method: "POST", path: path, headers: [(name: "tr_id", value: id)], body: bytes)
        guard let api = Catalogue.rest(path: path) else { return .inconsistent }
        let asked = AnswerRequest(
          api: api, id: request.transactionID, parameters: request.observed.parameters,
          moment: KoreanTime(year: 2026, month: 9, day: 21, hour: 10), venue: .real, quotes: QuotedMarket(seed: 1),
          page: GeneratedAnswer.page(of: api, parameters: request.observed.parameters))
        if RequestValidation(api: api, venue: .real).refusal(of: request) == nil { isTaken = true }
        guard asked.isOrder else { continue }
        _ = (asked.isWellFormedOrder, asked.orderKind, asked.orderPrice(), asked.orderQuantity)
      }
      return isTaken ? .read : .refused
    })
}
