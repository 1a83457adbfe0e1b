/// A number with exactly some decimals, as KIS writes rates (`-0.14`), indices and overseas prices (`182.8500`).
///
/// Rounded half away from zero; never `-0.00`.
func decimal(_ value: Double, places: Int = 2) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  guard value.magnitude * Double(scale) < 9e17 else { return "0." + String(repeating: "0", count: places) }
  let scaled = Int((value * Double(scale)).rounded())
  let whole = "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt(scale))"
  return places == 0 ? whole : whole + "." + padded(Int(scaled.magnitude % UInt(scale)), to: places)
}

/// A share of a whole in percent with two decimals; `0.00` of nothing.
func percent(_ part: Double, of whole: Double) -> String {
  decimal(whole == 0 ? 0 : part * 100 / whole)
}

/// The sign code (대비부호) of a difference: 2 up, 3 flat, 5 down.
func signCode(_ difference: Double) -> String {
  difference > 0 ? "2" : difference < 0 ? "5" : "3"
}
