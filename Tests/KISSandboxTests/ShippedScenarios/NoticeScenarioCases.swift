import KISSandbox
import KISWire
import Testing

extension ScenarioCase {
  /// Scenarios about order notices (체결통보).
  static let notices = [
    ScenarioCase("wrong-iv-notice.yaml", wrongIvNotice),
    ScenarioCase("vts-venue.yaml", vtsVenue),
  ]

  private static func wrongIvNotice() async throws {
    let play = try ScenarioPlay("wrong-iv-notice.yaml")
    let client = try await play.client(("H0STCNI0", "kismock"))
    let cipher = try #require(try RegistrationReply(parsing: client.sink.texts[0]).cipher())
    await play.pass(12)
    let notices = client.frames(of: "H0STCNI0")
    #expect(notices.count == 28)
    for (number, text) in zip(1..., notices) {
      let plain = try? cipher.decrypt(Frame(parsing: text)).payload
      let isReadable = plain?.starts(with: Array("kismock^".utf8)) == true
      if number % 7 == 0 {
        #expect(plain == nil, "notice \(number) has no valid padding")
      } else {
        #expect(plain != nil && isReadable == (number % 3 != 0), "notice \(number)")
      }
    }
    #expect(await play.isMet)
  }

  private static func vtsVenue() async throws {
    let play = try ScenarioPlay("vts-venue.yaml")
    let client = try await play.client(("H0STCNI9", "kismock"))
    #expect(client.codes == ["OPSP0000"])
    let cipher = try #require(try RegistrationReply(parsing: client.sink.texts[0]).cipher())
    let token = try await play.token()
    let order = try JSONValue(parsing: await play.order("VTTC0802U", token).body)
    let number = try #require(order["output"]?["ODNO"]?.string)
    await play.pass(0.9)
    #expect(client.frames(of: "H0STCNI9").isEmpty)
    await play.pass(0.2)
    let notice = try cipher.decrypt(Frame(parsing: try #require(client.frames(of: "H0STCNI9").first)))
    #expect(try notice.records().width == 23)
    let text = String(decoding: notice.payload, as: UTF8.self)
    #expect(text.contains("^\(number)^") && text.contains("^1Y^10^"), "two flags run together in slot 19")
    var codes: [String?] = []
    for _ in 1...60 {
      await play.pass(0.6)
      codes.append(await play.price(token).code)
    }
    #expect(codes.contains("EGW00201") && codes.contains("MCA00000"), "the quota strikes early now and then")
    #expect(await play.isMet)
    for _ in 1...3 { codes.append(await play.price(token).code) }
    #expect(codes.last == "EGW00201")
    #expect(await !play.isMet, "three calls in one second are above the quota")
  }
}
