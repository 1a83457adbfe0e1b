import KISMarket
import KISWire

/// All that an account has, by kind and in won (투자계좌자산현황): the rows of that inquiry, and the sums of them.
struct AccountAssets {
  /// What there is of a kind.
  struct Kind {
    var paid = 0.0
    var value = 0.0
    var lent = 0.0
  }

  /// 주식, 펀드/MMW, IMA, 채권, ELS/DLS, WRAP, 신탁, RP/발행어음, 해외주식, 해외채권, 금현물, CD/CP, 전자단기사채, 타사상품, 외화
  /// 전자단기사채, 외화ELS/DLS, 외화, 예수금, 청약자예수금: rows have no names, their order tells.
  private(set) var kinds = [Kind](repeating: Kind(), count: 19)

  private enum Place { static let (shares, bonds, abroad, foreignMoney, money) = (0, 3, 8, 16, 17) }

  /// Nil where the inquiry is another one, or about no account of the exchange.
  init?(_ request: AnswerRequest, quote: (Instrument) -> Quote) {
    guard request.id == "CTRP6548R", let view = request.account else { return nil }
    for (instrument, holding) in view.holdings where !holding.security.isContract {
      let place =
        switch instrument.market {
        case .bond: Place.bonds
        case .overseas: Place.abroad
        default: Place.shares
        }
      let line = AccountLine(quote(instrument), holding, sellable: 0)
      let rate = line.quote.details.wonForOne(instrument.currency)
      kinds[place].paid += line.paid * rate
      kinds[place].value += line.value * rate
      kinds[place].lent += Double(line.lent)
    }
    let day = request.marketTime.date
    for currency in view.account.cash.keys where currency != "KRW" {
      let money = AccountCash(view, currency: currency).settled
      kinds[Place.foreignMoney].value += money * request.quotes.wonForOne(currency, on: day)
    }
    kinds[Place.money].value = AccountCash(view, currency: "KRW").settled
    // Rows are in whole won, and so are their sums.
    for place in kinds.indices {
      kinds[place].paid.round()
      kinds[place].value.round()
    }
  }

  /// The value of a field, by its name in lower case, in the row of a kind; nil for any other field.
  func value(of name: String, kind place: Int) -> String? {
    let kind = kinds[place]
    return switch name {
    case "pchs_amt": won(kind.paid)
    case "evlu_amt": won(kind.value)
    case "evlu_pfls_amt": won(kind.paid == 0 ? 0 : kind.value - kind.paid)
    case "crdt_lnd_amt": won(kind.lent)
    case "real_nass_amt": won(kind.value - kind.lent)
    case "whol_weit_rt": percent(kind.value, of: sum(\.value))
    default: nil
    }
  }

  /// The value of a field of the sums, by its name in lower case; nil for any other field.
  func total(of name: String) -> String? {
    switch name {
    case "pchs_amt_smtl": won(sum(\.paid))
    case "evlu_amt_smtl", "tot_asst_amt": won(sum(\.value))
    case "evlu_pfls_amt_smtl": won(sum { $0.paid == 0 ? 0 : $0.value - $0.paid })
    case "nass_tot_amt": won(sum { $0.value - $0.lent })
    case "loan_amt_smtl", "tot_lnda_tot_ulst_lnda", "crdt_fncg_amt": won(sum(\.lent))
    case "frcr_evlu_tota": won(kinds[Place.foreignMoney].value)
    case "dncl_amt", "tot_dncl_amt": won(kinds[Place.money].value)
    case "ovrs_stck_evlu_amt1": won(kinds[Place.abroad].value)
    default: nil
    }
  }

  private func sum(_ figure: (Kind) -> Double) -> Double { kinds.reduce(0) { $0 + figure($1) } }

  private func won(_ amount: Double) -> String { decimal(amount, places: 0) }
}
