import Dispatch
import Histogram
import Testing

@testable import kis_mock_bench

@Suite struct CountingClientTests {
  let recording = BenchRecording(content: .programTrading, frames: 100, interval: 1)

  /// A sender that writes some bytes to each connection and then waits for it to be closed.
  private func sender(of bytes: [UInt8], connections: Int) throws -> Int {
    let listener = try TCPSocket(listeningWithBacklog: connections)
    DispatchQueue(label: "sender").async {
      let sockets = (0..<connections).compactMap { _ in try? listener.accept() }
      for socket in sockets { _ = bytes.withUnsafeBytes { socket.send($0) } }
      for socket in sockets { _ = try? socket.receive(count: 1) }
    }
    return listener.port
  }

  @Test func countsEveryFrameOfEveryConnection() async throws {
    let port = try sender(of: recording.framed(0..<100), connections: 3)
    var client = try await CountingClient(ClientPlan(port: port, connections: 3, stop: .frames(100)))
    let tally = try await client.run()
    #expect(tally.frames == 300)
    #expect(tally.bytes == 300 * 624)
    #expect(tally.lateness == nil)
  }

  @Test func recordsTheLatenessOfEveryFrame() async throws {
    let port = try sender(of: recording.framed(0..<100), connections: 2)
    var client = try await CountingClient(
      ClientPlan(port: port, connections: 2, stop: .frames(100), schedule: .init(lead: 0, interval: 0)))
    let lateness = try #require(try await client.run().lateness)
    #expect(lateness.totalCount == 200)
    #expect(lateness.max > 0)
  }

  @Test func saysWhenARecordingBringsMoreFramesThanItHas() async throws {
    let port = try sender(of: recording.framed(0..<100), connections: 1)
    var client = try await CountingClient(ClientPlan(port: port, stop: .frames(99)))
    await #expect(throws: BenchError.self) { try await client.run() }
  }

  @Test func saysWhenTheServerHangsUp() async throws {
    let listener = try TCPSocket(listeningWithBacklog: 1)
    DispatchQueue(label: "hang up").async { _ = try? listener.accept() }
    var client = try await CountingClient(ClientPlan(port: listener.port, stop: .frames(1)))
    await #expect(throws: BenchError.self) { try await client.run() }
  }

  @Test func theLoopbackControlFeedsAllConnections() async throws {
    let control = try LoopbackControl(repeating: recording.framed(0..<100), connections: 2)
    var client = try await CountingClient(
      ClientPlan(port: control.port, connections: 2, stop: .time(warmUp: 1_000_000, measured: 1_000_000)))
    let tally = try await client.run()
    #expect(tally.frames > 0)
    #expect(tally.nanoseconds >= 1_000_000)
  }
}
