import KISMarket
import KISRecording
import KISWire

/// The answers to foreign-institution-total (FHPTJ04400000) at one moment: who bought and sold what, provisionally.
final class ForeignInstitutionRanking {
  static let path = "/uapi/domestic-stock/v1/quotations/foreign-institution-total"
  static let transactionID = "FHPTJ04400000"

  /// What was keyed in of each instrument.
  private let lines: [QuotedMarket.ProvisionalLine]
  /// An instrument at the moment.
  private let quote: (Instrument) -> Quote
  /// All of them; only a ranking by amount needs them.
  private lazy var quotes = lines.map { quote($0.instrument) }

  init(lines: [QuotedMarket.ProvisionalLine], quote: @escaping (Instrument) -> Quote) {
    (self.lines, self.quote) = (lines, quote)
  }

  /// One set of parameters that ask for a ranking (PROTOCOL section 2.6).
  struct Question: Sendable, Hashable {
    /// `FID_INPUT_ISCD`: 0000 all, 0001 KOSPI, 1001 KOSDAQ, else an industry or index.
    var market: String
    /// `FID_DIV_CLS_CODE` 1: ranked by amount, not by quantity.
    var byAmount: Bool
    /// `FID_RANK_SORT_CLS_CODE` 1: top net sellers first.
    var sellersFirst: Bool
    /// `FID_ETC_CLS_CODE`.
    var investor: Investor

    enum Investor: String, Sendable, CaseIterable {
      case all = "0"
      case foreign = "1"
      case institutions = "2"
      case others = "3"
    }

    /// Every question that a recording answers.
    static let all: [Question] = ["0000", "0001", "1001"].flatMap { market in
      [false, true].flatMap { byAmount in
        [false, true].flatMap { sellersFirst in
          Investor.allCases.map {
            Question(market: market, byAmount: byAmount, sellersFirst: sellersFirst, investor: $0)
          }
        }
      }
    }

    var parameters: [NameValue] {
      [
        .init("FID_COND_MRKT_DIV_CODE", "V"), .init("FID_COND_SCR_DIV_CODE", "16449"),
        .init("FID_INPUT_ISCD", market), .init("FID_DIV_CLS_CODE", byAmount ? "1" : "0"),
        .init("FID_RANK_SORT_CLS_CODE", sellersFirst ? "1" : "0"), .init("FID_ETC_CLS_CODE", investor.rawValue),
      ]
    }

    /// Whether instruments belong to the market asked for; funds belong to none.
    fileprivate var covers: (Instrument) -> Bool {
      if market == "0000" || market.isEmpty { return { $0.kind == .share } }
      let index = IndexDefinition(market)
      return { index.contains($0) }
    }
  }

  /// The 30 rows that answer a question, best first.
  func rows(_ question: Question) -> [JSONValue] {
    let covers = question.covers
    let ranks = lines.indices.map {
      lines[$0].figures.net(question.investor) * (question.byAmount ? quotes[$0].price : 1)
    }
    let places = lines.indices.filter { covers(lines[$0].instrument) }.sorted { left, right in
      if ranks[left] != ranks[right] { return (ranks[left] > ranks[right]) != question.sellersFirst }
      return lines[left].instrument.code < lines[right].instrument.code
    }
    return places.prefix(30).map { place in
      let quote = question.byAmount ? quotes[place] : self.quote(lines[place].instrument)
      return lines[place].figures.row(about: quote, ranking: question.investor)
    }
  }

  /// The whole exchange, as a recording keeps it.
  func exchange(_ question: Question) -> RecordedExchange {
    let body: JSONValue = [
      "output": .array(rows(question)), "rt_cd": "0", "msg_cd": "MCA00000", "msg1": "정상처리 되었습니다.",
    ]
    return RecordedExchange(
      method: "GET", path: ForeignInstitutionRanking.path, transactionID: ForeignInstitutionRanking.transactionID,
      parameters: question.parameters,
      headers: [.init("tr_id", ForeignInstitutionRanking.transactionID), .init("tr_cont", "")],
      body: body.text)
  }
}

extension InvestorEntries.Figures {
  /// The net purchases of the ranked investors.
  fileprivate func net(_ investor: ForeignInstitutionRanking.Question.Investor) -> Int {
    switch investor {
    case .all: foreign + institutionTotal + corporations
    case .foreign: foreign
    case .institutions: institutionTotal
    case .others: corporations
    }
  }
}

extension InvestorEntries.Figures {
  /// One row of the reply, 26 values in the order of KIS's page.
  fileprivate func row(
    about quote: Quote, ranking investor: ForeignInstitutionRanking.Question.Investor
  ) -> JSONValue {
    let quantities = [foreign, institutionTotal] + institutions + [corporations]
    var row: JSONObject = [
      "hts_kor_isnm": .string(quote.instrument.name), "mksc_shrn_iscd": .string(quote.instrument.code),
      "ntby_qty": .string("\(net(investor))"), "stck_prpr": .string("\(quote.price)"),
      "prdy_vrss_sign": .string(quote.sign), "prdy_vrss": .string("\(quote.change)"),
      "prdy_ctrt": .string(percent(Double(quote.change), of: Double(quote.previousClose))),
      "acml_vol": .string("\(quote.volume)"),
    ]
    for (name, quantity) in zip(Self.quantityNames, quantities) {
      row.members.append(.init(name, .string("\(quantity)")))
    }
    for (name, quantity) in zip(Self.amountNames, quantities) {
      let amount = decimal(Double(quantity) * Double(quote.price) / 1_000_000, places: 0)
      row.members.append(.init(name, .string(amount)))
    }
    return .object(row)
  }

  private static let parties = ["frgn", "orgn", "ivtr", "bank", "insu", "mrbn", "fund", "etc_orgt", "etc_corp"]
  /// KIS names the last two columns differently.
  private static let quantityNames = parties.map { $0 + ($0.hasPrefix("etc") ? "_ntby_vol" : "_ntby_qty") }
  private static let amountNames = parties.map { $0 + "_ntby_tr_pbmn" }
}
