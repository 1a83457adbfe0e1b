import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite struct FaultPlanTests {
  private var generator = SeededGenerator(seed: 1)

  private func frame(_ session: Int = 1, _ id: TransactionID = "H0STCNT0", _ key: String = "005930") -> FaultOccasion {
    .frame(session: session, transactionID: id, key: key)
  }

  private mutating func names(
    _ plan: inout FaultPlan, _ occasion: FaultOccasion, at elapsed: Duration = .zero
  ) -> [FaultName] {
    plan.faults(on: occasion, at: elapsed, using: &generator).map(\.name)
  }

  @Test mutating func faultsHappenOnlyOnTheirKindOfOccasion() {
    var plan = FaultPlan()
    plan.arm(ConfiguredFault(.wsDropFrame), at: .zero)
    plan.arm(ConfiguredFault(.httpReset), at: .zero)
    #expect(plan.concerns(.frame) && plan.concerns(.request) && !plan.concerns(.connection))
    #expect(names(&plan, frame()) == [.wsDropFrame])
    #expect(names(&plan, .request(ObservedRequest(method: "GET", path: "/"))) == [.httpReset])
    #expect(names(&plan, .connection) == [])
  }

  @Test mutating func conditionsSkipCountAndEnd() {
    var plan = FaultPlan()
    plan.arm(ConfiguredFault(.wsDropFrame, when: FaultConditions(skip: 2, everyNth: 2, times: 2)), at: .zero)
    let happened = (1...8).map { _ in !names(&plan, frame()).isEmpty }
    #expect(happened == [false, false, false, true, false, true, false, false])
    #expect(plan.faults.isEmpty)
  }

  @Test mutating func aFaultEndsAfterItsTime() {
    var plan = FaultPlan()
    plan.arm(ConfiguredFault(.wsDropFrame, when: FaultConditions(lasts: .seconds(10))), at: .seconds(5))
    #expect(names(&plan, frame(), at: .seconds(14)) == [.wsDropFrame])
    #expect(names(&plan, frame(), at: .seconds(15)) == [])
  }

  @Test mutating func filtersLookAtTRKeyPathAndAppKey() {
    var plan = FaultPlan()
    plan.arm(
      ConfiguredFault(
        .wsDropFrame, when: FaultConditions(transactionID: TextPattern(["H0ST*"]), key: TextPattern(["005930"]))),
      at: .zero)
    plan.arm(
      ConfiguredFault(.httpReset, when: FaultConditions(path: TextPattern(["/uapi/*"]), appKey: TextPattern(["k"]))),
      at: .zero)
    #expect(names(&plan, frame()) == [.wsDropFrame])
    #expect(names(&plan, frame(1, "H0UPPGM0", "0001")) == [])
    #expect(names(&plan, frame(1, "H0STCNT0", "000660")) == [])
    #expect(names(&plan, .request(ObservedRequest(method: "GET", path: "/uapi/x", appKey: "k"))) == [.httpReset])
    #expect(names(&plan, .request(ObservedRequest(method: "GET", path: "/uapi/x", appKey: "other"))) == [])
    #expect(names(&plan, .request(ObservedRequest(method: "POST", path: "/oauth2/tokenP", appKey: "k"))) == [])
  }

  @Test mutating func aRuleStrikesItsSessionAtOnceOrItsOwnRequestOnly() {
    var plan = FaultPlan()
    let resetIsArmed = plan.arm(ConfiguredFault(.wsReset), after: .connected(session: 3), at: .zero)
    #expect(!resetIsArmed)
    #expect(plan.faults.isEmpty)
    let request = ObservedRequest(method: "GET", path: "/")
    let requestIsArmed = plan.arm(ConfiguredFault(.httpReset), after: .request(request), at: .zero)
    #expect(requestIsArmed)
    #expect(names(&plan, .request(request)) == [.httpReset])
    #expect(names(&plan, .request(request)) == [])
    let dropIsArmed = plan.arm(ConfiguredFault(.wsDropFrame), after: .connected(session: 3), at: .zero)
    #expect(dropIsArmed)
    #expect(names(&plan, frame(2)) == [])
    #expect(names(&plan, frame(3)) == [.wsDropFrame])
    #expect(names(&plan, frame(3)) == [.wsDropFrame])
    plan.forget(session: 3)
    #expect(plan.faults.isEmpty)
  }

  @Test mutating func disarmingTakesOneNameOrAll() {
    var plan = FaultPlan()
    for name in [FaultName.wsDropFrame, .wsGap, .httpReset] { plan.arm(ConfiguredFault(name), at: .zero) }
    plan.disarm(.wsGap)
    #expect(plan.faults.map(\.name) == [.wsDropFrame, .httpReset])
    plan.disarm()
    #expect(plan.faults.isEmpty)
  }

  @Test func theSameSeedMakesTheSameFaults() {
    func happened(seed: UInt64) -> [Bool] {
      var plan = FaultPlan()
      plan.arm(ConfiguredFault(.wsDropFrame, when: FaultConditions(chance: 0.3)), at: .zero)
      var generator = SeededGenerator(seed: seed)
      return (0..<200).map { _ in !plan.faults(on: frame(), at: .zero, using: &generator).isEmpty }
    }
    #expect(happened(seed: 5) == happened(seed: 5))
    #expect(happened(seed: 5) != happened(seed: 6))
    #expect((30...90).contains(happened(seed: 5).filter { $0 }.count))
  }

  @Test func brokerFaultsAnswerWithKISsOwnCodes() {
    let rateLimit = ConfiguredFault(.rateLimit, ["status": .number(200)])
    #expect(rateLimit.behavior == .refusal(RESTRefusal("EGW00201", status: 200)))
    #expect(RESTRefusal("EGW00133", status: 403, of: .tokenIssue).concerns(path: "/oauth2/tokenP"))
    #expect(ConfiguredFault(.tokenIssueRefused).behavior == .refusal(.init("EGW00133", status: 403, of: .tokenIssue)))
    #expect(!RESTRefusal("EGW00123", status: 500).concerns(path: "/oauth2/tokenP"))
    #expect(RESTRefusal("EGW00123", status: 500).concerns(path: "/uapi/x"))
  }
}
