/// One WebSocket data message, `flag|tr_id|count|payload` (PROTOCOL section 4).
///
/// A frame is a view over the bytes as received, so whatever was sent comes out again byte for byte.
/// The payload is split only when ``records()`` is asked for.
///
///     let frame = try Frame(parsing: "0|H0UPPGM0|001|0001^085913^0^…")
///     for record in try frame.records() { print(record[0], record[1]) }
public struct Frame: Sendable, Hashable {
  /// Whether the payload is readable.
  public let flag: FrameFlag
  /// The TR whose records it holds.
  public let transactionID: TransactionID
  /// How many records the frame says it has.
  public let count: Int
  /// The whole message. UTF-8 as a rule, broken now and then (quirk 87).
  public let bytes: [UInt8]
  /// Where the payload starts in ``bytes``.
  public let payloadStart: Int

  /// Reads a frame. Only the envelope is looked at.
  ///
  /// - Throws: ``WireError`` with code ``WireError/Code/frame`` and the offset of the part that is wrong.
  public init(parsing bytes: [UInt8]) throws(WireError) {
    guard let first = bytes.first, let flag = FrameFlag(rawValue: first) else {
      throw WireError(.frame, expected: "the flag 0 or 1", found: excerpt(of: bytes, at: 0), at: 0)
    }
    guard bytes.count > 1, bytes[1] == bar else {
      throw WireError(.frame, expected: "| after the flag", found: excerpt(of: bytes, at: 1), at: 1)
    }
    guard let idEnd = bytes[2...].firstIndex(of: bar), idEnd > 2 else {
      throw WireError(.frame, expected: "a tr_id that ends with |", found: excerpt(of: bytes, at: 2), at: 2)
    }
    let countStart = idEnd + 1
    guard let countEnd = bytes[countStart...].firstIndex(of: bar), countEnd - countStart == 3,
      let count = number(in: bytes[countStart..<countEnd])
    else {
      throw WireError(
        .frame, expected: "a count of three digits that ends with |", found: excerpt(of: bytes, at: countStart),
        at: countStart)
    }
    self.flag = flag
    self.transactionID = TransactionID(String(decoding: bytes[2..<idEnd], as: UTF8.self))
    self.count = count
    self.bytes = bytes
    self.payloadStart = countEnd + 1
  }

  /// Reads a frame from text.
  public init(parsing text: String) throws(WireError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// A frame around a payload that is already in the wire's form.
  ///
  /// - Parameter count: the number of records; written with three digits, and kept between 0 and 999.
  public init(
    _ transactionID: TransactionID, flag: FrameFlag = .plain, count: Int = 1, payload: some Collection<UInt8>
  ) {
    let count = min(max(count, 0), 999)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(transactionID.rawValue.utf8.count + payload.count + 7)
    bytes.append(flag.rawValue)
    bytes.append(bar)
    bytes.append(contentsOf: transactionID.rawValue.utf8)
    bytes.append(bar)
    for digit in [count / 100, count / 10 % 10, count % 10] { bytes.append(zero + UInt8(digit)) }
    bytes.append(bar)
    self.payloadStart = bytes.count
    bytes.append(contentsOf: payload)
    self.flag = flag
    self.transactionID = transactionID
    self.count = count
    self.bytes = bytes
  }

  /// A plain frame with these records. The grammar has no quoting: values must hold neither `^` nor `|`.
  public init(_ transactionID: TransactionID, records: [[String]]) {
    var payload: [UInt8] = []
    var isFirst = true
    for value in records.joined() {
      if !isFirst { payload.append(caret) }
      payload.append(contentsOf: value.utf8)
      isFirst = false
    }
    self.init(transactionID, count: records.count, payload: payload)
  }

  /// Everything after the third `|`.
  public var payload: ArraySlice<UInt8> { bytes[payloadStart...] }

  /// The whole message as text; broken UTF-8 is shown as U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// `|`, between the parts of the envelope.
private let bar = UInt8(ascii: "|")
/// `^`, between values.
let caret = UInt8(ascii: "^")
private let zero = UInt8(ascii: "0")

/// The whole number that some digits spell; nil when there is anything else.
private func number(in digits: ArraySlice<UInt8>) -> Int? {
  var value = 0
  for digit in digits {
    guard digit >= zero, digit <= zero + 9 else { return nil }
    value = value * 10 + Int(digit - zero)
  }
  return value
}

/// Up to 24 bytes from an offset on, for error messages.
func excerpt(of bytes: some RandomAccessCollection<UInt8>, at offset: Int) -> String {
  offset < bytes.count ? String(decoding: bytes.dropFirst(offset).prefix(24), as: UTF8.self) : "the end"
}
