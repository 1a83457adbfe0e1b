/// What a KIS field holds, as far as its name says. KIS names end in what they mean: `…_PRPR` a price, `…_HOUR` a time.
enum FieldKind: String, Sendable {
  case number
  /// `HHMMSS`, or as many digits of it as KIS sends.
  case digits
  case text

  init(name: String) {
    let words = name.uppercased().split(separator: "_")
    let last = (words.last ?? "").reversed().drop { $0.isNumber }.reversed()
    let suffix = String(last)
    self = FieldKind.numbers.contains(suffix) ? .number : FieldKind.digitFields.contains(suffix) ? .digits : .text
  }

  /// Whether a value may stand in such a field. Blank values, `(null)` and nan are KIS's own (quirks 30, 68, 69).
  func accepts(_ value: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .text: return true
    case .digits: return value.allSatisfy { FieldKind.isDigit($0) || $0 == 0x20 } || FieldKind.isPlaceholder(value)
    case .number:
      var rest = value.drop { $0 == 0x20 }
      if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      let whole = rest.drop(while: FieldKind.isDigit)
      let fraction = whole.first == UInt8(ascii: ".") ? whole.dropFirst().drop(while: FieldKind.isDigit) : whole
      return fraction.allSatisfy { $0 == 0x20 } || FieldKind.isPlaceholder(value)
    }
  }

  /// What a value should be, for people.
  var phrase: String {
    switch self {
    case .number: "a number"
    case .digits: "digits"
    case .text: "text"
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    ["(null)", "nan", "-nan", "inf", "-inf"].contains { value.elementsEqual($0.utf8) }
  }

  private static let digitFields: Set<String> = [
    "HOUR", "DATE", "TIME", "DTIME", "XYMD", "XHMS", "KYMD", "KHMS", "TYMD",
  ]

  private static let numbers: Set<String> = [
    "RSQN", "CSNU", "ASKP", "BIDP", "RATE", "ICDC", "QTY", "PRPR", "VOL", "PBMN", "PRC", "SMTN", "VRSS", "CNQN", "CTRT",
    "HGPR", "LWPR", "OPRC", "CTTR", "ERT", "BASIS", "CNT", "PBID", "PASK", "VBID", "VASK", "DBID", "DASK", "NMIX",
    "THPR",
    "TNRT", "PRICE", "DPRT", "VLTL", "AMT", "CNPR", "ESDG", "MXPR", "LLAM", "UNPR", "DELTA", "GAMA", "VEGA", "THETA",
    "RHO", "NAV", "CLPR", "OPEN", "HIGH", "LOW", "LAST", "DIFF", "EVOL", "TVOL", "TAMT", "BIVL", "ASVL", "STRN", "BVOL",
    "AVOL", "BDVL", "ADVL", "SIGN",
  ]
}
