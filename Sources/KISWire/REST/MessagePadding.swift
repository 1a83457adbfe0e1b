extension String {
  /// The text filled up with blanks to a number of EUC-KR bytes, as account services send `msg1` (quirk 21).
  ///
  /// Korean characters count two bytes each; longer text stays as it is.
  public func paddedWithBlanks(toEUCKRBytes width: Int = 80) -> String {
    self + String(repeating: " ", count: max(0, width - eucKRByteCount))
  }

  /// How many bytes the text takes in EUC-KR: one for ASCII, two for anything else.
  public var eucKRByteCount: Int { unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }

  /// The text without the blanks at both of its ends.
  package var trimmingBlanks: String {
    let rest = utf8.drop { $0 == 0x20 }
    guard let last = rest.lastIndex(where: { $0 != 0x20 }) else { return "" }
    return String(Substring(rest[...last]))
  }
}
