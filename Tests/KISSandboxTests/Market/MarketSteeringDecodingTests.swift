import KISWire
import Testing

@testable import KISScenario

@Suite("What the market is to do, as scenarios and the admin API write it")
struct MarketSteeringDecodingTests {
  @Test(
    "is read",
    arguments: [
      (#"{"move": {"code": "005930", "by": "-5%", "over": "1m"}}"#, "move 005930 by -5% over 1m"),
      (#"{"move": {"market": "KOSDAQ", "by": "2.25%"}}"#, "move KOSDAQ by 2.25% over 1m"),
      (#"{"halt": {"code": "AAPL", "for": "2m"}}"#, "halt AAPL for 2m"),
      (#"{"limit": {"code": "005930", "side": "up"}}"#, "limit 005930 up"),
      (#"{"circuit_breaker": {"market": "KOSPI"}}"#, "circuit_breaker KOSPI"),
    ])
  func read(text: String, words: String) throws {
    #expect(try MarketSteering(YAMLNode(parsing: text, file: "market")).description == words)
  }

  @Test(
    "is refused with what was expected",
    arguments: [
      (#"{"move": {"code": "005930", "by": "-5"}}"#, "a change from -99% to 1000%"),
      (#"{"move": {"code": "005930", "by": "--5%"}}"#, "a change from -99% to 1000%"),
      (#"{"move": {"code": "005930", "by": "-99.5%"}}"#, "a change from -99% to 1000%"),
      (#"{"move": {"by": "1%"}}"#, "code"),
      (#"{"halt": {"code": "005930", "for": "7h"}}"#, "a time from 1s to 6h"),
      (#"{"limit": {"code": "005930", "side": "upp"}}"#, "up"),
      (#"{"circuit-breaker": {"market": "KOSPI"}}"#, "circuit_breaker"),
      (#"{"circuit_breaker": {"market": "KONEX"}}"#, "KOSPI"),
    ])
  func refused(text: String, words: String) {
    let error = #expect(throws: ScenarioError.self) { try MarketSteering(YAMLNode(parsing: text, file: "market")) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
