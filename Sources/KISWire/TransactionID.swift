/// A KIS transaction id (`tr_id`): `H0UPPGM0`, `FHPTJ04400000`. Open: ids that the catalogue does not know pass through.
public struct TransactionID: RawRepresentable, Sendable, Hashable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The id as it is written on the wire.
  public let rawValue: String

  /// Any text is an id; whether KIS has it is asked of the ``Catalogue``.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Any text is an id.
  public init(_ text: String) { rawValue = text }
  /// An id written in place: `"H0STCNT0"`.
  public init(stringLiteral value: String) { rawValue = value }

  public var description: String { rawValue }

  public static func < (left: TransactionID, right: TransactionID) -> Bool { left.rawValue < right.rawValue }
}

extension TransactionID {
  /// Index program trading (국내지수 실시간프로그램매매).
  public static let indexProgramTrading: TransactionID = "H0UPPGM0"
  /// Trades of a KRX share (국내주식 실시간체결가).
  public static let stockTrade: TransactionID = "H0STCNT0"
  /// Order book of a KRX share (국내주식 실시간호가).
  public static let stockOrderBook: TransactionID = "H0STASP0"
  /// Order notices of a real account (국내주식 실시간체결통보).
  public static let orderNotice: TransactionID = "H0STCNI0"
  /// Order notices of a paper trading account (모의투자).
  public static let paperOrderNotice: TransactionID = "H0STCNI9"
  /// Provisional net buying of foreigners and institutions (국내기관_외국인 매매종목가집계).
  public static let foreignInstitutionTotal: TransactionID = "FHPTJ04400000"
  /// Current price of a KRX share (주식현재가 시세).
  public static let inquirePrice: TransactionID = "FHKST01010100"
  /// The heartbeat of a WebSocket session.
  public static let pingPong: TransactionID = "PINGPONG"
  /// What KIS writes into a reply that belongs to no registration (PROTOCOL section 3.3).
  public static let null: TransactionID = "(null)"
}
