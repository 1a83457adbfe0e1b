import KISWire

extension Layout {
  /// The values of a record joined by `^`: the value of each field, empty where there is none.
  func record(_ value: (String) -> String?) -> String { record(fields.map { value($0) ?? "" }) }

  /// The values of a record joined by `^`, in the order of its fields; missing ones are empty.
  func record(_ values: [String]) -> String {
    var values = Array(values.prefix(width))
    values += repeatElement("", count: width - values.count)
    return values.joined(separator: "^")
  }

  /// One message of records of this layout (PROTOCOL section 4); a notice's payload is left as it is.
  func message(_ records: [String], flag: FrameFlag = .plain) -> [UInt8] {
    Frame(transactionID, flag: flag, count: records.count, payload: records.joined(separator: "^").utf8).bytes
  }
}
