import KISMarket
import KISWire

/// In which order a search of warrants (ELW 종목검색) lists what it finds: by up to three figures, each from its top (1) or its
/// bottom (2).
struct WarrantOrder {
  private let keys: [(field: NamedField, isDescending: Bool)]

  /// By FID_RANK_SORT_CLS_CODE: 1 code, 2 price, 3 change, 4 volume, 5 strike, 6 how much of a share it is, 7 listed, 8 and 9
  /// its end, 10 leverage; 0 is none.
  private static let fields = [
    1: "elw_shrn_iscd", 2: "elw_prpr", 3: "prdy_ctrt", 4: "acml_vol", 5: "acpr", 6: "stck_cnvr_rate",
    7: "stck_lstn_date", 8: "mtrt_date", 9: "hts_rmnn_dynu", 10: "lvrg_val",
  ]

  /// Nil for anything but that search.
  init?(_ request: AnswerRequest) {
    guard request.api.path.hasSuffix("/elw/v1/quotations/cond-search") else { return nil }
    let names = [
      ("FID_RANK_SORT_CLS_CODE", "FID_INPUT_CNT_1"), ("FID_RANK_SORT_CLS_CODE_2", "FID_INPUT_CNT_2"),
      ("FID_RANK_SORT_CLS_CODE_3", "FID_INPUT_CNT_3"),
    ]
    // Every parameter is looked at, whether there is a figure to it or not.
    keys = names.map { (request.parameter($0), request.parameter($1)) }.compactMap { code, end in
      guard let field = code.flatMap({ Int($0) }).flatMap({ WarrantOrder.fields[$0] }) else { return nil }
      return (NamedField(field), end != "2")
    }
  }

  /// Quotes in that order; those that are alike stay as they were.
  func sorted(_ quotes: [Quote]) -> [Quote] {
    guard !keys.isEmpty else { return quotes }
    let figures = quotes.map { quote in keys.map { $0.field.value(inListOf: quote) ?? "" } }
    return quotes.indices.sorted { left, right in
      for (place, key) in keys.enumerated() {
        let (one, other) = (figures[left][place], figures[right][place])
        guard one != other else { continue }
        let isLess = Double(one).flatMap { low in Double(other).map { low < $0 } } ?? (one < other)
        return isLess != key.isDescending
      }
      return left < right
    }.map { quotes[$0] }
  }
}
