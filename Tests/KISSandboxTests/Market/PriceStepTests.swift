import Testing

@testable import KISSandbox

@Suite("Price steps")
struct PriceStepTests {
  @Test(
    "Steps are those of the exchange",
    arguments: [(1_999, 1), (2_000, 5), (5_000, 10), (20_000, 50), (50_000, 100), (200_000, 500), (500_000, 1_000)])
  func sizes(price: Int, size: Int) {
    #expect(PriceStep(.kospi).size(at: price) == size)
  }

  @Test("Going down across a boundary uses the step of the lower prices")
  func boundary() {
    #expect(PriceStep(.kospi).below(200_000) == 199_900)
    #expect(PriceStep(.kospi).above(200_000) == 200_500)
    #expect(PriceStep(.etf).below(2_000) == 1_999)
  }

  @Test("The limits after 77,300 are those of the captured inquire-price: 54,200 and 100,400")
  func limits() {
    #expect(PriceStep(.kospi).limits(around: 77_300) == 54_200...100_400)
  }
}
