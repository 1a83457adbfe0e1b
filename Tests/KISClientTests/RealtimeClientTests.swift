import KISSandbox
import KISScenario
import KISTesting
import KISWire
import Testing

@testable import KISClient

@Suite("The realtime client against the mock")
struct RealtimeClientTests {
  @Test("reads typed records in order")
  func programTrading() async throws {
    try await withMock(programTradingLines(count: 5)) { _, configuration in
      try await withRealtimeClient(configuration) { client in
        var times: [String] = []
        for try await trading in try await client.programTrading("0001") {
          times.append(trading.time.digits)
          if times.count == 5 { break }
        }
        #expect(times == ["090000", "090001", "090002", "090003", "090004"])
      }
    }
  }

  @Test("decrypts order notices")
  func notices() async throws {
    let notice =
      "me^12345678^0000000123^^02^0^00^0^005930^0000000010^000061000^093000^0^2^2^06010^0000000010^kim^0^1^N^^10^^삼성전자^0"
    try await withMock([#"{"t":0,"ws":"1|H0STCNI0|001|\#(notice)"}"#]) { _, configuration in
      try await withRealtimeClient(configuration) { client in
        for try await record in try await client.records(of: "H0STCNI0", key: "me") {
          #expect(record.values.joined(separator: "^") == notice)
          break
        }
      }
    }
  }

  @Test("says what KIS says when it refuses")
  func refused() async throws {
    try await withMock { _, configuration in
      try await withRealtimeClient(configuration) { client in
        let error = await #expect(throws: ClientError.self) { try await client.records(of: "H0UPPGM0", key: "") }
        #expect(error?.code == .refused)
        #expect(error?.messageCode?.rawValue.hasPrefix("OPSP") == true)
      }
    }
  }

  @Test("a lost connection is made again, and what was registered goes on")
  func reconnects() async throws {
    let clock = VirtualClock(
      wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 0), autoAdvance: false)
    try await withMock(programTradingLines(count: 3), clock: clock, speed: .times(1)) { server, configuration in
      try await withRealtimeClient(configuration) { client in
        var records = try await client.programTrading("0001").makeAsyncIterator()
        let first = try await records.next()
        await server.sandbox.endSessions(.drop)
        // Registered behind the first one on the new connection, so that one stands again when this one does.
        let other = try await client.programTrading("1001")
        clock.advance(by: .seconds(1))
        let second = try await records.next()
        #expect([first?.time.digits, second?.time.digits] == ["090000", "090001"])
        _ = other
      }
    }
  }

  @Test("a server that stays away is asked again ever more seldom, each time after the whole delay")
  func waitsBetweenAttempts() async throws {
    try await withMock(programTradingLines(count: 1)) { server, configuration in
      let clock = PatientClock()
      var configuration = configuration
      configuration.clock = clock
      configuration.reconnect = ReconnectPolicy(
        firstDelay: .milliseconds(10), longestDelay: .milliseconds(30), maximumAttempts: 4)
      await #expect(throws: ClientError.self) {
        try await withRealtimeClient(configuration) { client in
          for try await _ in try await client.programTrading("0001") {
            await server.sandbox.arm(ConfiguredFault(.wsRefuseUpgrade))
            await server.sandbox.endSessions(.drop)
          }
        }
      }
      #expect(clock.sleeps.all == [10, 20, 30, 30].map { .milliseconds($0) })
    }
  }

  @Test("who closes it does not wait for the next attempt")
  func closesWhileWaiting() async throws {
    try await withMock(programTradingLines(count: 1)) { server, configuration in
      var configuration = configuration
      // On the tests' clock a second never ends.
      configuration.reconnect = ReconnectPolicy(firstDelay: .seconds(1))
      try await withRealtimeClient(configuration) { client in
        let records = try await client.programTrading("0001")
        await server.sandbox.endSessions(.drop)
        while await client.pause == nil { await Task.yield() }
        await client.close()
        for try await _ in records {}
      }
    }
  }

  @Test("ends with a close frame")
  func closes() async throws {
    try await withMock(programTradingLines(count: 1)) { _, configuration in
      let stream = try await withRealtimeClient(configuration) { try await $0.programTrading("0001") }
      // Without an end the market would go on for ever.
      for try await _ in stream {}
    }
  }

  @Test("a first connection that cannot be made is an error at once, for everybody")
  func unreachable() async throws {
    try await withMock { _, configuration in
      var configuration = configuration
      configuration.webSocketURL = "ws://127.0.0.1:1"
      let error = await #expect(throws: ClientError.self) {
        try await withRealtimeClient(configuration) { try await $0.programTrading("0001") }
      }
      #expect(error?.code == .transport)
      #expect(error?.message.contains("nothing listens on port 1") == true)
    }
  }

  @Test("every record arrives, however slow the reader")
  func backpressure() async throws {
    let lines = programTradingLines(count: 60)
    var limits = Limits()
    limits.slowClient = .wait
    try await withMock(lines, limits: limits) { _, configuration in
      var configuration = configuration
      configuration.bufferedRecords = 1
      try await withRealtimeClient(configuration) { client in
        var numbers: [Int] = []
        for try await trading in try await client.programTrading("0001") {
          numbers.append(trading.market.quantity)
          for _ in 0..<20 { await Task.yield() }
          if numbers.count == lines.count { break }
        }
        #expect(numbers == Array(1...60))
      }
    }
  }

  @Test("a stream that is let go while it is full holds nobody up")
  func abandoned() async throws {
    let clock = VirtualClock(
      wallStart: KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 0), autoAdvance: false)
    let lines = programTradingLines(count: 50)
    try await withMock(lines, clock: clock, speed: .times(1)) { _, configuration in
      var configuration = configuration
      configuration.bufferedRecords = 1
      try await withRealtimeClient(configuration) { client in
        var letGo: RealtimeStream<Record>? = try await client.records(of: "H0UPPGM0", key: "0001")
        let kept = try await client.records(of: "H0UPPGM0", key: "0001")
        clock.advance(by: .seconds(49))
        _ = letGo
        letGo = nil
        var last = ""
        for try await record in kept {
          last = record["BSOP_HOUR"] ?? ""
          if last == "090049" { break }
        }
        #expect(last == "090049")
      }
    }
  }
}
