import ArgumentParser
import KISMockServer
import KISTesting
import KISWire
import Testing

@testable import kis_mock

@Suite("kis-mock replay and kis-mock clock")
struct AdminClientTests {
  @Test("ask the mock of the command line, else that of the environment")
  func client() async throws {
    try await withMockServer { mock in
      let named = try AdminOptions.parse(["--admin-url", mock.addresses.admin]).client([:])
      #expect(try await named.call("GET", "/replay")["state"] == "waiting")
      let found = try AdminOptions.parse([]).client(["KIS_MOCK_ADMIN_URL": mock.addresses.admin])
      #expect(try await found.call("POST", "/replay/rate", ["speed": "60"])["speed"]?.int == 60)
    }
  }

  @Test("say the mock's own words when it refuses")
  func refusal() async throws {
    try await withMockServer { mock in
      let client = try AdminOptions.parse(["--admin-url", mock.addresses.admin, "--sandbox", "defalt"]).client([:])
      await #expect(
        performing: { _ = try await client.call("GET", "/replay") },
        throws: { "\($0)" == "there is no sandbox `defalt`; did you mean `default`?" })
      // With or without `/__admin`: both are the mock.
      #expect(try await AdminClient(mock.addresses.rest).call("GET", "/replay")["state"] != nil)
      let stranger = try AdminClient(mock.addresses.rest + "/elsewhere")
      await #expect(
        performing: { _ = try await stranger.call("GET", "/replay") },
        throws: { "\($0)".hasSuffix("is no admin API of a mock: it answered HTTP 404") })
    }
  }

  @Test(
    "step by count and by match",
    arguments: [
      ([], "{}"), (["3"], #"{"count":3}"#),
      (["--tr", "H0UPPGM0", "--key", "0001"], #"{"until":{"tr_id":"H0UPPGM0","tr_key":"0001"}}"#),
      (["9", "--contains", "^0900"], #"{"count":9,"until":{"contains":"^0900"}}"#),
    ] as [([String], String)])
  func step(_ arguments: [String], _ body: String) throws {
    #expect(JSONValue.object(try Replay.Step.parse(arguments).body).text == body)
  }

  @Test("say in one line where a replay stands")
  func line() {
    let replay: JSONValue = [
      "state": "paused", "time_of_day": "10:30:00", "speed": "max", "released": 8, "loop": true, "laps": 2,
      "next_ns": .null,
    ]
    let line = ReplayLine(replay).description
    #expect(line == "paused at 10:30:00, speed max, 8 messages released, loops, lap 2, nothing left")
  }
}
