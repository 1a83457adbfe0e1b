import KISMarket
import KISWire

/// Realised profit (실현손익) by day or by trade, as 기간별손익 and 기간별매매손익 list it.
struct ProfitRows {
  /// One row, with the execution's own security when it stands for one.
  struct Row {
    let date: String
    let instrument: Instrument?
    let executions: [Execution]
    let loan: String?
  }

  let rows: [Row]
  private let all: [Execution]

  /// Nil when the request is no such inquiry, or about no account of the exchange.
  init?(_ request: AnswerRequest) {
    let isByDay = request.api.path.hasSuffix("/domestic-stock/v1/trading/inquire-period-profit")
    let isByTrade = request.api.path.hasSuffix("/domestic-stock/v1/trading/inquire-period-trade-profit")
    guard isByDay || isByTrade, let view = request.account else { return nil }
    let code = request.parameter("PDNO")
    let executions = view.executions(
      from: request.parameter("INQR_STRT_DT") ?? "00000000", to: request.parameter("INQR_END_DT") ?? "99999999"
    ).filter { $0.execution.security.hasPhases && (code == nil || code == $0.entry.instrument.symbol) }
    // By trade means by security, day and loan: what was sold of it that day, and what it had cost.
    let groups = Dictionary(grouping: executions) { pair in
      let (entry, loan) = (pair.entry, pair.execution.loan ?? "")
      return entry.placed.compactDate + (isByDay ? "" : entry.instrument.code + loan)
    }
    let sorted = groups.sorted { $0.key < $1.key }.map(\.value)
    // SORT_DVSN 00: latest first, 01: oldest first.
    let ordered = request.parameter("SORT_DVSN") == "01" ? sorted : sorted.reversed()
    rows = ordered.compactMap { pairs in
      guard let first = pairs.first else { return nil }
      return Row(
        date: first.entry.placed.compactDate, instrument: isByDay ? nil : first.entry.instrument,
        executions: pairs.map(\.execution), loan: isByDay ? nil : first.entry.record.loan)
    }
    all = executions.map(\.execution)
  }

  static func value(of field: String, in row: Row) -> String? {
    let sums = Sums(row.executions)
    return switch field.lowercased() {
    case "trad_dt": row.date
    case "buy_amt": "\(sums.bought)"
    case "sll_amt": "\(sums.sold)"
    case "buy_qty", "buy_qty1": "\(sums.boughtQuantity)"
    case "sll_qty", "sll_qty1": "\(sums.soldQuantity)"
    case "sll_pric": "\(sums.soldQuantity == 0 ? 0 : sums.sold / sums.soldQuantity)"
    case "pchs_unpr": decimal(sums.soldQuantity == 0 ? 0 : Double(sums.cost) / Double(sums.soldQuantity), places: 4)
    case "rlzt_pfls": "\(sums.realized)"
    case "pfls_rt": percent(Double(sums.realized), of: Double(sums.cost))
    case "fee": "\(sums.fees)"
    case "tl_tax": "\(sums.tax)"
    case "loan_int": "0"
    case "loan_dt": row.loan ?? ""
    case "trad_dvsn_name": row.loan == nil ? "현금" : "신용"
    default: nil
    }
  }

  /// A field of the totals over all rows.
  func total(of field: String) -> String? {
    let sums = Sums(all)
    return switch field.lowercased() {
    case "sll_qty_smtl": "\(sums.soldQuantity)"
    case "sll_tr_amt_smtl": "\(sums.sold)"
    case "sll_fee_smtl": "\(sums.saleFees)"
    case "sll_tltx_smtl", "tot_tltx": "\(sums.tax)"
    case "sll_excc_amt_smtl": "\(sums.sold - sums.saleFees - sums.tax)"
    case "buy_qty_smtl", "buyqty_smtl": "\(sums.boughtQuantity)"
    case "buy_tr_amt_smtl": "\(sums.bought)"
    case "buy_fee_smtl": "\(sums.fees - sums.saleFees)"
    case "buy_tax_smtl", "loan_int": "0"
    case "buy_excc_amt_smtl": "\(sums.bought + sums.fees - sums.saleFees)"
    case "tot_qty": "\(sums.boughtQuantity + sums.soldQuantity)"
    case "tot_tr_amt": "\(sums.bought + sums.sold)"
    case "tot_fee": "\(sums.fees)"
    case "tot_excc_amt": "\(sums.sold - sums.bought - sums.fees - sums.tax)"
    case "tot_rlzt_pfls": "\(sums.realized)"
    case "tot_pftrt": percent(Double(sums.realized), of: Double(sums.cost))
    default: nil
    }
  }
}

/// Sums over executions, in won.
struct Sums {
  var (bought, sold, boughtQuantity, soldQuantity) = (0, 0, 0, 0)
  var (fees, saleFees, tax, cost, realized) = (0, 0, 0, 0, 0)
  /// What closing contracts gained, without fees.
  var gain = 0

  init(_ executions: [Execution]) {
    for execution in executions {
      fees += execution.fee
      gain += execution.gain
      if execution.side == .buy {
        bought += execution.amount
        boughtQuantity += execution.quantity
      } else {
        sold += execution.amount
        soldQuantity += execution.quantity
        saleFees += execution.fee
        tax += execution.tax
        cost += execution.cost
        realized += execution.realized
      }
    }
  }
}
