import KISMarket
package import KISScenario
package import KISWire

/// What somebody who is no client may ask and do: such requests are not refused, not counted, and not in the journal.
extension Sandbox {
  /// What a REST API answers now, without credentials, limits, rules, faults and quirks.
  ///
  /// An order is placed all the same, and its notices reach whoever registered them.
  package func ask(_ request: RESTRequest) -> RESTAnswer {
    guard let api = request.api else { return .notFound }
    defer { exchange.replyDelay = .zero }
    return answer(admitted: request, by: api, isClient: false)
  }

  /// Adds a rule before all others, until the sandbox is reset.
  package func add(_ rule: Rule) {
    var scenario = scenarioRun.engine?.scenario ?? configuration.scenario ?? Scenario()
    scenario.rules.insert(rule, at: 0)
    adopt(scenario)
    wake()
  }

  /// Takes away what ``add(_:)`` added.
  package func removeAddedRules() {
    adopt(configuration.scenario ?? Scenario())
    wake()
  }

  /// The states that rules may name.
  package var states: [String] { scenarioRun.engine?.scenario.states ?? [] }

  /// The rules that run, those that were added first.
  package var rules: [Rule] { scenarioRun.engine?.scenario.rules ?? [] }

  /// Ends or silences a session at once, as a fault would.
  /// - Returns: false when there is no such session, or the fault does nothing of the kind.
  package func strike(session number: Int, with fault: ConfiguredFault) -> Bool {
    guard fault.behavior.strikesSession, let session = sessions[number] else { return false }
    note(.fault(name: fault.name.rawValue, detail: "asked for"), session: number, appKey: session.appKey)
    strike(fault, session: number)
    wake()
    return true
  }

  /// The layout that frames of a TR are sent in.
  package func layout(of id: TransactionID) -> Layout { sentDialect.layout(of: id) }

  /// Which kinds of orders each venue takes now.
  package var orderKinds: [OrderKindStanding] {
    let moment = TradingMoment(marketTime)
    return OrderDivision.all.map { division in
      OrderKindStanding(
        code: division.code, name: division.name,
        venues: TradingVenue.allCases.filter { venue in
          let phases = TradingHours(of: venue, on: moment.date).phases.filter { $0.contains(moment.time) }
          return phases.contains { OrderRules.allows(division.kind, at: venue, in: $0.phase, on: moment.date) }
        }.map(\.rawValue))
    }
  }
}

/// A kind of order, and where it would be taken now.
package struct OrderKindStanding: Sendable, Hashable {
  /// Its ORD_DVSN (주문구분).
  package var code: String
  /// Its Korean name.
  package var name: String
  /// The venues that take it.
  package var venues: [String]
}
