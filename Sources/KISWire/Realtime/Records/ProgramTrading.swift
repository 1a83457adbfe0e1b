/// Program trading of an index or industry (국내지수 실시간프로그램매매), `H0UPPGM0`: all 88 values.
///
/// Quantities are thousand shares and amounts million won, each rounded by itself: sums are off by one now and then
/// (PROTOCOL section 8). Rates are percentages of the whole market.
///
///     let trading = try ProgramTrading(record)
///     trading.arbitrage.net.amount                              // 차익 합계 순매수 거래 대금, value 29
///     trading.executed(.nonArbitrage, .buy, .entrusted).quantity // 비차익 매수 위탁 체결량, value 9
public struct ProgramTrading: TypedRecord, Hashable {
  /// `H0UPPGM0` alone; program trading of single shares has other TRs and another layout.
  public static let transactionIDs: [TransactionID] = [.indexProgramTrading]

  /// Every value by KIS's name.
  public let record: Record
  /// 영업 시간 (2), in Korean time.
  public let time: TimeOfDay
  private let numbers: [Double]

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    guard record.values.count >= Self.width else {
      throw WireError(
        .record, expected: "\(Self.width) values of H0UPPGM0", found: "\(record.values.count) values",
        at: record.values.isEmpty ? 0 : record.values.offset(of: 0))
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(Self.width - Self.firstNumber + 1)
    for position in Self.firstNumber...Self.width {
      let name = record.layout.fields.indices ~= position - 1 ? record.layout.fields[position - 1] : "H0UPPGM0"
      numbers.append(
        Self.isRate(position)
          ? try record.number(at: position - 1, name) : try record.exactNumber(at: position - 1, name))
    }
    self.record = record
    time = try record.time("BSOP_HOUR")
    self.numbers = numbers
  }

  /// 업종 구분 코드 (1): `0001` KOSPI, `1001` KOSDAQ …
  public var code: String { record.values[0] }
  /// 차익 합계 (19–30)
  public var arbitrage: Block { block(at: 19) }
  /// 비차익 합계 (31–42)
  public var nonArbitrage: Block { block(at: 31) }
  /// 위탁 (43–54)
  public var entrusted: Block { block(at: 43) }
  /// 자기 (55–66)
  public var own: Block { block(at: 55) }
  /// 전체 (67–78)
  public var all: Block { block(at: 67) }
  /// 누적 거래량과 누적 거래 대금 (87, 88) of the whole market.
  public var market: Volume { Volume(quantity: whole(87), amount: whole(88)) }

  /// 체결량과 체결 금액 (3–10, 11–18).
  public func executed(_ kind: Kind, _ side: Side, _ account: Account) -> Volume {
    let offset = kind.rawValue * 4 + side.rawValue * 2 + account.rawValue
    return Volume(quantity: whole(3 + offset), amount: whole(11 + offset))
  }

  /// 순매수 수량과 거래 대금 (79–86).
  public func net(_ kind: Kind, _ account: Account) -> Volume {
    let offset = kind.rawValue * 4 + account.rawValue * 2
    return Volume(quantity: whole(79 + offset), amount: whole(80 + offset))
  }
}

extension ProgramTrading {
  /// 차익, 비차익
  public enum Kind: Int, Sendable, CaseIterable { case arbitrage, nonArbitrage }
  /// 매도, 매수
  public enum Side: Int, Sendable, CaseIterable { case sell, buy }
  /// 위탁, 자기
  public enum Account: Int, Sendable, CaseIterable { case entrusted, own }

  /// A quantity in thousand shares and an amount in million won.
  public struct Volume: Sendable, Hashable {
    /// Thousand shares.
    public let quantity: Int
    /// Million won.
    public let amount: Int

    /// A quantity and its amount.
    public init(quantity: Int, amount: Int) {
      self.quantity = quantity
      self.amount = amount
    }
  }

  /// A volume and its share of the market in per cent.
  public struct Share: Sendable, Hashable {
    /// Thousand shares.
    public let quantity: Int
    /// Per cent of the market's volume.
    public let quantityRate: Double
    /// Million won.
    public let amount: Int
    /// Per cent of the market's amount.
    public let amountRate: Double

    /// A volume with its rates.
    public init(quantity: Int, quantityRate: Double, amount: Int, amountRate: Double) {
      self.quantity = quantity
      self.quantityRate = quantityRate
      self.amount = amount
      self.amountRate = amountRate
    }
  }

  /// Twelve values: 매도, 매수, 순매수.
  public struct Block: Sendable, Hashable {
    /// 매도
    public let sell: Share
    /// 매수
    public let buy: Share
    /// 순매수: bought less sold.
    public let net: Share
  }

  /// How many values a record has.
  public static let width = 88
  private static let firstNumber = 3

  /// Whether the value at a position from 1 is a percentage: every second one of the blocks 19–78.
  private static func isRate(_ position: Int) -> Bool { 19...78 ~= position && position % 2 == 0 }

  private func block(at position: Int) -> Block {
    Block(sell: share(at: position), buy: share(at: position + 4), net: share(at: position + 8))
  }

  private func share(at position: Int) -> Share {
    Share(
      quantity: whole(position), quantityRate: value(position + 1), amount: whole(position + 2),
      amountRate: value(position + 3))
  }

  private func value(_ position: Int) -> Double { numbers[position - Self.firstNumber] }

  /// A value that was read as a whole number.
  private func whole(_ position: Int) -> Int { Int(value(position)) }
}
