import KISMarket
import KISWire

/// What a company's books say (재무제표, 재무비율): one row a year, or a quarter, latest first.
struct FinancialRows {
  private let books: CompanyBooks
  private let periods: [CompanyBooks.Period]
  private let price: Int

  /// What a request asks for: years, or quarters, that are published.
  init(_ request: AnswerRequest, of share: Instrument, price: Int) {
    self.init(
      of: share, price: price,
      periods: share.kind == .share
        ? CompanyBooks.Period.published(
          by: request.marketTime.date, quarterly: request.parameter("FID_DIV_CLS_CODE") == "1")
        : [])
  }

  /// - Parameter price: of the share now, for what is measured by it.
  init(of share: Instrument, price: Int, periods: [CompanyBooks.Period]) {
    (books, self.price, self.periods) = (CompanyBooks(share), price, periods)
  }

  /// The figures of each period by their names, in all APIs.
  var rows: [[String: String]] { periods.map(row) }

  private func row(_ period: CompanyBooks.Period) -> [String: String] {
    let (now, before) = (books.statement(period), books.statement(period.yearBefore))
    var row = ["stac_yymm": period.text]
    for figures in [balance(now), income(now), ratios(now), growth(now, before), worth(now)] {
      row.merge(figures) { first, _ in first }
    }
    return row
  }

  private func balance(_ sheet: CompanyBooks.Statement) -> [String: String] {
    [
      "cras": hundredMillions(sheet.currentAssets), "fxas": hundredMillions(sheet.fixedAssets),
      "total_aset": hundredMillions(sheet.assets), "flow_lblt": hundredMillions(sheet.currentLiabilities),
      "fix_lblt": hundredMillions(sheet.fixedLiabilities), "total_lblt": hundredMillions(sheet.liabilities),
      "cpfn": hundredMillions(sheet.capital), "total_cptl": hundredMillions(sheet.equity),
      "cfp_surp": FinancialRows.notTold, "prfi_surp": FinancialRows.notTold,
    ]
  }

  /// What KIS prints in places that it does not fill.
  private static let notTold = "99.99"

  private func income(_ sheet: CompanyBooks.Statement) -> [String: String] {
    [
      "sale_account": hundredMillions(sheet.sales), "sale_cost": hundredMillions(sheet.cost),
      "sale_totl_prfi": hundredMillions(sheet.grossProfit), "bsop_prti": hundredMillions(sheet.operatingProfit),
      "op_prfi": hundredMillions(sheet.pretaxProfit), "spec_prfi": "0.00", "spec_loss": "0.00",
      "thtr_ntin": hundredMillions(sheet.income), "depr_cost": FinancialRows.notTold,
      "sell_mang": FinancialRows.notTold, "bsop_non_ernn": FinancialRows.notTold,
      "bsop_non_expn": FinancialRows.notTold,
    ]
  }

  private func ratios(_ sheet: CompanyBooks.Statement) -> [String: String] {
    [
      "roe_val": share(sheet.income, of: sheet.equity), "eps": decimal(sheet.earningsPerShare),
      "sps": decimal(sheet.salesPerShare), "bps": decimal(sheet.bookPerShare),
      "rsrv_rate": share(sheet.equity - sheet.capital, of: sheet.capital),
      "lblt_rate": share(sheet.liabilities, of: sheet.equity),
      "cptl_ntin_rate": share(sheet.income, of: sheet.assets),
      "self_cptl_ntin_inrt": share(sheet.income, of: sheet.equity),
      "sale_ntin_rate": share(sheet.income, of: sheet.sales),
      "sale_totl_rate": share(sheet.grossProfit, of: sheet.sales),
      "bram_depn": share(sheet.borrowings, of: sheet.assets),
      "crnt_rate": share(sheet.currentAssets, of: sheet.currentLiabilities),
      "quck_rate": share(sheet.currentAssets - sheet.inventory, of: sheet.currentLiabilities),
      "cptl_op_prfi": share(sheet.pretaxProfit, of: sheet.assets), "bis": share(sheet.equity, of: sheet.assets),
      "cptl_tnrt": decimal(Double(sheet.sales) / Double(max(1, sheet.assets))),
      "sale_bond_tnrt": decimal(Double(sheet.sales) / Double(max(1, sheet.currentAssets - sheet.inventory))),
    ]
  }

  private func growth(_ now: CompanyBooks.Statement, _ before: CompanyBooks.Statement) -> [String: String] {
    func rate(_ figure: (CompanyBooks.Statement) -> Int) -> String {
      share(figure(now) - figure(before), of: figure(before))
    }
    return [
      "grs": rate(\.sales), "bsop_prfi_inrt": rate(\.operatingProfit), "ntin_inrt": rate(\.income),
      "op_prfi_inrt": rate(\.pretaxProfit),
      "equt_inrt": rate(\.equity), "totl_aset_inrt": rate(\.assets),
    ]
  }

  private func worth(_ sheet: CompanyBooks.Statement) -> [String: String] {
    let dividend = books.dividend(of: sheet.period.year)
    let capitalCost = Double(sheet.equity + sheet.borrowings) * 0.08
    let value = price * (sheet.shares / 1_000) / 1_000 + sheet.borrowings
    return [
      "payout_rate": percent(
        Double(dividend), of: books.statement(.init(year: sheet.period.year, quarter: 4)).earningsPerShare),
      "eva": decimal((Double(sheet.operatingProfit) * 0.78 - capitalCost) / 100),
      "ebitda": hundredMillions(sheet.cashEarnings),
      "per": multiple(sheet.earningsPerShare), "pbr": multiple(sheet.bookPerShare),
      "pcr": multiple(sheet.earningsPerShare + Double(sheet.depreciation) * 1_000_000 / Double(sheet.shares)),
      "psr": multiple(sheet.salesPerShare),
      "pv_div_ebitda": decimal(sheet.cashEarnings == 0 ? 0 : Double(value) / Double(sheet.cashEarnings)),
      "ebitda_div_fnnc_expn": decimal(Double(sheet.cashEarnings) / max(1, Double(sheet.borrowings) * 0.04)),
      "ev_ebitda": decimal(sheet.cashEarnings == 0 ? 0 : Double(value) / Double(sheet.cashEarnings)),
    ]
  }

  private func multiple(_ perShare: Double) -> String { decimal(perShare == 0 ? 0 : Double(price) / perShare) }

  private func share(_ part: Int, of whole: Int) -> String { percent(Double(part), of: Double(whole)) }
}

/// Millions of won in hundreds of millions (억), as KIS writes books: `719156.00`.
func hundredMillions(_ millions: Int) -> String { decimal(Double(millions) / 100) }
