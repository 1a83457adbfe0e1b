public import KISScenario

extension PlaySpeed {
  /// Reads `1`, `0.5`, `60`, `60x` or `max`; nil for anything else.
  public init?(_ text: String) {
    if text.lowercased() == "max" {
      self = .max
      return
    }
    let number = text.hasSuffix("x") ? String(text.dropLast()) : text
    guard let rate = Double(number), rate.isFinite, rate > 0, rate <= Double(PlaySpeed.fastest) else { return nil }
    self = .times(rate)
  }
}
