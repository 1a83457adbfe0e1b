public import KISWire

/// Records of one registration, in order, across reconnects.
///
///     for try await trading in try await client.programTrading("0001") { print(trading.time, trading.all.net.amount) }
///
/// To be read once. Letting go of the stream releases the registration, if nobody else reads it.
/// It ends when the client does, and throws ``ClientError`` when it cannot go on.
public struct RealtimeStream<Element: Sendable>: AsyncSequence, Sendable {
  /// What the records were registered with.
  public let subscription: RegistrationKey
  private let lease: StreamLease
  private let read: @Sendable (Record) throws -> Element?

  init(
    _ subscription: RegistrationKey, _ lease: StreamLease, read: @escaping @Sendable (Record) throws -> Element?
  ) {
    self.subscription = subscription
    self.lease = lease
    self.read = read
  }

  /// The records from here on; call it once.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: lease, read: read) }

  /// Waits for one record after the other.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let lease: StreamLease
    fileprivate let read: @Sendable (Record) throws -> Element?

    /// The next record; nil when the client has ended.
    public mutating func next() async throws -> Element? {
      while let record = try await lease.buffer.next() {
        if let element = try read(record) { return element }
      }
      return nil
    }
  }
}

/// Held by a stream and its iterators; when the last of them is gone, the registration is given back.
final class StreamLease: Sendable {
  let buffer: RecordBuffer<Record>
  private let giveBack: @Sendable () -> Void

  init(_ buffer: RecordBuffer<Record>, giveBack: @escaping @Sendable () -> Void) {
    self.buffer = buffer
    self.giveBack = giveBack
  }

  deinit { giveBack() }
}
