import KISWire

/// The client's side of a session with the mock: approval key, upgrade, registrations (PROTOCOL sections 1.2 and 3).
enum CountedSession {
  /// Returns the socket right after the reply to the last registration.
  static func open(_ plan: ClientPlan, restPort: Int, appKey: String) async throws -> TCPSocket {
    let approval = try await MockRequest.json(
      "POST", "/oauth2/Approval", port: restPort,
      body: ["grant_type": "client_credentials", "appkey": .string(appKey), "secretkey": "bench"])
    guard let approvalKey = approval["approval_key"]?.string else {
      throw BenchError("expected an approval_key, found \(approval.text)")
    }
    let link = try WebSocketLink(port: plan.port, path: "/")
    for key in plan.keys { try link.send(registration(of: key, plan, approvalKey).text) }
    for _ in plan.keys {
      let reply = String(decoding: try WebSocketLink.message(from: link.socket), as: UTF8.self)
      guard reply.contains("SUBSCRIBE SUCCESS") else { throw BenchError("the registration was answered \(reply)") }
    }
    return link.socket
  }

  private static func registration(of key: String, _ plan: ClientPlan, _ approvalKey: String) -> JSONValue {
    [
      "header": ["approval_key": .string(approvalKey), "custtype": "P", "tr_type": "1", "content-type": "utf-8"],
      "body": ["input": ["tr_id": .string(plan.transactionID), "tr_key": .string(key)]],
    ]
  }

  /// Answers a PINGPONG, without which the mock cuts the connection (PROTOCOL section 3.4).
  static func answerPingPong(on socket: TCPSocket) throws {
    try WebSocketLink(socket).send(String(decoding: PingPong(datetime: "").bytes, as: UTF8.self))
  }
}
