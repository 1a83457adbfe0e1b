/// A number with exactly some decimals, as KIS writes rates (`-0.14`), indices and overseas prices (`182.8500`).
///
/// Rounded half away from zero; never `-0.00`.
func decimal(_ value: Double, places: Int = 2) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  guard value.magnitude * Double(scale) < 9e17 else { return "0." + String(repeating: "0", count: places) }
  let scaled = Int((value * Double(scale)).rounded())
  // Answers have thousands of these: written at once, from the last digit on. Fifteen bytes need no memory of their own.
  return String(unsafeUninitializedCapacity: scaled.magnitude < 1_000_000_000_000 && places < 12 ? 15 : 24) { text in
    var (place, rest) = (text.count, scaled.magnitude)
    func put(_ byte: UInt8) {
      place -= 1
      text.initializeElement(at: place, to: byte)
    }
    for digit in 0... {
      if digit == places, places > 0 { put(UInt8(ascii: ".")) }
      if digit > places, rest == 0 { break }
      put(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    if scaled < 0 { put(UInt8(ascii: "-")) }
    let count = text.count - place
    for index in 0..<count { text[index] = text[place + index] }
    return count
  }
}

/// A share of a whole in percent with two decimals; `0.00` of nothing.
func percent(_ part: Double, of whole: Double) -> String {
  decimal(whole == 0 ? 0 : part * 100 / whole)
}

/// The sign code (대비부호) of a difference: 2 up, 3 flat, 5 down.
func signCode(_ difference: Double) -> String {
  difference > 0 ? "2" : difference < 0 ? "5" : "3"
}
