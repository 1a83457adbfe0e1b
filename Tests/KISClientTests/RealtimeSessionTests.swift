import KISScenario
import KISWire
import Testing

@testable import KISClient

@Suite("What a realtime client decides")
struct RealtimeSessionTests {
  private let kospi = RegistrationKey("H0UPPGM0", key: "0001")
  private let notices = RegistrationKey("H0STCNI0", key: "me")
  private var session = RealtimeSession(dialect: .latest(), customerType: .personal)

  private func request(_ action: RegistrationRequest.Action, _ pair: RegistrationKey, key: String = "A") -> String {
    RegistrationRequest(action, pair.transactionID, key: pair.key, approvalKey: key).text
  }

  private func success(_ pair: RegistrationKey) -> RealtimeMessage {
    .registration(.registered(.init(pair.transactionID, key: pair.key), .init(iv: iv, key: key)))
  }

  private func refusal(_ pair: RegistrationKey?, _ code: MessageCode) -> RealtimeMessage {
    .registration(.refused(pair.map { .init($0.transactionID, key: $0.key) } ?? .null, code))
  }

  private let iv = "0123456789abcdef"
  private let key = "abcdefghijklmnopabcdefghijklmnop"

  private func frame(_ pair: RegistrationKey, _ more: String = "1^2") -> RealtimeMessage {
    .frame(Frame(pair.transactionID, payload: Array("\(pair.key)^\(more)".utf8)))
  }

  /// Where the records of a message go.
  private mutating func readers(of message: RealtimeMessage) -> [[Int]] {
    session.received(message).map { if case .deliver(_, let streams) = $0 { streams } else { [] } }
  }

  @Test("registers what was asked for before there was a connection, and confirms it")
  mutating func registersOnConnect() {
    let before = session.open(1, kospi)
    let connected = session.connected(approvalKey: "A")
    let answered = session.received(success(kospi))
    #expect(before == [])
    #expect(connected == [.send(request(.register, kospi))])
    #expect(answered == [.confirmed([1])])
    #expect(!session.isRegistering)
  }

  @Test("registers once for two readers and releases after the last")
  mutating func sharesRegistrations() {
    _ = session.connected(approvalKey: "A")
    let first = session.open(1, kospi)
    let second = session.open(2, kospi)
    let answered = session.received(success(kospi))
    let third = session.open(3, kospi)
    let isUnconfirmed = session.isUnconfirmed(3)
    #expect(first == [.send(request(.register, kospi))])
    #expect(second == [])
    #expect(answered == [.confirmed([1, 2])])
    #expect(third == [])
    #expect(!isUnconfirmed)
    let closed = [1, 3, 2].map { session.close($0) }
    #expect(closed == [[], [], [.send(request(.release, kospi))]])
  }

  @Test("registers everything again on the next connection, in order, and confirms nothing twice")
  mutating func registersAgain() {
    _ = session.connected(approvalKey: "A")
    for (index, pair) in [kospi, notices].enumerated() {
      _ = session.open(index, pair)
      _ = session.received(success(pair))
    }
    session.disconnected()
    let connected = session.connected(approvalKey: "B")
    let answered = session.received(success(kospi))
    #expect(
      connected == [.send(request(.register, kospi, key: "B")), .send(request(.register, notices, key: "B"))])
    #expect(answered == [])
  }

  @Test("routes records by their first value, and to everybody when that is no key of ours")
  mutating func routes() {
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, kospi)
    _ = session.open(2, RegistrationKey("H0UPPGM0", key: "1001"))
    let exact = readers(of: frame(kospi))
    let other = readers(of: frame(RegistrationKey("H0UPPGM0", key: "9999")))
    let foreign = readers(of: frame(RegistrationKey("H0STCNT0", key: "005930")))
    let several = readers(of: .frame(Frame("H0UPPGM0", records: [["0001", "a"], ["1001", "b"]])))
    #expect(exact == [[1]])
    #expect(other == [[1, 2]])
    #expect(foreign == [])
    #expect(several == [[1], [2]])
  }

  @Test("decrypts by the frame's flag, with the iv and key of any answer of the session")
  mutating func decrypts() throws {
    let encrypted = try PayloadCipher(iv: iv, key: key).encrypt(Frame("H0STCNI0", payload: Array("me^12345678".utf8)))
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, notices)
    let tooEarly = session.received(.frame(encrypted))
    _ = session.received(success(kospi))
    _ = session.received(success(notices))
    let delivered = session.received(.frame(encrypted))
    guard case .fail([1], let error) = tooEarly.first, case .deliver(let record, [1]) = delivered.first else {
      Issue.record("expected a failure, then a record: \(tooEarly), \(delivered)")
      return
    }
    #expect(error.message.contains("iv"))
    #expect(record["ACNT_NO"] == "12345678")
  }

  @Test("echoes PINGPONG as it came")
  mutating func pingPong() {
    let effects = session.received(.pingPong(PingPong(datetime: "20260921085900")))
    #expect(effects == [.send(#"{"header":{"tr_id":"PINGPONG","datetime":"20260921085900"}}"#)])
  }

  @Test("fails the readers of a refused registration, also when the refusal names nobody")
  mutating func refusals() {
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, kospi)
    _ = session.open(2, notices)
    let nameless = session.received(refusal(nil, .wrongHTSID))
    let named = session.received(refusal(notices, .tooManySubscriptions))
    #expect(nameless.first?.failure?.messageCode == .wrongHTSID)
    #expect(named.first?.failure?.messageCode == .tooManySubscriptions)
    let closed = session.close(1)
    #expect(closed == [])
    #expect(!session.isRegistering)
  }

  @Test("takes ALREADY IN SUBSCRIBE for a success")
  mutating func alreadySubscribed() {
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, kospi)
    let effects = session.received(refusal(kospi, .alreadySubscribed))
    #expect(effects == [.confirmed([1])])
  }

  @Test("gets one new approval key when the server does not know ours, and gives up after that")
  mutating func renewsApprovalKey() {
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, kospi)
    let first = session.received(refusal(nil, .unknownApprovalKey))
    let again = session.connected(approvalKey: "B")
    let second = session.received(refusal(nil, .unknownApprovalKey))
    #expect(first == [.renewApprovalKey])
    #expect(again == [.send(request(.register, kospi, key: "B"))])
    #expect(second.first?.failure?.messageCode == .unknownApprovalKey)
  }

  @Test("tells a first caller that the app key is in use, but keeps trying after a reconnect")
  mutating func appKeyInUse() {
    _ = session.connected(approvalKey: "A")
    _ = session.open(1, kospi)
    let first = session.received(refusal(nil, .appKeyInUse))
    #expect(first.first?.failure?.messageCode == .appKeyInUse)

    _ = session.open(2, kospi)
    _ = session.received(success(kospi))
    session.disconnected()
    _ = session.connected(approvalKey: "A")
    let later = session.received(refusal(nil, .appKeyInUse))
    guard case .reconnect = later.first else {
      Issue.record("expected a reconnect: \(later)")
      return
    }
  }
}

extension RealtimeSession.Effect {
  fileprivate var failure: ClientError? { if case .fail(_, let error) = self { error } else { nil } }
}
