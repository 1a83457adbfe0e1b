import KISWire

extension Layout {
  /// The values of a record joined by `^`: the value of each name, nothing where nobody has named a value.
  func record(_ value: (String) -> String?) -> String {
    var values = fields.prefix(width).map { value($0) ?? "" }
    values += repeatElement("", count: width - values.count)
    return values.joined(separator: "^")
  }

  /// One message of records of this layout (PROTOCOL section 4); a notice's payload is left as it is.
  func message(_ records: [String], flag: FrameFlag = .plain) -> [UInt8] {
    Frame(transactionID, flag: flag, count: records.count, payload: records.joined(separator: "^").utf8).bytes
  }
}
