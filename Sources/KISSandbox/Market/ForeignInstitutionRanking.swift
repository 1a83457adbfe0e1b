import KISMarket
import KISRecording
import KISWire

/// The answers to foreign-institution-total (FHPTJ04400000) at one moment: who bought and sold what, provisionally.
struct ForeignInstitutionRanking {
  static let path = "/uapi/domestic-stock/v1/quotations/foreign-institution-total"
  static let transactionID = "FHPTJ04400000"

  /// What is known of one instrument.
  struct Line {
    var quote: Quote
    var figures: InvestorEntries.Figures
  }

  var lines: [Line]

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

    /// Whether an instrument belongs to the market asked for; funds belong to none.
    func covers(_ instrument: Instrument) -> Bool {
      market == "0000" || market.isEmpty ? instrument.kind == .share : IndexDefinition(market).contains(instrument)
    }
  }

  /// The 30 rows that answer a question, best first.
  func rows(_ question: Question) -> [JSONValue] {
    let ranked = lines.filter { question.covers($0.quote.instrument) }
      .map { line in
        (line: line, rank: line.figures.net(question.investor) * (question.byAmount ? line.quote.price : 1))
      }
      .sorted {
        if $0.rank != $1.rank { return ($0.rank > $1.rank) != question.sellersFirst }
        return $0.line.quote.instrument.code < $1.line.quote.instrument.code
      }
    return ranked.prefix(30).map { $0.line.row(ranking: question.investor) }
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

extension ForeignInstitutionRanking.Line {
  /// One row of the reply, 26 values in the order of KIS's page.
  fileprivate func row(ranking investor: ForeignInstitutionRanking.Question.Investor) -> JSONValue {
    let quantities = [figures.foreign, figures.institutionTotal] + figures.institutions + [figures.corporations]
    let names = ["frgn", "orgn", "ivtr", "bank", "insu", "mrbn", "fund", "etc_orgt", "etc_corp"]
    var row: JSONObject = [
      "hts_kor_isnm": .string(quote.instrument.name), "mksc_shrn_iscd": .string(quote.instrument.code),
      "ntby_qty": .string("\(figures.net(investor))"), "stck_prpr": .string("\(quote.price)"),
      "prdy_vrss_sign": .string(quote.sign), "prdy_vrss": .string("\(quote.change)"),
      "prdy_ctrt": .string(percent(Double(quote.change), of: Double(quote.previousClose))),
      "acml_vol": .string("\(quote.volume)"),
    ]
    for (name, quantity) in zip(names, quantities) {
      // KIS names the last two columns differently.
      row[name + (name.hasPrefix("etc") ? "_ntby_vol" : "_ntby_qty")] = .string("\(quantity)")
    }
    for (name, quantity) in zip(names, quantities) {
      row[name + "_ntby_tr_pbmn"] = .string(decimal(Double(quantity) * Double(quote.price) / 1_000_000, places: 0))
    }
    return .object(row)
  }
}
