import KISWire

/// An order (주문) as an account's inquiries show it, made up or placed by a client.
struct AccountOrder: Sendable, Hashable {
  var number: Int
  /// The order that this one changed or cancelled.
  var original: Int?
  var isBuy: Bool
  /// Shares ordered, filled and taken back.
  var quantity: Int
  var filled: Int
  var cancelled = 0
  /// In the smallest units of the instrument's market: what it said, and what it was filled at.
  var price: Int
  var fillPrice = 0
  /// Whether any price was good enough (시장가).
  var isAtMarket = false
  /// When it reached the exchange.
  var placed: KoreanTime

  /// Shares that may still be filled, changed or cancelled.
  var open: Int { max(0, quantity - filled - cancelled) }

  /// The value of a field of an order inquiry; nil for any other field.
  func value(of field: String, about quote: Quote) -> String? {
    let market = quote.instrument.market
    return switch field.lowercased() {
    case "odno", "ord_no": padded(number, to: 10)
    case "orgn_odno": original.map { padded($0, to: 10) } ?? ""
    case "ord_dt": placed.compactDate
    case "ord_tmd": placed.timeOfDay
    case "ord_qty", "ft_ord_qty": "\(quantity)"
    case "tot_ccld_qty", "ft_ccld_qty", "ccld_qty": "\(filled)"
    case "rmn_qty", "nccs_qty", "psbl_qty": "\(open)"
    case "cncl_cfrm_qty", "cncl_qty": "\(cancelled)"
    case "cncl_yn": cancelled > 0 ? "Y" : "N"
    case "rjct_qty": "0"
    case "ord_unpr", "ft_ord_unpr3", "ovrs_ord_unpr": isAtMarket ? "0" : market.text(price)
    case "avg_prvs", "ft_ccld_unpr3", "ccld_unpr": filled == 0 ? "0" : market.text(fillPrice)
    case "tot_ccld_amt", "ft_ccld_amt3", "ccld_amt":
      decimal(Double(fillPrice) / Double(market.scale) * Double(filled), places: market.decimals)
    case "sll_buy_dvsn_cd": isBuy ? "02" : "01"
    case "sll_buy_dvsn_cd_name": isBuy ? "매수" : "매도"
    case "ord_dvsn_cd": isAtMarket ? "01" : "00"
    case "ord_dvsn_name": isAtMarket ? "시장가" : "지정가"
    default: nil
    }
  }
}
