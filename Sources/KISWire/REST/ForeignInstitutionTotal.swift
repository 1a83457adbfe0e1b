/// Provisional net buying of foreigners and institutions (국내기관_외국인 매매종목가집계), `FHPTJ04400000`
/// (PROTOCOL section 2.6).
public enum ForeignInstitutionTotal {
  /// The path of the API.
  public static let path = "/uapi/domestic-stock/v1/quotations/foreign-institution-total"
  /// Its `tr_id`; the paper service does not offer it.
  public static let transactionID = TransactionID.foreignInstitutionTotal
  /// How many rows one call gives; there is no second page.
  public static let rowCount = 30

  /// The six parameters.
  public struct Query: Sendable, Hashable {
    /// FID_INPUT_ISCD: `0000` all, `0001` KOSPI, `1001` KOSDAQ, or another industry code.
    public var industry: String
    /// FID_DIV_CLS_CODE
    public var measure: Measure
    /// FID_RANK_SORT_CLS_CODE
    public var sort: Sort
    /// FID_ETC_CLS_CODE
    public var investor: RankedInvestor

    /// A query; without arguments the top net buying of all investors in all instruments, by quantity.
    public init(
      industry: String = "0000", measure: Measure = .quantity, sort: Sort = .netBuying, investor: RankedInvestor = .all
    ) {
      self.industry = industry
      self.measure = measure
      self.sort = sort
      self.investor = investor
    }
  }

  /// FID_DIV_CLS_CODE: what is ranked by.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// 수량정렬
    case quantity = "0"
    /// 금액정렬
    case amount = "1"
  }

  /// FID_RANK_SORT_CLS_CODE
  public enum Sort: String, Sendable, Hashable, CaseIterable {
    /// 순매수상위
    case netBuying = "0"
    /// 순매도상위
    case netSelling = "1"
  }

  /// FID_ETC_CLS_CODE: whose net buying is ranked.
  public enum RankedInvestor: String, Sendable, Hashable, CaseIterable {
    /// 전체
    case all = "0"
    /// 외국인
    case foreign = "1"
    /// 기관계
    case institution = "2"
    /// 기타
    case other = "3"
  }
}

extension ForeignInstitutionTotal.Query {
  /// FID_COND_MRKT_DIV_CODE has one value.
  public static let market = "V"
  /// FID_COND_SCR_DIV_CODE has one value.
  public static let screen = "16449"

  /// Names and values in the document's order.
  public var parameters: [(name: String, value: String)] {
    [
      ("FID_COND_MRKT_DIV_CODE", Self.market), ("FID_COND_SCR_DIV_CODE", Self.screen), ("FID_INPUT_ISCD", industry),
      ("FID_DIV_CLS_CODE", measure.rawValue), ("FID_RANK_SORT_CLS_CODE", sort.rawValue),
      ("FID_ETC_CLS_CODE", investor.rawValue),
    ]
  }

  /// Reads the parameters. Names may be in any case; an empty value means the first choice (quirk 20).
  ///
  /// - Throws: ``ParameterError`` for the first parameter, in the document's order, that is missing or has no such value.
  public init(_ parameters: [String: String]) throws(ParameterError) {
    let values = Dictionary(parameters.map { ($0.uppercased(), $1) }) { first, _ in first }
    func value(_ name: String, among known: [String]? = nil) throws(ParameterError) -> String {
      guard let value = values[name] else { throw ParameterError(name, .missing) }
      guard value.isEmpty || known?.contains(value) ?? true else { throw ParameterError(name, .invalid(value)) }
      return value
    }
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
      _ name: String, _ empty: Choice
    ) throws(ParameterError) -> Choice {
      Choice(rawValue: try value(name, among: Choice.allCases.map(\.rawValue))) ?? empty
    }
    _ = try value("FID_COND_MRKT_DIV_CODE", among: [Self.market])
    _ = try value("FID_COND_SCR_DIV_CODE", among: [Self.screen])
    let industry = try value("FID_INPUT_ISCD")
    self.init(
      industry: industry.isEmpty ? "0000" : industry, measure: try choice("FID_DIV_CLS_CODE", .quantity),
      sort: try choice("FID_RANK_SORT_CLS_CODE", .netBuying), investor: try choice("FID_ETC_CLS_CODE", .all))
  }
}
