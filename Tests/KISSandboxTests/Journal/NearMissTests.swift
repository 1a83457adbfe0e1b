import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Near misses")
struct NearMissTests {
  @Test("the three nearest patterns come with the first field that differs")
  func requests() {
    let request = ObservedRequest(
      method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-prise", transactionID: "FHKST01010100",
      parameters: [.init("fid_input_iscd", "005930")])
    let path = "/uapi/domestic-stock/v1/quotations/"
    let misses = NearMiss.nearest(
      to: request,
      among: [
        ("token", RequestPattern(method: .init(["POST"]), path: .init(["/oauth2/tokenP"]))),
        (
          "other code",
          RequestPattern(path: .init([path + "*"]), parameters: [.init("FID_INPUT_ISCD", .init(["000660"]))])
        ),
        ("price", RequestPattern(path: .init([path + "inquire-price"]), transactionID: .init(["FHKST01010100"]))),
        ("balance", RequestPattern(path: .init(["/uapi/domestic-stock/v1/trading/inquire-balance"]))),
        ("matches", RequestPattern(transactionID: .init(["FHKST*"]))),
      ])
    #expect(misses.map(\.name) == ["price", "balance", "other code"])
    #expect(misses.first?.description == "price: path: expected \(path)inquire-price, found \(path)inquire-prise")
    #expect(misses.last?.difference.field == "parameter FID_INPUT_ISCD")
  }

  @Test("of those that read the same one is told, however many exchanges were recorded")
  func repeated() {
    let recorded = (name: "recorded exchange", pattern: RequestPattern(path: .init(["/uapi/a"])))
    let other = (name: "API", pattern: RequestPattern(path: .init(["/uapi/bcd"])))
    let misses = NearMiss.nearest(
      to: ObservedRequest(method: "GET", path: "/uapi/b"), among: [recorded, recorded, other, recorded])
    #expect(misses.map(\.name) == ["recorded exchange", "API"])
  }

  @Test("a parameter that is missing is farther away than one that differs")
  func missingParameter() {
    let wanted = RequestPattern(parameters: [.init("A", .init(["12345"]))])
    let near = wanted.distance(from: ObservedRequest(method: "GET", path: "/", parameters: [.init("a", "12346")]))
    let far = wanted.distance(from: ObservedRequest(method: "GET", path: "/"))
    #expect(near > 0 && near < far)
  }

  @Test("registrations are compared by tr_id and key")
  func registrations() {
    let misses = NearMiss.nearest(
      toRegistration: "H0UPPGM0", key: "0O01",
      among: [
        ("trades", RegistrationPattern(transactionID: .init(["H0STCNT0"]))),
        ("program", RegistrationPattern(transactionID: .init(["H0UPPGM0"]), key: .init(["0001", "1001"]))),
      ], count: 1)
    #expect(misses.map(\.description) == ["program: tr_key: expected 0001 or 1001, found 0O01"])
  }

  @Test("equals keep the order in which they were given")
  func ties() {
    let pattern = RegistrationPattern(key: .init(["0001"]))
    let misses = NearMiss.nearest(
      toRegistration: "X", key: "0002", among: (1...5).map { ("rule \($0)", pattern) })
    #expect(misses.map(\.name) == ["rule 1", "rule 2", "rule 3"])
  }
}
