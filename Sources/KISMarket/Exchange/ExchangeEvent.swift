/// Something that happened to an order, for replies, notices, inquiries and the tape.
public struct ExchangeEvent: Sendable, Hashable {
  /// What happened.
  public enum Kind: Sendable, Hashable {
    /// It was taken (접수).
    case accepted
    /// It was not taken (거부): at once, or, when it took its time, as it arrived at the market.
    case refused(OrderRefusal)
    /// A part of it traded (체결).
    case filled(Fill)
    /// A part of another order became this one (정정확인).
    case changed(original: Int, quantity: Int)
    /// This is a cancellation of a part of another order (취소확인).
    case cancelled(original: Int, quantity: Int)
    /// The exchange cancelled the rest, because it can trade no more: IOC, FOK, or an empty side.
    case dropped(quantity: Int)
    /// The rest ended with its session.
    case expired(quantity: Int)
  }

  /// When, in market time.
  public let moment: TradingMoment
  /// Whose order.
  public let account: AccountID
  /// The position of the record in ``Exchange/orders``; nil for an order that was refused.
  public let order: Int?
  /// What happened.
  public let kind: Kind
  /// How its notice goes out.
  public let delivery: NoticeDelivery
}

/// A part of an order that traded.
public struct Fill: Sendable, Hashable {
  /// The price of one share.
  public let price: Int
  /// How many.
  public let quantity: Int
  /// Where; nil abroad.
  public let venue: TradingVenue?
  /// Whether the order was there first.
  public let isMaker: Bool
  /// Whether it came of a call auction.
  public let isAuction: Bool
}

/// How the notice (체결통보) of an event goes out.
public struct NoticeDelivery: Sendable, Hashable {
  /// How often: 0 is lost, 2 is doubled.
  public var copies: Int
  /// Whether it leaves before the reply to the order.
  public var isBeforeReply: Bool

  /// As it should be.
  public static let normal = NoticeDelivery(copies: 1, isBeforeReply: false)

  /// A way of delivery.
  public init(copies: Int, isBeforeReply: Bool) { (self.copies, self.isBeforeReply) = (copies, isBeforeReply) }
}
