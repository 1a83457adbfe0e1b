/// Orders at one price (호가와 잔량).
public struct PriceLevel: Sendable, Hashable {
  /// Won at home, the currency of the exchange abroad; 0 where there is none.
  public let price: Double
  /// 잔량: shares or contracts that wait there.
  public let quantity: Int

  /// So much that waits at a price.
  public init(price: Double, quantity: Int) {
    self.price = price
    self.quantity = quantity
  }
}

/// The order book of a share (국내주식 실시간호가), `H0STASP0` of KRX and its twins of NXT and of both: ten levels.
public struct OrderBook: TypedRecord, Hashable {
  /// `H0STASP0` of KRX, `H0UNASP0` of both exchanges (통합), `H0NXASP0` of NXT.
  public static let transactionIDs: [TransactionID] = ["H0STASP0", "H0UNASP0", "H0NXASP0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 유가증권 단축 종목코드
  public let code: String
  /// 영업 시간, in Korean time.
  public let time: TimeOfDay
  /// 매도호가 1–10: the best first.
  public let asks: [PriceLevel]
  /// 매수호가 1–10: the best first.
  public let bids: [PriceLevel]
  /// 총 매도호가 잔량
  public let totalAskQuantity: Int
  /// 총 매수호가 잔량
  public let totalBidQuantity: Int
  /// 예상 체결가, won; 0 outside auctions.
  public let expectedPrice: Int
  /// 예상 체결량, shares.
  public let expectedQuantity: Int

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("MKSC_SHRN_ISCD")
    time = try record.time("BSOP_HOUR")
    asks = try record.levels(10, price: "ASKP", quantity: "ASKP_RSQN")
    bids = try record.levels(10, price: "BIDP", quantity: "BIDP_RSQN")
    totalAskQuantity = try record.integer("TOTAL_ASKP_RSQN")
    totalBidQuantity = try record.integer("TOTAL_BIDP_RSQN")
    expectedPrice = try record.integer("ANTC_CNPR")
    expectedQuantity = try record.integer("ANTC_CNQN")
  }
}

/// The order book of a share abroad (해외주식 실시간호가), `HDFSASP0`: ten levels in America, fewer elsewhere.
public struct OverseasOrderBook: TypedRecord, Hashable {
  /// `HDFSASP0`.
  public static let transactionIDs: [TransactionID] = ["HDFSASP0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 실시간종목코드: `DNASAAPL`.
  public let key: String
  /// 종목코드: `AAPL`.
  public let symbol: String
  /// 한국시간
  public let koreanTime: TimeOfDay
  /// 매도호가, the best first.
  public let asks: [PriceLevel]
  /// 매수호가, the best first.
  public let bids: [PriceLevel]

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    key = try record.text("RSYM")
    symbol = try record.text("SYMB")
    koreanTime = try record.time("KHMS")
    let depth = (1...10).prefix { record["PASK\($0)"] != nil }.count
    asks = try record.levels(depth, price: "PASK", quantity: "VASK")
    bids = try record.levels(depth, price: "PBID", quantity: "VBID")
  }
}

extension Record {
  /// `093015`: a time of day.
  func time(_ name: String) throws(WireError) -> TimeOfDay {
    let text = try text(name)
    guard text.utf8.count == 6, let time = TimeOfDay(text) else {
      let start = layout.index(of: name).map { values.offset(of: $0) } ?? 0
      throw WireError(.field, expected: "six digits of a time of day in \(name)", found: "\"\(text)\"", at: start)
    }
    return time
  }

  /// Prices and quantities by number, from 1.
  fileprivate func levels(_ depth: Int, price: String, quantity: String) throws(WireError) -> [PriceLevel] {
    var levels: [PriceLevel] = []
    for number in 0..<depth {
      levels.append(
        PriceLevel(price: try self.number("\(price)\(number + 1)"), quantity: try integer("\(quantity)\(number + 1)")))
    }
    return levels
  }
}
