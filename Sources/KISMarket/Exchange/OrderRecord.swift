/// An order with all that became of it. Changes and cancellations are records of their own, with the number of theirs.
public struct OrderRecord: Sendable, Hashable {
  /// What a record stands for.
  public enum Role: Sendable, Hashable {
    /// An order, also one that came of a change.
    case order
    /// The cancellation of a part of another.
    case cancellation
  }

  /// Its number (주문번호), unique within a day.
  public let number: Int
  /// The order that it changed or cancelled.
  public let original: Int?
  /// What the record stands for.
  public let role: Role
  /// Whose it is.
  public let account: AccountID
  /// Who sent it.
  public let sender: String
  /// What was ordered.
  public let security: Security
  /// Buy or sell.
  public let side: Side
  /// How it behaves.
  public internal(set) var kind: OrderKind
  /// Where it was sent to.
  public let route: OrderRoute
  /// Where it is; nil abroad.
  public internal(set) var venue: TradingVenue?
  /// The price that it named; 0 for kinds that name none.
  public let price: Int
  /// The price that a stop order waits for.
  public let trigger: Int?
  /// How much was ordered.
  public let quantity: Int
  /// 신용: the loan that pays for it.
  public let loan: String?
  /// When it was accepted.
  public let placed: TradingMoment

  /// What was filled of it.
  public internal(set) var filled = 0
  /// What the fills cost: Σ price · quantity.
  public internal(set) var filledAmount = 0
  /// When the last part was filled.
  public internal(set) var lastFill: TradingMoment?
  /// What was cancelled by the client, or became another order by a change.
  public internal(set) var cancelled = 0
  /// What the exchange cancelled: the rest of IOC, FOK and market orders, and what expired with the session.
  public internal(set) var expired = 0
  /// Whether it was ever changed.
  public internal(set) var isChanged = false
  /// Whether it closes contracts (청산): then it holds contracts back, and no money.
  public internal(set) var isClosing = false
  /// What one share of a buyer's order is reckoned at until it is filled: the most that it can cost.
  var margin = 0
  /// The money that is held back for it now.
  var reserved = 0

  /// Whether it holds money back, and no shares or contracts.
  var holdsMoney: Bool { security.isContract ? !isClosing : side == .buy }

  /// What may still be filled.
  public var open: Int { role == .order ? max(0, quantity - filled - cancelled - expired) : 0 }
}
