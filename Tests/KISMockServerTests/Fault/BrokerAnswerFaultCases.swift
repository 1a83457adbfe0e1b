import KISSandbox
import KISWire
import Testing

/// Faults that KIS itself answers calls with.
enum BrokerAnswerFaultCases {
  static let all = [
    FaultCase("token-expired") {
      try await expect(
        "500 Internal Server Error", #"{"rt_cd":"1","msg1":"기간이 만료된 token 입니다.","msg_cd":"EGW00123"}"#, $0)
    },
    FaultCase("token-revoked") {
      try await expect(
        "500 Internal Server Error", #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#, $0)
    },
    FaultCase("rate-limit") {
      try await expect("500 Internal Server Error", "1", "EGW00201", "초당 거래건수를 초과하였습니다.", $0)
    },
    FaultCase("{name: rate-limit, status: 200}") {
      try await expect("200 OK", "1", "EGW00201", "초당 거래건수를 초과하였습니다.", $0)
    },
    FaultCase("ledger-limit") {
      try await expect(
        "500 Internal Server Error", "1", "EGW00215", "원장에서 허용 가능한 초당 거래건수를 초과하였습니다.", $0)
    },
    FaultCase("session-full") { try await expect("200 OK", "1", "OPSQ1002", "SESSION FULL", $0) },
    FaultCase("gateway-transient") {
      try await expect("500 Internal Server Error", "1", "EGW00316", "조회 처리 중 오류 발생하였습니다. 재 조회 수행 부탁드립니다.", $0)
    },
    FaultCase("gateway-routing") {
      try await expect("500 Internal Server Error", "1", "EGW00202", "GW라우팅 중 오류가 발생했습니다.", $0)
    },
    FaultCase("order-reply-unmade") { stage in
      let client = try stage.restClient()
      client.send(
        "POST /uapi/domestic-stock/v1/trading/order-cash HTTP/1.1\r\nHost: localhost\r\nappkey: app\r\n"
          + "appsecret: secret\r\ntr_id: TTTC0012U\r\nContent-Length: 2\r\n\r\n{}")
      try await expect(
        "500 Internal Server Error", #"{"rt_cd":"1","msg_cd":"IGW00009","msg1":"MCA 전문바디 해석 중 오류가 발생하였습니다."}"#, client)
    },
    FaultCase("{name: time-limit, window: 08:00 ~ 09:00}") {
      try await expect("200 OK", "2", "OPSQ2001", "TIME LIMIT 08:00 ~ 09:00", $0)
    },
    FaultCase("token-issue-refused") { stage in
      let client = try stage.restClient()
      let body = #"{"grant_type":"client_credentials","appkey":"app","appsecret":"secret"}"#
      client.send(
        "POST /oauth2/tokenP HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      try await expect(
        "403 Forbidden", #"{"error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)","error_code":"EGW00133"}"#, client)
    },
  ]

  private static func expect(
    _ status: String, _ result: String, _ code: String, _ message: String, _ stage: FaultStage
  ) async throws {
    try await expect(status, #"{"rt_cd":"\#(result)","msg_cd":"\#(code)","msg1":"\#(message)"}"#, stage)
  }

  /// A call is answered this, and so is the next on the same connection.
  private static func expect(_ status: String, _ body: String, _ stage: FaultStage) async throws {
    let client = try stage.callingClient()
    try await expect(status, body, client)
    client.send(HTTPBytes.request)
    try await expect(status, body, client)
  }

  /// The head but for KIS's own headers, one of which is drawn, and the body.
  private static func expect(_ status: String, _ body: String, _ client: RawSocket) async throws {
    let expected = HTTPBytes.healthy.with(status: status, body: body)
    try await client.expect(Array(expected.head.dropLast(2)))
    var others = ""
    while !others.hasSuffix("\r\n\r\n") {
      others += String(decoding: try #require(try await client.take(1)), as: UTF8.self)
    }
    let names = others.split(separator: "\r\n").map { String($0.prefix { $0 != ":" }) }
    #expect(names == ["tr_id", "tr_cont", "gt_uid"])
    try await client.expect(expected.body)
  }
}
