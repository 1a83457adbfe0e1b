extension StringProtocol {
  /// Whether there is nothing in it but the digits 0 to 9.
  @inlinable package var isAllDigits: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) } }

  /// Whether there is nothing in it but digits and capital letters, as in the codes of instruments.
  package var isAllDigitsAndCapitals: Bool {
    utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }
}
