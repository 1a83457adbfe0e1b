import ArgumentParser
import KISMockServer
import KISTesting
import KISWire
import Testing

@testable import kis_mock

@Suite("kis-mock accounts")
struct AccountsTests {
  @Test("Sets an account, shows it, and keeps what was left out")
  func account() async throws {
    try await withMockServer { mock in
      let client = try AdminClient(mock.addresses.admin)
      let path = "/accounts/12345678-01"
      let set = try await client.call(
        "PUT", path,
        ["cash": 100_000_000, "holdings": [["code": "005930", "quantity": 10, "average": 250_000]]])
      #expect(set["cash"]?.int == 100_000_000 && set["orderable"]?.int == 100_000_000)
      let poorer = try await client.call("PUT", path, ["cash": 5])
      #expect(poorer["holdings"] == set["holdings"])
      #expect(
        Accounts.description(of: poorer).hasPrefix("12345678-01  5 won, orderable 5 won\n  005930  삼성전자"))
      let listed = try await client.call("GET", "/accounts")
      #expect(Accounts.table(of: listed["accounts"]?.array ?? []) == "12345678-01  5 won  1 holding, 0 orders")
    }
  }

  @Test(
    "What cannot be is refused in words",
    arguments: [
      ("/accounts/1", ["cash": 1], "`1` is no account: write it as 12345678-01"),
      ("/accounts/12345678-01", ["cash": "much"], "`cash`: expected a whole number"),
      (
        "/accounts/12345678-01", ["holdings": [["code": "ZZZZ", "quantity": 1, "average": 1]]],
        "`ZZZZ` is no share that can be held"
      ),
    ] as [(String, JSONObject, String)])
  func refused(path: String, body: JSONObject, message: String) async throws {
    try await withMockServer { mock in
      let client = try AdminClient(mock.addresses.admin)
      await #expect(
        performing: { _ = try await client.call("PUT", path, body) }, throws: { "\($0)".contains(message) })
    }
  }

  @Test("An account is needed to set anything, and holdings have three parts")
  func usage() {
    #expect(throws: (any Error).self) { try Accounts.parse(["--cash", "5"]) }
    #expect(throws: (any Error).self) { try Accounts.parse(["12345678-01", "--hold", "005930:5"]) }
  }
}
