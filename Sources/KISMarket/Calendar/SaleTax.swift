/// The tax on sales (증권거래세 with 농어촌특별세), by the date of the trade and the board.
public enum SaleTax {
  /// Hundredths of a percent of the proceeds: 20 is 0.20 %. Exchange-traded products pay none.
  public static func basisPoints(of kind: SecurityKind, on board: Board, at date: CalendarDate) -> Int {
    guard kind == .share else { return 0 }
    return (rates.last { $0.from <= date } ?? rates[0]).basisPoints
  }

  /// Since when which rate, KOSPI (with the special tax for rural development) and KOSDAQ alike.
  private static let rates: [(from: CalendarDate, basisPoints: Int)] = [
    ("1990-01-01", 30), ("2019-05-30", 25), ("2021-01-01", 23), ("2023-01-01", 20), ("2024-01-01", 18),
    ("2025-01-01", 15), ("2026-01-01", 20),
  ]
}
