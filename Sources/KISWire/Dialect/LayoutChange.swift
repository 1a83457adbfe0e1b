/// One row of the table of layouts: what a TR's records look like from a day on, and how that is known.
public struct LayoutChange: Sendable, Hashable {
  /// The id on the wire: notices of paper trading have their own.
  public let id: TransactionID
  /// The first day on which it is in force, `YYYY-MM-DD`; empty for as long as is known.
  public let from: String
  /// How it differs from the document's list of fields.
  public let edit: Edit
  /// How it is known.
  public let source: String

  /// How a layout differs from the document.
  public enum Edit: Sendable, Hashable {
    /// As in the document.
    case none
    /// More values at the end.
    case append([String])
    /// The document lists names that are not on the wire.
    case first(Int)
    /// More values at the end that nobody has named.
    case unnamed(Int)
    /// Another list.
    case fields([String])
  }

  /// The layout, made from the document's names.
  func layout(_ documented: [String]) -> Layout {
    switch edit {
    case .none: Layout(id, fields: documented, source: source)
    case .append(let names): Layout(id, fields: documented + names, source: source)
    case .first(let count): Layout(id, fields: Array(documented.prefix(count)), source: source)
    case .unnamed(let count): Layout(id, fields: documented, width: documented.count + count, source: source)
    case .fields(let names): Layout(id, fields: names, source: source)
    }
  }
}

extension LayoutChange {
  /// Every layout that differs from the document, oldest first for each TR (PROTOCOL sections 4 and 8).
  public static let all: [LayoutChange] = [
    .init(
      id: "H0STCNT0", from: "2026-09-14", edit: .append(["MARKET_CLS_CODE"]),
      source: "announced 2026-09-09; frames of 2026-09-14 and 16 have 47 values, that of 2026-09-08 has 46"),
    .init(
      id: "H0UNCNT0", from: "2026-09-14", edit: .append(["MARKET_CLS_CODE"]),
      source: "47 values counted live in 2026; name and day by analogy with H0STCNT0"),
    .init(
      id: "H0STASP0", from: "2026-02-23", edit: .append(midPrice),
      source: "62 values from the frame of 2026-02-23 to that of 2026-07-13; names by analogy with H0NXASP0"),
    .init(
      id: "H0STASP0", from: "2026-09-14", edit: .append(midPrice + ["MARKET_CLS_CODE"]),
      source: "announced 2026-09-09; the frame of 2026-09-22 has 63 values"),
    .init(
      id: "H0STCNI0", from: "", edit: .fields(notice(slot19: ["CNTG_ISNM"])),
      source: "KIS document's example; frames before 2025-03-28 have 23 values"),
    .init(
      id: "H0STCNI0", from: "2025-03-28", edit: .none,
      source: "26 values since 2025-03-28: slot 19, the name, became four values"),
    .init(
      id: "H0STCNI9", from: "", edit: .fields(notice(slot19: ["CNTG_ISNM"])),
      source: "by analogy with H0STCNI0 before 2025-03-28"),
    .init(
      id: "H0STCNI9", from: "2025-03-28", edit: .fields(notice(slot19: ["ORD_EXG_GB_POPUP_YN"])),
      source:
        "a decrypted paper frame of 2026: 23 values, slot 19 holds exchange and pop-up flag run together; name ours"),
    .init(
      id: "H0STMKO0", from: "", edit: .first(10),
      source: "KIS document's example of 2024 has 10 values"),
    .init(
      id: "H0STMKO0", from: "2025-03-04", edit: .none,
      source: "EXCH_CLS_CODE is in today's document; day of NXT's opening, inferred"),
    .init(
      id: "H0STOAA0", from: "", edit: .fields(overtimeBook),
      source: "KIS document's example has 58 values: ten levels, of which the document names nine"),
    .init(
      id: "H0UPANC0", from: "",
      edit: .fields([
        "BSTP_CLS_CODE", "BSOP_HOUR", "PRPR_NMIX", "PRDY_VRSS_SIGN", "BSTP_NMIX_PRDY_VRSS", "ACML_VOL", "ACML_TR_PBMN",
        "PCAS_VOL", "PCAS_TR_PBMN", "PRDY_CTRT", "UPLM_ISSU_CNT", "ASCN_ISSU_CNT", "STNR_ISSU_CNT", "DOWN_ISSU_CNT",
        "LSLM_ISSU_CNT",
      ]),
      source: "15 values in the document's example and the legacy official sample; the document names 30"),
    .init(
      id: "H0MFCNT0", from: "", edit: .first(46),
      source: "46 values in the document's example and the legacy official sample; the document names 49"),
    .init(
      id: "H0EUCNT0", from: "", edit: .first(53),
      source: "53 values in the document's example and the legacy official sample; the document names 56"),
    .init(
      id: "H0MFASP0", from: "", edit: .unnamed(8),
      source: "46 values in the document's example; the document names 38"),
  ]

  /// KRX mid-price orders (중간가 호가).
  private static let midPrice = ["KMID_PRC", "KMID_TOTAL_RSQN", "KMID_CLS_CODE"]

  private static func notice(slot19: [String]) -> [String] {
    [
      "CUST_ID", "ACNT_NO", "ODER_NO", "OODER_NO", "SELN_BYOV_CLS", "RCTF_CLS", "ODER_KIND", "ODER_COND",
      "STCK_SHRN_ISCD", "CNTG_QTY", "CNTG_UNPR", "STCK_CNTG_HOUR", "RFUS_YN", "CNTG_YN", "ACPT_YN", "BRNC_NO",
      "ODER_QTY", "ACNT_NAME",
    ] + slot19 + ["CRDT_CLS", "CRDT_LOAN_DATE", "CNTG_ISNM40", "ODER_PRC"]
  }

  private static let overtimeBook =
    ["MKSC_SHRN_ISCD", "BSOP_HOUR", "HOUR_CLS_CODE"] + levels("ASKP") + levels("BIDP") + levels("ASKP_RSQN")
    + levels("BIDP_RSQN") + [
      "TOTAL_ASKP_RSQN", "TOTAL_BIDP_RSQN", "OVTM_TOTAL_ASKP_RSQN", "OVTM_TOTAL_BIDP_RSQN", "ANTC_CNPR", "ANTC_CNQN",
      "ANTC_VOL", "ANTC_CNTG_VRSS", "ANTC_CNTG_VRSS_SIGN", "ANTC_CNTG_PRDY_CTRT", "ACML_VOL", "TOTAL_ASKP_RSQN_ICDC",
      "TOTAL_BIDP_RSQN_ICDC", "OVTM_TOTAL_ASKP_ICDC", "OVTM_TOTAL_BIDP_ICDC",
    ]

  private static func levels(_ name: String) -> [String] { (1...10).map { "\(name)\($0)" } }
}
