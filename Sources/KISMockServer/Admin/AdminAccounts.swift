import KISSandbox
import KISScenario
import KISWire

/// Accounts, rules for single orders, and what the market is to do.
extension AdminCall {
  func accounts() async -> JSONValue { ["accounts": .array(await sandbox.accountStatements.map(\.json))] }

  func account() async throws -> JSONValue { try await sandbox.account(path["account"] ?? "").json }

  func setAccount() async throws -> JSONValue {
    var choice = AccountChoice(account: path["account"] ?? "", cash: body["cash"]?.int)
    if let lines = body["holdings"]?.array {
      choice.holdings = try lines.map { try AccountChoice.Holding(YAMLNode(parsing: $0.text, file: "holdings")) }
    }
    return try await sandbox.setAccount(choice).json
  }

  func steerOrders() async throws -> JSONValue {
    let written = body["orders"]?.array ?? [.object(body)]
    // All of them, or none.
    let rules = try written.map { try OrderRule(YAMLNode(parsing: $0.text, file: "orders")) }
    for rule in rules { try await sandbox.steer(rule) }
    return ["rules": .number(rules.count)]
  }

  func steerMarket() async throws -> JSONValue {
    let steering = try MarketSteering(YAMLNode(parsing: JSONValue.object(body).text, file: "market"))
    let moment = try await sandbox.steerBeside(steering)
    return ["happens": .string(steering.description), "market_time": .string(moment.iso8601)]
  }

  func stopSteering() async -> JSONValue {
    await sandbox.stopSteering()
    return ["rules": 0]
  }
}

extension AccountStatement {
  var json: JSONValue {
    [
      "account": .string(account), "cash": .number(cash), "orderable": .number(orderable),
      "holdings": .array(
        holdings.map {
          [
            "code": .string($0.code), "name": .string($0.name), "quantity": .number($0.quantity),
            "sellable": .number($0.sellable), "average": .number($0.average),
          ]
        }), "orders": .number(orders),
    ]
  }
}
