/// One record with the names of its values: a view, nothing is copied until a value is read.
///
///     for record in try frame.records(in: dialect) {
///       print(record["BSTP_CLS_CODE"] ?? "", record.fields, record.extra)
///     }
public struct Record: Sendable, Hashable {
  /// The TR it belongs to.
  public let transactionID: TransactionID
  /// The names of its values.
  public let layout: Layout
  /// Its values in wire order, named or not.
  public let values: RecordValues

  /// Values seen through a layout; they may be fewer or more than it names.
  public init(_ values: RecordValues, layout: Layout) {
    self.transactionID = layout.transactionID
    self.layout = layout
    self.values = values
  }

  /// A record made from values by name, as wide as the layout says; what is not given is `filler`.
  public init(_ layout: Layout, _ values: [String: String], filler: String = "") {
    let unnamed = max(layout.width - layout.fields.count, 0)
    let named = layout.fields.prefix(layout.width).map { values[$0] ?? filler }
    self.init(RecordValues(named + Array(repeating: filler, count: unnamed)), layout: layout)
  }

  /// A value by KIS's name; nil when the layout has no such name or the record is too short for it.
  public subscript(name: String) -> String? {
    guard let index = layout.index(of: name), index < values.count else { return nil }
    return values[index]
  }

  /// Names and values in wire order.
  public var fields: [(name: String, value: String)] {
    zip(layout.fields, values).map { (name: $0, value: $1) }
  }

  /// The values that the layout does not name.
  public var extra: [String] { Array(values.dropFirst(layout.fields.count)) }

  /// `{"tr_id":…,"fields":{NAME: value, …},"extra":[…]}`
  public var json: JSONValue {
    [
      "tr_id": .string(transactionID.rawValue),
      "fields": .object(JSONObject(fields.map { ($0.name, .string($0.value)) })),
      "extra": .array(extra.map(JSONValue.string)),
    ]
  }
}

extension Frame {
  /// The records with the names that are in force; see ``records()`` for the errors.
  public func records(in dialect: Dialect) throws(WireError) -> [Record] {
    let layout = dialect.layout(of: transactionID)
    return try records().map { Record($0, layout: layout) }
  }

  /// A plain frame with these records.
  public init(_ transactionID: TransactionID, records: [Record]) {
    self.init(transactionID, records: records.map { Array($0.values) })
  }
}

/// A record read into a type of its own.
public protocol TypedRecord: Sendable {
  /// The TRs whose records it reads.
  static var transactionIDs: [TransactionID] { get }

  /// - Throws: ``WireError`` with code `field`: which value, what it should be, what it is, and where it starts.
  init(_ record: Record) throws(WireError)
}
