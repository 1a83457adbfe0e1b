import KISScenario
import KISWire

/// App keys, access tokens (접근토큰) and approval keys (웹소켓 접속키): issued, checked, expired, revoked.
///
/// All of them come from the seed, each kind and app key from a stream of its own: the same calls get the same tokens,
/// whatever others do meanwhile.
struct IssuedCredentials {
  /// App keys with their secrets; nil accepts any that is not empty.
  var allowed: [String: String?]?
  private(set) var tokens = BoundedDictionary<String, Token>(capacity: IssuedCredentials.most)
  private(set) var approvalKeys = BoundedDictionary<String, ApprovalKey>(capacity: IssuedCredentials.most)
  private var latestToken = BoundedDictionary<String, String>(capacity: IssuedCredentials.most)
  /// The secret that each app key's last token was asked for with.
  private var secrets = BoundedDictionary<String, String>(capacity: IssuedCredentials.most)
  private let venue: Venue
  private var corporate: Set<String>
  /// The venue of each app key that is valid at one venue only.
  private var venues: [String: Venue]
  private var keepsTokens = false
  private let generator: SeededGenerator
  private var streams = BoundedDictionary<String, SeededGenerator>(capacity: 4 * IssuedCredentials.most)
  /// How many sessions each app key has had.
  private var sessionCounts = BoundedDictionary<String, Int>(capacity: IssuedCredentials.most)

  /// How many app keys, tokens and approval keys are remembered: any app key may be accepted, so clients decide how
  /// many there are.
  static let most = 20_000
  /// Bytes of an app key or a secret; those of KIS have 36 and 180.
  private static let longest = 1_024

  struct Token {
    var appKey: String
    var text: String
    var issued: Duration
    var expires: Duration
    /// Companies get one: with it they ask for the next token.
    var refresh: String?
    var isRevoked = false
  }

  struct ApprovalKey {
    var appKey: String
    var expires: Duration
  }

  enum TokenState: Equatable {
    case valid(appKey: String)
    case expired
    /// The real service issued it, and this is vts.
    case ofOtherVenue
    case unknown
  }

  init(
    allowed: [String: String?]? = nil, corporate: Set<String> = [], venues: [String: Venue] = [:], venue: Venue = .real,
    generator: SeededGenerator
  ) {
    self.allowed = allowed
    self.corporate = corporate
    self.venues = venues
    self.venue = venue
    self.generator = generator
  }

  /// Keys decide which sandbox a request goes to, so no two sandboxes of a process may issue the same ones, whatever
  /// their seeds.
  init(_ configuration: SandboxConfiguration, generator: SeededGenerator) {
    let isStandard = configuration.name == SandboxConfiguration().name
    self.init(
      allowed: configuration.appKeys, corporate: configuration.corporateAppKeys,
      venues: configuration.appKeyVenues, venue: configuration.venue,
      generator: generator.fork(isStandard ? "credentials" : "credentials of \(configuration.name)"))
    keepsTokens = configuration.keepsTokens
  }

  /// Accepts whom an edited configuration accepts. What was issued stays valid.
  mutating func adopt(_ configuration: SandboxConfiguration) {
    allowed = configuration.appKeys
    corporate = configuration.corporateAppKeys
    venues = configuration.appKeyVenues
    keepsTokens = configuration.keepsTokens
  }

  /// Why an app key and its secret are refused; nil when they are good.
  func refusal(appKey: String, secret: String) -> MessageCode? {
    if appKey.isEmpty { return .appKeyRequired }
    if secret.isEmpty { return .appSecretRequired }
    guard appKey.utf8.count <= IssuedCredentials.longest else { return .invalidAppKey }
    guard secret.utf8.count <= IssuedCredentials.longest else { return .invalidAppSecret }
    // Quirk 5: a line break that came along when the key was copied.
    if appKey.last?.isNewline == true || secret.last?.isNewline == true { return .invalidAppSecret }
    if let allowed {
      guard let known = allowed[appKey] else { return .invalidAppKey }
      guard known == nil || known == secret else { return .invalidAppSecret }
    }
    return venue == .vts && corporate.contains(appKey) ? .noPaperTradingForCompanies : nil
  }

  /// Why a call with an app key is refused here that belongs to the other venue; nil when it does not. Tokens are issued to
  /// it all the same (PROTOCOL section 9).
  func refusalOfVenue(_ appKey: String) -> MessageCode? {
    guard let home = venues[appKey], home != venue else { return nil }
    return venue == .vts ? .notAPaperAppKey : .notARealAppKey
  }

  /// Whether a secret is the one that the app key's token was asked for with.
  func isSecret(_ secret: String, of appKey: String) -> Bool { secrets[appKey].map { $0 == secret } ?? true }

  mutating func noteSecret(_ secret: String, of appKey: String) { secrets[appKey] = secret }

  /// A token for an app key: the one it has when that is fresh, else a new one; nil when it asks too often.
  mutating func issueToken(appKey: String, limits: Limits, now: Duration, wall: KoreanTime) -> Token? {
    if let text = latestToken[appKey], let latest = tokens[text] {
      if limits.tokenInterval > .zero, now - latest.issued < limits.tokenInterval { return nil }
      // Quirk 3: within the window even a revoked token comes back.
      if now - latest.issued < limits.tokenReuse { return latest }
    }
    return newToken(appKey: appKey, limits: limits, now: now, wall: wall)
  }

  /// The token that follows the one with this refresh token, at any time; nil when there is none.
  mutating func refreshToken(
    _ refresh: String, appKey: String, limits: Limits, now: Duration, wall: KoreanTime
  ) -> Token? {
    guard let text = latestToken[appKey], let latest = tokens[text], latest.refresh == refresh else { return nil }
    return newToken(appKey: appKey, limits: limits, now: now, wall: wall)
  }

  private mutating func newToken(appKey: String, limits: Limits, now: Duration, wall: KoreanTime) -> Token {
    let isCorporate = corporate.contains(appKey)
    let lifetime = isCorporate ? IssuedCredentials.corporateLifetime : limits.tokenLifetime
    func text(_ id: String) -> String {
      TokenText.make(appKey: appKey, id: id, issued: wall, lifetime: lifetime, venue: venue)
    }
    let token = Token(
      appKey: appKey, text: text(keepsTokens ? lastingID(of: appKey) : uuid("tokens of \(appKey)")), issued: now,
      expires: now + lifetime,
      refresh: isCorporate ? text(uuid("refresh tokens of \(appKey)")) : nil)
    tokens[token.text] = token
    latestToken[appKey] = token.text
    return token
  }

  /// 90 days
  private static let corporateLifetime = Duration.seconds(90 * 86_400)

  /// - Parameters:
  ///   - now: time on the sandbox's clock.
  ///   - wall: the same as a date, for tokens of an earlier start.
  func state(ofToken text: String, now: Duration, wall: KoreanTime) -> TokenState {
    guard let token = tokens[text], !token.isRevoked else {
      if tokens[text] == nil, let kept = keptToken(text) {
        return wall.epochNanoseconds / 1_000_000_000 < kept.expires ? .valid(appKey: kept.appKey) : .expired
      }
      return venue == .vts && TokenText.isSigned(text, by: .real) ? .ofOtherVenue : .unknown
    }
    return now < token.expires ? .valid(appKey: token.appKey) : .expired
  }

  /// Whether there was such a token to revoke.
  mutating func revoke(token text: String) -> Bool {
    if tokens[text] == nil, let kept = keptToken(text) {
      tokens[text] = Token(appKey: kept.appKey, text: text, issued: .zero, expires: .zero, isRevoked: true)
      return true
    }
    guard tokens[text]?.isRevoked == false else { return false }
    tokens[text]?.isRevoked = true
    return true
  }

  mutating func issueApprovalKey(appKey: String, limits: Limits, now: Duration) -> String {
    let text = uuid("approval keys of \(appKey)")
    approvalKeys[text] = ApprovalKey(appKey: appKey, expires: now + limits.approvalLifetime)
    return text
  }

  /// The app key that an approval key was issued to; nil when it is unknown or expired.
  func appKey(ofApprovalKey text: String, now: Duration) -> String? {
    guard let key = approvalKeys[text], now < key.expires else { return nil }
    return key.appKey
  }

  /// The number of an app key's next session, from 1.
  mutating func nextSession(of appKey: String) -> Int {
    sessionCounts[appKey, default: 0] += 1
    return sessionCounts[appKey] ?? 1
  }

  /// The iv (16 lower-case hexadecimal characters) and key (32 letters) of an app key's session, as PROTOCOL section 3.3
  /// shows them.
  func cipherParameters(ofSession number: Int, of appKey: String) -> (iv: String, key: String) {
    var stream = generator.fork("ciphers of \(appKey)").fork(number)
    return (stream.text(16, from: "0123456789abcdef"), stream.text(32, from: "abcdefghijklmnopqrstuvwxyz"))
  }

  /// 32 hexadecimal characters for the `gt_uid` of an answer to an app key.
  mutating func globalID(for appKey: String) -> String {
    drawing(from: "gt_uid of \(appKey)") { $0.text(32, from: "0123456789ABCDEF") }
  }

  private mutating func drawing<Value>(from label: String, _ draw: (inout SeededGenerator) -> Value) -> Value {
    draw(&streams[label, default: generator.fork(label)])
  }

  private mutating func uuid(_ label: String) -> String {
    IssuedCredentials.uuid(drawing(from: label) { $0.text(32, from: "0123456789abcdef") })
  }

  /// The claims of a token of an earlier start; nil for all others, and where such tokens are not valid.
  private func keptToken(_ text: String) -> (appKey: String, id: String, expires: Int64)? {
    guard keepsTokens, let kept = TokenText.claims(of: text, by: venue), kept.id == lastingID(of: kept.appKey) else {
      return nil
    }
    return kept
  }

  /// The id of all tokens of an app key that outlast a restart: it follows from the seed alone.
  private func lastingID(of appKey: String) -> String {
    var stream = generator.fork("lasting tokens of \(appKey)")
    return IssuedCredentials.uuid(stream.text(32, from: "0123456789abcdef"))
  }

  private static func uuid(_ text: String) -> String {
    let digits = Array(text)
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return parts.joined(separator: "-")
  }
}

extension SeededGenerator {
  fileprivate mutating func text(_ length: Int, from alphabet: String) -> String {
    let characters = Array(alphabet)
    return String((0..<length).map { _ in characters[Int(next() % UInt64(characters.count))] })
  }
}
