import Foundation
import KISSandbox
import KISTesting
import KISTransport
import KISWire
import Testing

@testable import KISMockServer

@Suite("The admin API")
struct AdminRoutesTests {
  @Test("answers every GET in the shape that it describes", arguments: gets)
  func described(path: String) async throws {
    let route = try #require(AdminRoutes.all.first { $0.path == path && $0.method == .get })
    try await withAdminConsole { console, sandbox in
      _ = try await AdminSession.registered(.indexProgramTrading, "0001", in: sandbox)
      _ = await console.post("/clock/advance", ["by": "1s"])
      let (status, body) = await console.call(
        "GET",
        path.replacing("{name}", with: "default").replacing("{account}", with: "12345678-01")
          .replacing("{tr_id}", with: "H0STCNT0"))
      #expect(status == 200)
      if let schema = route.answers { try schema.check(body) }
    }
  }

  private static let gets = AdminRoutes.all.filter { $0.method == .get }.map(\.path)

  @Test("lists itself to whoever looks at its root", arguments: ["", "/"])
  func root(path: String) async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("GET", path)
      #expect(status == 200)
      #expect(body.string?.contains("POST   /__admin/replay/seek  Goes to a moment") == true)
    }
  }

  @Test("proposes the nearest path for one that is not there")
  func unknownPath() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("GET", "/relay")
      #expect(status == 404)
      #expect(body["error"]?["nearest"]?.array?.first == "/replay")
    }
  }

  @Test("names the methods a path takes")
  func wrongMethod() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("GET", "/replay/play")
      #expect(status == 405)
      #expect(body["error"]?["hint"] == "use POST")
    }
  }

  @Test(
    "says what is wrong with a body and what it takes",
    arguments: [
      ("/replay/step", #"{"cuont":2}"#, "the body has an unknown member `cuont`"),
      ("/replay/step", #"{"count":"two"}"#, #"`count`: expected a whole number from 1, found "two""#),
      ("/replay/step", #"{"until":{"key":"1"}}"#, "`until` has an unknown member `key`"),
      ("/replay/rate", "", #"the body lacks `speed`: a number above 0 such as 1, 0.5 or 60, or "max""#),
      (
        "/replay/rate", #"{"speed":-1}"#,
        #"`speed`: expected a number above 0 such as 1, 0.5 or 60, or "max", found -1"#
      ),
      ("/replay/seek", #"{"time":"9"}"#, #"`time`: expected a time of day such as "09:30:00", found "9""#),
      ("/replay/seek", "{}", "expected exactly one of `time`, `marker` and `position_ns`, found 0"),
      ("/replay/play", #"{"x":1}"#, "POST /replay/play takes no body"),
      ("/clock/advance", "[]", "the body: expected an object, found an array"),
    ])
  func badBodies(path: String, body: String, message: String) async throws {
    try await withAdminConsole { console, _ in
      let answer = await AdminResponder(server: console.server).answer(
        .init(method: "POST", path: path, body: Array(body.utf8)))
      #expect(answer.status == 400)
      let refusal = try JSONValue(parsing: answer.body)
      #expect(refusal["error"]?["message"]?.string == message)
    }
  }

  @Test("refuses a sandbox that is not there, and proposes one")
  func unknownSandbox() async throws {
    try await withAdminConsole { console, _ in
      let (status, body) = await console.call("GET", "/replay", [("sandbox", "defualt")])
      #expect(status == 404)
      #expect(body["error"]?["nearest"] == ["default"])
    }
  }

  @Test("stands on every listener, beside KIS's own paths")
  func listeners() async throws {
    try await withMockServer { running in
      for url in [running.addresses.rest, running.addresses.webSocket.replacing("ws://", with: "http://")] {
        let health = try await HTTPExchange(Endpoint(url)).send(HTTPRequest("GET", "/__admin/health"))
        #expect(health.status == 200)
        let body = try JSONValue(parsing: health.body)
        #expect(body["rest"]?.string == running.addresses.rest)
        let other = try await HTTPExchange(Endpoint(url)).send(HTTPRequest("GET", "/__administrator"))
        #expect(other.status == 404)
        #expect(other.header("Content-Type") == "text/html; charset=utf-8")
      }
    }
  }
}
