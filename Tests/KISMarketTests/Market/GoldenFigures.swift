/// Figures of seed 1 that must not change by accident; a deliberate change of the model changes them here.
enum GoldenFigures {
  /// 005930 on 2026-09-21 at 14:30:17: price, open, high, low, volume, amount.
  static let samsung = [251_000, 250_500, 252_000, 250_500, 5_155_001, 1_293_440_436_000]
}
