/// The names of a record's values in wire order, as they are in force on some day.
public struct Layout: Sendable, Hashable {
  /// The id on the wire.
  public let transactionID: TransactionID
  /// KIS's names in wire order.
  public let fields: [String]
  /// How many values a record has. More than ``fields`` where frames are wider than any document.
  public let width: Int
  /// Where this layout comes from, for people.
  public let source: String
  private let indexByName: [String: Int]

  /// A layout; without a width it is as wide as it has names.
  public init(_ transactionID: TransactionID, fields: [String], width: Int? = nil, source: String) {
    self.transactionID = transactionID
    self.fields = fields
    self.width = max(width ?? fields.count, 0)
    self.source = source
    indexByName = Dictionary(zip(fields, fields.indices)) { first, _ in first }
  }

  /// Where the value of this name stands, from 0; nil when there is no such name.
  public func index(of name: String) -> Int? { indexByName[name] }
}
