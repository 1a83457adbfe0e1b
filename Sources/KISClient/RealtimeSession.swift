import KISWire

/// What a realtime client knows and decides, without a socket or a clock: events in, effects out.
///
/// It outlives connections: ``connected(approvalKey:)`` registers again whatever somebody still reads.
struct RealtimeSession: Sendable {
  typealias StreamID = Int

  enum Effect: Sendable, Equatable {
    case send(String)
    /// The registration behind these streams stands.
    case confirmed([StreamID])
    case deliver(Record, to: [StreamID])
    case fail([StreamID], ClientError)
    /// The approval key is no longer known: get another and call ``connected(approvalKey:)`` with it.
    case renewApprovalKey
    /// The server will have nothing to do with this connection: end it and try again later.
    case reconnect(ClientError)
    case log(String)
  }

  private struct Request: Sendable, Equatable {
    var action: RegistrationRequest.Action
    var subscription: RegistrationKey
  }

  private let dialect: Dialect
  private let customerType: CustomerType
  private var approvalKey: Secret?
  private var hasRenewedKey = false
  private var streams: [TransactionID: [String: [StreamID]]] = [:]
  /// The order in which subscriptions were made, so that they are registered again in it.
  private var order: [RegistrationKey] = []
  private var unconfirmed: Set<StreamID> = []
  private var outstanding: [Request] = []
  private var cipher: PayloadCipher?

  init(dialect: Dialect, customerType: CustomerType) {
    self.dialect = dialect
    self.customerType = customerType
  }

  /// Whether somebody waits for a registration's answer.
  var isRegistering: Bool { !unconfirmed.isEmpty }

  /// Whether a stream waits for its registration's answer.
  func isUnconfirmed(_ stream: StreamID) -> Bool { unconfirmed.contains(stream) }

  /// Who reads a registration.
  func streams(of subscription: RegistrationKey) -> [StreamID] {
    streams[subscription.transactionID]?[subscription.key] ?? []
  }

  /// A connection is there, or a new approval key: everything that is wanted is registered.
  mutating func connected(approvalKey: Secret) -> [Effect] {
    self.approvalKey = approvalKey
    outstanding = []
    return order.map { request(.register, $0) }
  }

  /// The connection is gone, and with it what the server knew of us.
  mutating func disconnected() {
    approvalKey = nil
    hasRenewedKey = false
    outstanding = []
    cipher = nil
  }

  /// Somebody wants to read; registered with the server unless it is already.
  mutating func open(_ stream: StreamID, _ subscription: RegistrationKey) -> [Effect] {
    let isFirst = streams(of: subscription).isEmpty
    streams[subscription.transactionID, default: [:]][subscription.key, default: []].append(stream)
    if isFirst { order.append(subscription) }
    let isAsked = outstanding.contains(Request(action: .register, subscription: subscription))
    if isFirst || isAsked || approvalKey == nil { unconfirmed.insert(stream) }
    return isFirst && approvalKey != nil ? [request(.register, subscription)] : []
  }

  /// Somebody reads no more; the last one gives the registration back.
  mutating func close(_ stream: StreamID) -> [Effect] {
    guard let subscription = order.first(where: { streams(of: $0).contains(stream) }) else { return [] }
    unconfirmed.remove(stream)
    streams[subscription.transactionID]?[subscription.key]?.removeAll { $0 == stream }
    guard streams(of: subscription).isEmpty else { return [] }
    forget(subscription)
    return approvalKey == nil ? [] : [request(.release, subscription)]
  }

  mutating func received(_ message: RealtimeMessage) -> [Effect] {
    switch message {
    case .frame(let frame): deliver(frame)
    case .registration(let reply): received(reply)
    case .pingPong(let pingPong): [.send(pingPong.text)]
    case .unknown(let json): [.log("ignored a message that is no frame, reply or PINGPONG: \(json.text.prefix(120))")]
    }
  }

  private func deliver(_ frame: Frame) -> [Effect] {
    guard let readers = streams[frame.transactionID], !readers.isEmpty else { return [] }
    do {
      return try plain(frame).records(in: dialect).map { record in
        .deliver(record, to: record.values.first.flatMap { readers[$0] } ?? everybody(in: readers))
      }
    } catch {
      return [.fail(everybody(in: readers), ClientError(.malformedRecord, "\(frame.transactionID): \(error)"))]
    }
  }

  /// Records are told apart by their first value, which is the key for nearly all TRs. Where it is no key of ours,
  /// everybody who reads the TR gets the record.
  private func everybody(in readers: [String: [StreamID]]) -> [StreamID] { readers.values.joined().sorted() }

  /// By the frame's flag: what the reply's `encrypt` says is not to be relied on (PROTOCOL section 3.3).
  private func plain(_ frame: Frame) throws(WireError) -> Frame {
    guard frame.flag == .encrypted else { return frame }
    guard let cipher else {
      throw WireError(
        .cipher, expected: "an iv and a key in the registration's answer", found: "none, but an encrypted frame", at: 0)
    }
    return try cipher.decrypt(frame)
  }

  private mutating func received(_ reply: RegistrationReply) -> [Effect] {
    guard let request = takeRequest(answeredBy: reply) else {
      return [.log("ignored an answer to nothing we asked: \(reply.text)")]
    }
    let readers = streams(of: request.subscription)
    switch (request.action, reply.code) {
    case (.register, .subscribed), (.register, .alreadySubscribed):
      do {
        if let cipher = try reply.cipher() { self.cipher = cipher }
      } catch {
        return [.log("\(request.subscription): unusable iv or key: \(error)")] + confirm(readers)
      }
      return confirm(readers)
    case (.register, .unknownApprovalKey) where !hasRenewedKey:
      hasRenewedKey = true
      return [.renewApprovalKey]
    case (.register, .appKeyInUse) where readers.allSatisfy({ !unconfirmed.contains($0) }):
      return [.reconnect(ClientError(refusal: reply, of: request.subscription))]
    case (.register, _):
      forget(request.subscription)
      unconfirmed.subtract(readers)
      return [.fail(readers, ClientError(refusal: reply, of: request.subscription))]
    case (.release, _):
      return reply.isSuccess ? [] : [.log("releasing \(request.subscription): \(reply.code) \(reply.message)")]
    }
  }

  /// Answers carry the pair they belong to, except some refusals, which say `(null)`: those belong to the oldest.
  private mutating func takeRequest(answeredBy reply: RegistrationReply) -> Request? {
    let action: RegistrationRequest.Action =
      [MessageCode.unsubscribed, .notSubscribed].contains(reply.code) ? .release : .register
    let exact = reply.header.flatMap { header in
      outstanding.firstIndex {
        $0.subscription == RegistrationKey(header.transactionID, key: header.key ?? "") && $0.action == action
      }
    }
    let isNameless = reply.header == nil || reply.header?.transactionID == .null
    guard let index = exact ?? (isNameless ? outstanding.indices.first : nil) else { return nil }
    return outstanding.remove(at: index)
  }

  private mutating func confirm(_ readers: [StreamID]) -> [Effect] {
    let waiting = readers.filter { unconfirmed.remove($0) != nil }
    return waiting.isEmpty ? [] : [.confirmed(waiting)]
  }

  private mutating func forget(_ subscription: RegistrationKey) {
    streams[subscription.transactionID]?[subscription.key] = nil
    order.removeAll { $0 == subscription }
  }

  private mutating func request(_ action: RegistrationRequest.Action, _ subscription: RegistrationKey) -> Effect {
    outstanding.append(Request(action: action, subscription: subscription))
    return .send(
      RegistrationRequest(
        action, subscription.transactionID, key: subscription.key, approvalKey: approvalKey?.reveal() ?? "",
        customerType: customerType
      ).text)
  }
}
