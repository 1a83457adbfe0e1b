import KISWire

/// Who is admitted, and how often: credentials, calls within the last second, and which session owns an app key.
struct Admission {
  var credentials: IssuedCredentials
  var callRates = CallRates()
  /// Which session, or until when nobody else, owns an app key.
  var slots: [String: Slot] = [:]
  /// App keys whose client was told that they are still taken.
  var awaited: Set<String> = []
  /// By app key: the client that takes the place of the recorded one.
  var clients = BoundedDictionary<String, CapturedClient>(capacity: IssuedCredentials.most)
  /// When each app key asked for a token too soon.
  var tokenViolations = BoundedDictionary<String, [Duration]>(capacity: IssuedCredentials.most)

  enum Slot: Equatable {
    case owned(by: Int)
    case held(until: Duration)
  }

  /// When the next app key becomes free that a client waits for; never when none does.
  func awaitedRelease(after now: Duration) -> Duration {
    awaited.reduce(Duration.never) { earliest, appKey in
      guard case .held(let until) = slots[appKey], until > now else { return earliest }
      return min(earliest, until)
    }
  }

  init(_ configuration: SandboxConfiguration, generator: SeededGenerator) {
    credentials = IssuedCredentials(configuration, generator: generator)
  }
}

/// How many REST calls each app key made within the last second.
struct CallRates {
  private var calls = BoundedDictionary<String, [Duration]>(capacity: IssuedCredentials.most)

  /// Counts a call; false when it is one too many.
  mutating func allows(_ appKey: String, perSecond limit: Int, now: Duration) -> Bool {
    guard limit > 0 else { return true }
    var recent = (calls[appKey] ?? []).filter { now - $0 < .seconds(1) }
    let allowed = recent.count < limit
    if allowed { recent.append(now) }
    calls[appKey] = recent
    return allowed
  }
}

/// The headers that say who the customer is (PROTOCOL section 2.1).
struct CustomerHeaders {
  private let request: RESTRequest

  init(_ request: RESTRequest) { self.request = request }

  /// Whether a company names its customer by `personalseckey`, which stands for the app secret.
  var hasPersonalKey: Bool { isCorporate && request.header("personalseckey")?.isEmpty == false }

  /// Why they are refused: neither P nor B, a company in paper trading, or one that leaves out what is demanded of
  /// companies: `seq_no` (three digits), `phone_number` and `ip_addr` of its customer, and the key that names the
  /// customer. KIS's documents have codes for these, and none for `gt_uid`.
  func refusal(on venue: Venue) -> MessageCode? {
    guard ["", "P", "B"].contains(customerType) else { return MessageCode("EGW00208") }
    guard isCorporate else { return nil }
    if venue == .vts { return .noPaperTradingForCompanies }
    let number = request.header("seq_no") ?? ""
    guard number.utf8.count == 3, number.isAllDigits else {
      return MessageCode("EGW00209")
    }
    if isMissing("phone_number") { return MessageCode("EGW00212") }
    if isMissing("ip_addr") { return MessageCode("EGW00207") }
    return hasPersonalKey ? nil : .invalidCustomerKey
  }

  private func isMissing(_ header: String) -> Bool { request.header(header)?.isEmpty ?? true }

  private var isCorporate: Bool { customerType == "B" }
  private var customerType: String { request.header("custtype") ?? "" }
}
