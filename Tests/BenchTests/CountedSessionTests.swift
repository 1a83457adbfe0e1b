import Dispatch
import KISWire
import Testing

@testable import kis_mock_bench

@Suite struct CountedSessionTests {
  static let success = #"{"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS"}}"#
  static let refusal = #"{"body":{"rt_cd":"1","msg_cd":"OPSP0011","msg1":"invalid approval : NOT FOUND"}}"#

  /// A server that answers one connection after the other with fixed bytes, whatever it is asked.
  private func server(answering answers: [[UInt8]]) throws -> Int {
    let listener = try TCPSocket(listeningWithBacklog: answers.count)
    DispatchQueue(label: "scripted server").async {
      var open: [TCPSocket] = []
      for answer in answers {
        guard let socket = try? listener.accept(), (try? socket.receive(count: 4)) != nil else { return }
        _ = answer.withUnsafeBytes { socket.send($0) }
        open.append(socket)
      }
      for socket in open { while (try? socket.receive(count: 1)) != nil {} }
    }
    return listener.port
  }

  private func http(_ status: String, _ body: String) -> [UInt8] {
    Array(
      "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
  }

  private func upgraded(_ message: String) -> [UInt8] {
    var bytes = Array("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n".utf8)
    MessageFraming.append(Array(message.utf8), to: &bytes)
    return bytes
  }

  private func open(answering answers: [[UInt8]]) async throws -> TCPSocket {
    let port = try server(answering: answers)
    return try await CountedSession.open(ClientPlan(port: port, stop: .frames(1)), restPort: port, appKey: "bench-0")
  }

  @Test func aSessionIsOpenAfterTheReplyAndNotAByteFurther() async throws {
    let socket = try await open(answering: [
      http("200 OK", #"{"approval_key":"k"}"#), upgraded(Self.success) + Array("next".utf8),
    ])
    #expect(try socket.receive(count: 4) == Array("next".utf8))
  }

  @Test func aRefusedRegistrationIsToldInItsOwnWords() async {
    await #expect {
      try await open(answering: [http("200 OK", #"{"approval_key":"k"}"#), upgraded(Self.refusal)])
    } throws: {
      "\($0)" == "the registration was answered \(Self.refusal)"
    }
  }

  @Test func aRefusedUpgradeIsTold() async {
    await #expect {
      try await open(answering: [http("200 OK", #"{"approval_key":"k"}"#), http("404 Not Found", "")])
    } throws: {
      "\($0)" == "the WebSocket upgrade was answered HTTP/1.1 404 Not Found"
    }
  }

  @Test func aMissingApprovalKeyIsTold() async {
    await #expect { try await open(answering: [http("200 OK", "{}")]) } throws: {
      "\($0)" == "expected an approval_key, found {}"
    }
  }

  @Test func anExchangeSaysWhatWasRefused() async throws {
    let port = try server(answering: [http("403 Forbidden", #"{"error_code":"EGW00103"}"#)])
    await #expect {
      try await MockRequest.json("POST", "/oauth2/Approval", port: port)
    } throws: {
      "\($0)" == #"POST /oauth2/Approval was answered 403: {"error_code":"EGW00103"}"#
    }
  }

  @Test func anExchangeRefusesWhatIsNotHTTP() async throws {
    let port = try server(answering: [Array("hello\r\n\r\n".utf8)])
    await #expect(throws: (any Error).self) { try await MockRequest.json("GET", "/", port: port) }
  }
}
