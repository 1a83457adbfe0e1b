extension Record {
  /// A value that must be there.
  public func text(_ name: String) throws(WireError) -> String {
    values[try index(of: name)]
  }

  /// A whole number: `-12`, `+12` and `000012` are fine; an empty value is not.
  public func integer(_ name: String) throws(WireError) -> Int {
    try integer(at: try index(of: name), name)
  }

  /// A whole number, or nil for an empty value.
  public func integerIfAny(_ name: String) throws(WireError) -> Int? {
    let index = try index(of: name)
    return values.bytes(at: index).isEmpty ? nil : try integer(at: index, name)
  }

  /// A decimal number. `nan` and `-nan` are fine: KIS sends them.
  public func number(_ name: String) throws(WireError) -> Double {
    try number(at: try index(of: name), name)
  }

  func integer(at index: Int, _ name: String) throws(WireError) -> Int {
    guard let number = Int(ascii: values.bytes(at: index)) else { throw wrong(index, name, "a whole number") }
    return number
  }

  /// A whole number that floating point holds exactly.
  func exactNumber(at index: Int, _ name: String) throws(WireError) -> Double {
    guard let number = Double(exactly: try integer(at: index, name)) else {
      throw wrong(index, name, "a whole number of at most 15 digits")
    }
    return number
  }

  func number(at index: Int, _ name: String) throws(WireError) -> Double {
    guard let number = Double(ascii: values.bytes(at: index)) ?? Double(values[index]) else {
      throw wrong(index, name, "a number")
    }
    return number
  }

  private func index(of name: String) throws(WireError) -> Int {
    guard let index = layout.index(of: name) else {
      throw WireError(
        .field, expected: "a value named \(name)", found: "the layout of \(transactionID) without it", at: 0)
    }
    guard index < values.count else {
      throw WireError(
        .field, expected: "\(name) as value \(index + 1)", found: "a record of \(values.count) values",
        at: values.isEmpty ? 0 : values.offset(of: values.count - 1))
    }
    return index
  }

  private func wrong(_ index: Int, _ name: String, _ expected: String) -> WireError {
    WireError(
      .field, expected: "\(expected) in \(name) (value \(index + 1))", found: "\"\(values[index])\"",
      at: values.offset(of: index))
  }
}

extension Int {
  /// The whole number that some ASCII bytes spell, with an optional sign; nil when they do not, or it does not fit.
  init?(ascii bytes: some Collection<UInt8>) {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let hasSign = isNegative || bytes.first == UInt8(ascii: "+")
    guard let magnitude = Int(digits: bytes.dropFirst(hasSign ? 1 : 0)) else { return nil }
    self = isNegative ? -magnitude : magnitude
  }

  /// The number that some ASCII digits spell; nil when there are none, anything else, or too many.
  fileprivate init?(digits: some Collection<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(byte &- UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    self = value
  }
}

extension Double {
  /// The number that `-12.34` and the like spell; nil for anything longer or odder, which `Double(String)` may know.
  ///
  /// Up to 15 digits and their divisor are exact, so the quotient is the nearest number, just as with `Double(String)`.
  fileprivate init?(ascii bytes: ArraySlice<UInt8>) {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let unsigned = bytes.dropFirst(isNegative ? 1 : 0)
    guard unsigned.count <= 16, let dot = unsigned.firstIndex(of: UInt8(ascii: ".")),
      let whole = Int(digits: unsigned[..<dot]), let fraction = Int(digits: unsigned[dot...].dropFirst())
    else { return nil }
    let divisor = (dot + 1..<unsigned.endIndex).reduce(1) { power, _ in power * 10 }
    let magnitude = Double(whole * divisor + fraction) / Double(divisor)
    self = isNegative ? -magnitude : magnitude
  }
}
