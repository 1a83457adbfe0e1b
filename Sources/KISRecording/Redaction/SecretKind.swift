/// What a placeholder stands for. Open: files may name kinds that this version does not know.
public struct SecretKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// As the header of a recording spells it: `app-key`.
  public let rawValue: String

  /// Any text is a kind.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The same as the raw value.
  public var description: String { rawValue }

  /// `appkey` of requests and of `/oauth2`.
  public static let appKey = SecretKind(rawValue: "app-key")
  /// `appsecret`, `secretkey`.
  public static let appSecret = SecretKind(rawValue: "app-secret")
  /// Access tokens (접근토큰), JWTs and whatever stands behind `Bearer`.
  public static let token = SecretKind(rawValue: "token")
  /// `approval_key` (웹소켓 접속키).
  public static let approvalKey = SecretKind(rawValue: "approval-key")
  /// `hashkey` of order requests, `HASH` in the answer that made it.
  public static let hashKey = SecretKind(rawValue: "hash-key")
  /// `personalseckey` of corporate clients (법인).
  public static let personalKey = SecretKind(rawValue: "personal-key")
  /// Account numbers (계좌번호): `CANO`, `ACNT_NO`, `12345678-01`.
  public static let account = SecretKind(rawValue: "account")
  /// HTS ids: `USER_ID`, `CUST_ID`, the `tr_key` of notices.
  public static let htsID = SecretKind(rawValue: "hts-id")
  /// Names of people and accounts (계좌명): `ACNT_NAME`.
  public static let name = SecretKind(rawValue: "name")
  /// Phone numbers: `phone_number`, `010-1234-5678`.
  public static let phone = SecretKind(rawValue: "phone")
  /// Addresses of IPv4 and IPv6 that are not the machine's own: `ip_addr`.
  public static let address = SecretKind(rawValue: "ip")
  /// Hardware addresses: `mac_address`.
  public static let hardwareAddress = SecretKind(rawValue: "mac")
  /// Values of cookies.
  public static let cookie = SecretKind(rawValue: "cookie")
  /// The `iv` of a session's notices.
  public static let iv = SecretKind(rawValue: "iv")
  /// The `key` of a session's notices.
  public static let key = SecretKind(rawValue: "key")
  /// `gt_uid` (거래고유번호), by which KIS tells requests apart; no secret, but it looks like one.
  public static let requestNumber = SecretKind(rawValue: "request-number")
  /// What an upgrade to WebSocket exchanges; no secret, but it looks like one.
  public static let nonce = SecretKind(rawValue: "nonce")
}
