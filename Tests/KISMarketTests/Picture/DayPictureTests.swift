import Foundation
import KISMarket
import Testing

@Suite("The picture of docs/market.md")
struct DayPictureTests {
  private let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/market.svg")

  /// `KIS_MARKET_PICTURE=1 swift test --filter DayPictureTests` draws it anew.
  @Test("It is what the market draws")
  func isCurrent() throws {
    var picture = DayPicture(market: Market(seed: 1), code: "005930", date: "2026-09-21")
    let svg = picture.svg()
    if ProcessInfo.processInfo.environment["KIS_MARKET_PICTURE"] != nil {
      try svg.write(to: file.standardizedFileURL, atomically: true, encoding: .utf8)
    }
    let drawn = try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
    #expect(svg == drawn)
  }
}
