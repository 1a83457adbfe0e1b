import KISClient
import Testing

@Suite("A secret")
struct SecretTests {
  @Test("is not shown, however it is printed")
  func hidden() {
    var configuration = ClientConfiguration(
      restURL: "http://127.0.0.1:1", webSocketURL: "ws://127.0.0.1:1", appKey: "KEY-abc", appSecret: "SECRET-xyz")
    configuration.htsID = "me"
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped, "\(configuration.appKey)"] {
      #expect(!text.contains("KEY-abc") && !text.contains("SECRET-xyz"))
    }
    #expect(configuration.appKey.reveal() == "KEY-abc")
  }
}
