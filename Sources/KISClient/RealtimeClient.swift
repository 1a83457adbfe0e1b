public import KISWire
import Logging

/// The realtime service: registrations, records by stream, heartbeats answered, connections made again when lost.
///
///     try await withRealtimeClient(configuration) { client in
///       for try await trading in try await client.programTrading("0001") { print(trading.time) }
///     }
///
/// One connection serves all streams, as KIS allows one per app key.
public actor RealtimeClient {
  let configuration: ClientConfiguration
  let tokens: TokenStore
  var session: RealtimeSession
  var buffers: [RealtimeSession.StreamID: RecordBuffer<Record>] = [:]
  var waiting: [RealtimeSession.StreamID: CheckedContinuation<Void, any Error>] = [:]
  private var nextStream = 0
  /// Holds as many texts as a client may register twice over; a server that takes none of them has failed.
  var outgoing: AsyncStream<Outgoing>.Continuation?
  static let mostOutgoing = 256
  /// Finished when the client is to close.
  var closing: AsyncStream<Never>.Continuation?
  /// Whether a text found no room in ``outgoing``.
  var hasOverflowed = false
  let elapsed: ElapsedTime
  var end: ClientError?
  var isClosing = false
  /// Connections that failed or were lost since one was last steady.
  var failedAttempts = 0
  /// When the server first served us on the present connection, on the configuration's clock; nil as long as it has not.
  var servedSince: Duration?
  /// The wait before the next attempt to connect; cut short when the client is to close.
  var pause: Task<Void, any Error>?
  /// Streams that were let go, from wherever that happened.
  let abandoned = AsyncStream.makeStream(of: RealtimeSession.StreamID.self)

  enum Outgoing: Sendable {
    case text(String)
    case close
  }

  /// A client that connects when ``run()`` is called.
  ///
  /// - Parameter tokens: shared with a ``RESTClient``; nil makes its own.
  public init(_ configuration: ClientConfiguration, tokens: TokenStore? = nil) {
    self.configuration = configuration
    self.tokens = tokens ?? TokenStore(configuration)
    elapsed = ElapsedTime(on: configuration.clock)
    session = RealtimeSession(dialect: configuration.dialect, customerType: configuration.customerType)
  }
}

extension RealtimeClient {
  /// Registers and waits for the server's answer; the records come by the names of KIS.
  ///
  /// - Throws: ``ClientError``: `refused` with KIS's code, `timedOut`, `closed`.
  public func records(of transactionID: TransactionID, key: String) async throws -> RealtimeStream<Record> {
    try await open(RegistrationKey(transactionID, key: key)) { $0 }
  }

  /// Registers and reads each record as a type of its own.
  public func values<Value: TypedRecord>(
    _ type: Value.Type, of transactionID: TransactionID, key: String
  ) async throws -> RealtimeStream<Value> {
    try await open(RegistrationKey(transactionID, key: key)) { try Value($0) }
  }

  /// Program trading of an index or industry (국내지수 실시간프로그램매매): `0001` KOSPI, `1001` KOSDAQ.
  public func programTrading(_ code: String) async throws -> RealtimeStream<ProgramTrading> {
    try await values(ProgramTrading.self, of: .indexProgramTrading, key: code)
  }

  /// Trades of a KRX share (국내주식 실시간체결가).
  public func trades(of stock: String) async throws -> RealtimeStream<StockTrade> {
    try await values(StockTrade.self, of: .stockTrade, key: stock)
  }

  /// Order notices (국내주식 실시간체결통보) of ``ClientConfiguration/htsID``, decrypted.
  public func orderNotices() async throws -> RealtimeStream<OrderNotice> {
    guard let htsID = configuration.htsID else {
      throw ClientError(.misuse, "order notices are registered with an HTS id; set ClientConfiguration.htsID")
    }
    let transactionID = configuration.venue == .real ? TransactionID.orderNotice : .paperOrderNotice
    return try await values(OrderNotice.self, of: transactionID, key: htsID)
  }

  /// Ends every stream of a registration and gives it back to the server.
  public func release(_ transactionID: TransactionID, key: String) {
    for stream in session.streams(of: RegistrationKey(transactionID, key: key)) {
      close(stream)
    }
  }

  private func open<Value: Sendable>(
    _ subscription: RegistrationKey, read: @escaping @Sendable (Record) throws -> Value
  ) async throws -> RealtimeStream<Value> {
    if let end { throw end }
    let stream = nextStream
    nextStream += 1
    let buffer = RecordBuffer<Record>(capacity: configuration.bufferedRecords)
    buffers[stream] = buffer
    let lease = StreamLease(buffer) { [abandoned] in abandoned.continuation.yield(stream) }
    let effects = session.open(stream, subscription)
    do {
      if session.isUnconfirmed(stream) { try await confirmation(of: stream, subscription, after: effects) }
    } catch {
      close(stream)
      throw error
    }
    let (logger, policy) = (configuration.logger, configuration.malformedRecords)
    return RealtimeStream(subscription, lease) { record in
      do {
        return try read(record)
      } catch {
        guard policy == .skip else { throw ClientError(error) }
        logger.warning("left out a record of \(subscription): \(error)")
        return nil
      }
    }
  }

  /// Waits until the server has answered, within the timeout.
  private func confirmation(
    of stream: RealtimeSession.StreamID, _ subscription: RegistrationKey, after effects: [RealtimeSession.Effect]
  ) async throws {
    let (clock, timeout) = (configuration.clock, configuration.timeout)
    allowOverflow()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await clock.sleep(for: timeout)
          await self.fail(stream, ClientError(.timedOut, "\(subscription): no answer within \(timeout)"))
        } catch {
          await self.fail(stream, ClientError(error))
        }
      }
      defer { group.cancelAll() }
      try await withCheckedThrowingContinuation { continuation in
        waiting[stream] = continuation
        perform(effects)
      }
    }
    allowOverflow()
  }

  private func fail(_ stream: RealtimeSession.StreamID, _ error: ClientError) {
    waiting.removeValue(forKey: stream)?.resume(throwing: error)
  }

  func close(_ stream: RealtimeSession.StreamID) {
    // Records may wait for room in it.
    buffers.removeValue(forKey: stream)?.finish()
    perform(session.close(stream))
    allowOverflow()
  }

  func allowOverflow() {
    for buffer in buffers.values { buffer.allowOverflow(session.isRegistering) }
  }
}
