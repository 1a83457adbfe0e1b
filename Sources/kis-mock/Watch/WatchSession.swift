import KISClient
import KISSandbox
import KISWire
import Terminal
import UnixSignals

/// How `watch` shows records: text for each as it comes, or a picture that is drawn now and then.
protocol WatchOutput: Sendable {
  /// Takes a record.
  /// - Returns: what is to be written for it.
  mutating func show(_ record: Record) -> [UInt8]
  /// Called ten times a second.
  /// - Returns: what is to be written now.
  mutating func draw() -> [UInt8]
}

/// Reads streams until there were enough records, or somebody interrupts.
actor WatchSession {
  private var output: any WatchOutput
  private var left: Int?
  /// The signal that ended it; nil when it ended by itself.
  private(set) var signal: UnixSignal?

  /// How long the server may take to answer the close frame once somebody interrupts.
  private static let patience = Duration.seconds(1)

  init(_ output: any WatchOutput, count: Int?) {
    self.output = output
    left = count
  }

  /// Watches until the end.
  /// - Throws: ``WatchInterrupted`` when a signal came and the server went on for longer than its patience.
  func run(_ configuration: ClientConfiguration, _ subscriptions: [RegistrationKey]) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let client = RealtimeClient(configuration)
    // Whatever the server does, whatever becomes of the output: a signal ends all of it.
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await signal in signals {
          await self.interrupted(by: signal, client)
          try await HostTime.sleep(for: WatchSession.patience)
          throw WatchInterrupted()
        }
      }
      group.addTask { try await client.run() }
      group.addTask {
        try await self.read(client, subscriptions)
        await client.close()
        try await StandardOutput.drain()
      }
      defer { group.cancelAll() }
      // The reader and the client; the other waits for signals.
      for _ in 0..<2 { try await group.next() }
    }
  }

  private func read(_ client: RealtimeClient, _ subscriptions: [RegistrationKey]) async throws {
    try await write(output.draw())
    try await withThrowingTaskGroup(of: Void.self) { background in
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
    try await write(output.draw())
  }

  private func show(_ record: Record, _ client: RealtimeClient) async throws {
    guard left != 0 else { return }
    if let left { self.left = left - 1 }
    try await write(output.show(record))
    if left == 0 { await client.close() }
  }

  private func interrupted(by signal: UnixSignal, _ client: RealtimeClient) async {
    self.signal = signal
    await client.close()
  }

  private func keepDrawing() async throws {
    while true {
      try await HostTime.sleep(for: .milliseconds(100))
      try await write(output.draw())
    }
  }

  private func write(_ bytes: [UInt8]) async throws {
    if !bytes.isEmpty { try await StandardOutput.queue(bytes) }
  }
}

/// A signal came, and not everybody was ready in time.
struct WatchInterrupted: Error {}
