import KISWire

/// What an order request (주문) says.
extension AnswerRequest {
  /// Shares, here and abroad, are what the ledger keeps; futures, options, bonds and reservations are answered only.
  var isKeptByLedger: Bool {
    ["/order-cash", "/order-credit", "/overseas-stock/v1/trading/order", "/daytime-order"].contains {
      api.path.hasSuffix($0)
    }
  }

  /// Whether an order sells: by its tr_id, or by what it says.
  var isSale: Bool {
    AnswerRequest.sales.contains(String(id.rawValue.dropFirst())) || parameter("SLL_BUY_DVSN_CD") == "01"
  }

  /// No price, or order type 01 (시장가).
  var isAtMarket: Bool {
    (parameter("ORD_DVSN") == "01" && market == .kospi) || orderPrice(in: market) == 0
  }

  /// The written price in the smallest units of a market; 0 when there is none.
  func orderPrice(in market: Instrument.Market) -> Int {
    let written = parameter("ORD_UNPR") ?? parameter("OVRS_ORD_UNPR") ?? ""
    let price = (Double(written) ?? 0) * Double(market.scale)
    return price.isFinite && price < 1e15 ? Int(price.rounded()) : 0
  }

  /// The tr_ids of selling, without the letter that tells real from paper.
  private static let sales: Set<String> = [
    "TTC0801U", "TTC0011U", "TTC0851U", "TTC0051U", "TTT1006U", "TTT1001U", "TTS1001U", "TTS1005U", "TTS0304U",
    "TTS0307U", "TTS0310U", "TTS6037U", "TTC0958U",
  ]
}
