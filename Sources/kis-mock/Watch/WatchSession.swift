import KISClient
import KISSandbox
import KISWire
import UnixSignals

/// What `watch` does with the records: something shows them, now and then it is drawn.
protocol WatchOutput: Sendable {
  mutating func show(_ record: Record) throws
  /// Called ten times a second.
  mutating func draw() throws
}

/// Reads streams until there were enough records, or somebody interrupts.
actor WatchSession {
  private var output: any WatchOutput
  private var left: Int?
  private(set) var wasInterrupted = false

  init(_ output: any WatchOutput, count: Int?) {
    self.output = output
    left = count
  }

  func run(_ client: RealtimeClient, _ subscriptions: [Subscription]) async throws {
    try output.draw()
    try await withThrowingTaskGroup(of: Void.self) { background in
      background.addTask { await self.waitForInterrupt(client) }
      background.addTask { try await self.keepDrawing() }
      defer { background.cancelAll() }
      try await withThrowingTaskGroup(of: Void.self) { readers in
        for subscription in subscriptions {
          let records = try await client.records(of: subscription.transactionID, key: subscription.key)
          readers.addTask { for try await record in records { try await self.show(record, client) } }
        }
        try await readers.waitForAll()
      }
    }
    try output.draw()
  }

  private func show(_ record: Record, _ client: RealtimeClient) async throws {
    guard left != 0 else { return }
    try output.show(record)
    guard let left else { return }
    self.left = left - 1
    if left == 1 { await client.close() }
  }

  private func waitForInterrupt(_ client: RealtimeClient) async {
    for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
      wasInterrupted = true
      await client.close()
    }
  }

  private func keepDrawing() async throws {
    let clock = RealClock()
    while true {
      try await clock.sleep(until: clock.now + .milliseconds(100))
      try output.draw()
    }
  }
}
