import ArgumentParser
import KISScenario
import KISWire
import Terminal

/// `kis-mock accounts`: what the accounts of a running mock have, and setting it.
struct Accounts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at the accounts of a running mock, or set what they have.",
    discussion: """
      Without options it lists the accounts that were set or used so far; with an account, what that one holds. \
      --cash and --hold set its money and all its holdings. Exit code 2: no mock is there, or it refused.
      """)

  @OptionGroup var admin: AdminOptions

  @Argument(help: ArgumentHelp("The account: 12345678-01.", valueName: "account"))
  var account: String?

  @Option(help: ArgumentHelp("Sets its money, in won.", valueName: "won"))
  var cash: Int?

  @Option(
    help: ArgumentHelp(
      "Sets a holding, as CODE:QUANTITY:AVERAGE; may be said several times. Together they are all it holds.",
      valueName: "holding"))
  var hold: [String] = []

  func validate() throws {
    if account == nil, cash != nil || !hold.isEmpty {
      throw ValidationError("--cash and --hold need an account: kis-mock accounts 12345678-01 --cash 100000000")
    }
    for holding in hold where holding.split(separator: ":", omittingEmptySubsequences: false).count != 3 {
      throw ValidationError("--hold \(holding): write CODE:QUANTITY:AVERAGE, such as 005930:10:250000.")
    }
  }

  func run() async throws {
    let client = try admin.client()
    guard let account else {
      let answer = try await client.call("GET", "/accounts")
      return admin.json ? print(answer.text) : print(Accounts.table(of: answer["accounts"]?.array ?? []))
    }
    let answer =
      cash == nil && hold.isEmpty
      ? try await client.call("GET", "/accounts/\(account)")
      : try await client.call("PUT", "/accounts/\(account)", change)
    admin.json ? print(answer.text) : print(Accounts.description(of: answer))
  }

  private var change: JSONObject {
    var change: JSONObject = [:]
    if let cash { change["cash"] = .number(cash) }
    if !hold.isEmpty {
      change["holdings"] = .array(
        hold.map { holding in
          let parts = holding.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
          // The mock checks them; a quantity that is no number is told as it was written.
          let quantity: JSONValue = Int(parts[1]).map { .number($0) } ?? .string(parts[1])
          return ["code": .string(parts[0]), "quantity": quantity, "average": .string(parts[2])]
        })
    }
    return change
  }

  static func table(of accounts: [JSONValue]) -> String {
    guard !accounts.isEmpty else { return "no account was set or used so far" }
    return accounts.map { account in
      let holdings = account["holdings"]?.array?.count ?? 0
      return "\(account["account"]?.string ?? "")  \(won(account["cash"]))  "
        + "\(holdings) holding\(holdings == 1 ? "" : "s"), \(account["orders"]?.int ?? 0) orders"
    }.joined(separator: "\n")
  }

  static func description(of account: JSONValue) -> String {
    let head =
      "\(account["account"]?.string ?? "")  \(won(account["cash"])), orderable \(won(account["orderable"]))"
    let lines = (account["holdings"]?.array ?? []).map { holding in
      "  \((holding["code"]?.string ?? "").padded(to: 8))"
        + "\((holding["name"]?.string ?? "").padded(to: 22))"
        + "\(String(holding["quantity"]?.int ?? 0).alignedRight(to: 10)) at \(holding["average"]?.text ?? "")"
    }
    return ([head] + lines).joined(separator: "\n")
  }

  private static func won(_ value: JSONValue?) -> String { "\(value?.int ?? 0) won" }
}
