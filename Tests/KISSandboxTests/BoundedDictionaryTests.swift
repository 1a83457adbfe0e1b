import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What strangers name")
struct BoundedDictionaryTests {
  @Test("is remembered up to a bound, the newest of it")
  func bound() {
    var numbers = BoundedDictionary<Int, String>(capacity: 100)
    for number in 0..<1_000 { numbers[number] = "\(number)" }
    #expect(numbers.values.count == 100)
    #expect(numbers[999] == "999" && numbers[900] == "900" && numbers[899] == nil)
  }

  @Test("changes without growing, and goes when it is told to")
  func changes() {
    var numbers = BoundedDictionary<String, Int>(capacity: 2)
    for _ in 0..<100 { numbers["a", default: 0] += 1 }
    numbers["b"] = 1
    #expect(numbers["a"] == 100 && numbers["b"] == 1)
    numbers["a"] = nil
    numbers["c"] = 2
    #expect(numbers["a"] == nil && numbers["b"] == 1 && numbers["c"] == 2)
    for round in 0..<1_000 {
      numbers["x"] = round
      numbers["x"] = nil
    }
    #expect(numbers["x"] == nil)
  }

  @Test("app keys of any number are let in, and all but the newest forgotten; overlong ones are refused")
  func appKeys() {
    var credentials = IssuedCredentials(generator: SeededGenerator(seed: 1))
    for number in 0..<IssuedCredentials.most + 50 {
      _ = credentials.issueApprovalKey(appKey: "junk-\(number)", limits: Limits(), now: .zero)
    }
    #expect(credentials.approvalKeys.values.count == IssuedCredentials.most)
    let long = String(repeating: "k", count: 1_025)
    #expect(credentials.refusal(appKey: long, secret: "s") == .invalidAppKey)
    #expect(credentials.refusal(appKey: "k", secret: long) == .invalidAppSecret)
  }
}
