import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Secrets in the journal")
struct SecretMaskTests {
  private static let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ0b2tlbiJ9"
  private static let short = "hush-4711"

  private func entry(_ content: JournalEntry.Content) -> String {
    var journal = Journal()
    return "\(journal.append(content, at: .zero).content)"
  }

  @Test(
    "are masked in headers, whichever carries them",
    arguments: ["Authorization", "Cookie", "Set-Cookie", "x-api-key", "appsecret", "Proxy-Authorization"])
  func headers(_ name: String) {
    let request = ObservedRequest(method: "GET", path: "/x", headers: [.init(name, Self.short)])
    let text = entry(.request(request, JournalAnswer(status: 200, source: .generated)))
    #expect(!text.contains(Self.short))
    #expect(text.contains("***"))
  }

  @Test("are masked in a path, KIS's own paths stay")
  func paths() {
    let secret = ObservedRequest(method: "GET", path: "/callback/\(Self.token)")
    let missed = JournalAnswer(
      status: 404, source: .generated,
      nearMisses: [
        NearMiss("API", PatternDifference("path", expected: TextPattern(["/x"]), found: secret.path), distance: 1)
      ])
    #expect(!entry(.request(secret, missed)).contains(Self.token))
    #expect(!entry(.connect(path: "/\(Self.token)?approval_key=\(Self.short)")).contains("4711"))
    for path in ["/uapi/domestic-stock/v1/quotations/inquire-daily-itemchartprice", "/tryitout/H0STCNT0"] {
      #expect(SecretMask.masked(path: path) == path)
    }
    #expect(Catalogue.rest.allSatisfy { SecretMask.masked(path: $0.path) == $0.path })
  }

  @Test(
    "are masked in WebSocket texts, close reasons and details of faults, JSON or not",
    arguments: [
      "appsecret=\(short)&tr_id=H0STCNT0", "Authorization: Bearer \(short)", "cookie:\(short); other",
      #"{"header":{"approval_key":"\#(short)"}}"#, "broken {\"appsecret\":\"\(short)", "say \(token)",
    ])
  func texts(_ text: String) {
    for content: JournalEntry.Content in [.message(text), .disconnect(reason: text), .fault(name: "x", detail: text)] {
      let kept = entry(content)
      #expect(!kept.contains(Self.short) && !kept.contains(Self.token))
      #expect(kept.contains("***"))
    }
    #expect(SecretMask.masked(text: "appsecret=\(Self.short)&tr_id=H0STCNT0").hasSuffix("&tr_id=H0STCNT0"))
  }

  @Test(
    "leave text without secrets as it is",
    arguments: ["0|H0STCNT0|001|005930^100", "token", "a=b&c=d", "key: value", ""])
  func plain(_ text: String) { #expect(SecretMask.masked(text: text) == text) }
}
