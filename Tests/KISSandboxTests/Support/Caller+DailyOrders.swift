import KISWire

@testable import KISSandbox

extension Caller {
  /// 주식일별주문체결조회 (inquire-daily-ccld) of the first account, all orders of all exchanges unless changed.
  /// - Parameters:
  ///   - end: the last day asked for; the first is 2026-09-21.
  ///   - changes: values of parameters by their names.
  func dailyOrders(through end: String = "20260921", _ changes: [String: String] = [:]) async -> RESTAnswer {
    let usual = [
      ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_STRT_DT", "20260921"), ("INQR_END_DT", end),
      ("SLL_BUY_DVSN_CD", "00"), ("PDNO", ""), ("ORD_GNO_BRNO", ""), ("ODNO", ""), ("CCLD_DVSN", "00"),
      ("INQR_DVSN", "00"), ("INQR_DVSN_1", ""), ("INQR_DVSN_3", "00"), ("EXCG_ID_DVSN_CD", "ALL"),
      ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
    ]
    return await ask(
      "/uapi/domestic-stock/v1/trading/inquire-daily-ccld", "TTTC0081R", usual.map { ($0.0, changes[$0.0] ?? $0.1) })
  }
}
