import KISSandbox
import KISWire
import Testing

extension ScenarioCase {
  /// Scenarios that recordings are made from.
  static let simulations = [
    ScenarioCase("simulated-day.yaml", simulatedDay),
    ScenarioCase("simulated-session.yaml", simulatedSession),
  ]

  private static func simulatedDay() async throws {
    let play = try ScenarioPlay("simulated-day.yaml")
    let client = try await play.client(("H0UPPGM0", "0001"), ("H0UPPGM0", "1001"))
    await play.pass(119)
    #expect(client.frames(of: "H0UPPGM0", "|0001^").count > 5 && client.frames(of: "H0UPPGM0", "|1001^").count > 5)
    let token = try await play.token()
    let ranking = await play.send(
      RESTRequest(
        method: "GET", path: "/uapi/domestic-stock/v1/quotations/foreign-institution-total",
        query: [
          ("FID_COND_MRKT_DIV_CODE", "V"), ("FID_COND_SCR_DIV_CODE", "16449"), ("FID_INPUT_ISCD", "0000"),
          ("FID_DIV_CLS_CODE", "1"), ("FID_RANK_SORT_CLS_CODE", "0"), ("FID_ETC_CLS_CODE", "0"),
        ],
        headers: play.headers("FHPTJ04400000", token)))
    #expect(ranking.code == "MCA00000")
    #expect(await play.isMet)
  }

  private static func simulatedSession() async throws {
    let play = try ScenarioPlay("simulated-session.yaml")
    let client = try await play.client(("H0STCNT0", "005930"), ("H0STASP0", "000660"), ("H0STCNI0", "kismock"))
    await play.pass(119)
    for id in ["H0STCNT0", "H0STASP0", "H0STCNI0"] { #expect(!client.frames(of: id).isEmpty, "\(id)") }
    #expect(await play.isMet)
  }
}
