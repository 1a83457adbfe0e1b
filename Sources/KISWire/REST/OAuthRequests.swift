/// The body of `POST /oauth2/tokenP` (PROTOCOL section 1.1).
public struct TokenRequest: Sendable, Hashable {
  /// `client_credentials`, or `refresh_token` for corporate partners.
  public var grantType: String
  /// `appkey`, 36 characters on the real service.
  public var appKey: String
  /// `appsecret`, 180 characters on the real service.
  public var appSecret: String
  /// Corporate partners only.
  public var refreshToken: String?

  /// A request for a token.
  public init(
    appKey: String, appSecret: String, grantType: String = GrantType.clientCredentials, refreshToken: String? = nil
  ) {
    self.grantType = grantType
    self.appKey = appKey
    self.appSecret = appSecret
    self.refreshToken = refreshToken
  }

  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(parsing body: [UInt8]) throws(OAuthError) { try self.init(try? JSONValue(parsing: body)) }

  /// - Parameter json: the body that is parsed already; nil when it is no JSON.
  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(_ json: JSONValue?) throws(OAuthError) {
    let fields = try OAuthFields(json)
    let grantType = try fields.grantType(among: [GrantType.clientCredentials, GrantType.refreshToken])
    self.init(
      appKey: try fields.text("appkey", missing: .appKeyRequired),
      appSecret: try fields.text("appsecret", missing: .appSecretRequired), grantType: grantType,
      refreshToken: fields.json["refresh_token"]?.string)
  }

  /// The body as JSON.
  public var text: String {
    var body: JSONObject = [
      "grant_type": .string(grantType), "appkey": .string(appKey), "appsecret": .string(appSecret),
    ]
    body["refresh_token"] = refreshToken.map(JSONValue.string)
    return JSONValue.object(body).text
  }
}

/// The values of `grant_type`.
public enum GrantType {
  /// An app key and its secret.
  public static let clientCredentials = "client_credentials"
  /// A refresh token; corporate partners only.
  public static let refreshToken = "refresh_token"
}

/// The body of `POST /oauth2/Approval` (PROTOCOL section 1.2): the secret is called `secretkey` here.
public struct ApprovalRequest: Sendable, Hashable {
  /// `appkey`, 36 characters on the real service.
  public var appKey: String
  /// The app secret, sent as `secretkey`.
  public var appSecret: String

  /// A request for an approval key.
  public init(appKey: String, appSecret: String) {
    self.appKey = appKey
    self.appSecret = appSecret
  }

  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(parsing body: [UInt8]) throws(OAuthError) { try self.init(try? JSONValue(parsing: body)) }

  /// - Parameter json: the body that is parsed already; nil when it is no JSON.
  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(_ json: JSONValue?) throws(OAuthError) {
    let fields = try OAuthFields(json)
    _ = try fields.grantType(among: [GrantType.clientCredentials])
    appKey = try fields.text("appkey", missing: .appKeyRequired)
    appSecret = try fields.text("secretkey", missing: .appSecretRequired)
  }

  /// The body as JSON.
  public var text: String {
    let body: JSONValue = [
      "grant_type": .string(GrantType.clientCredentials), "appkey": .string(appKey), "secretkey": .string(appSecret),
    ]
    return body.text
  }
}

/// The body of `POST /oauth2/revokeP` (PROTOCOL section 1.3).
public struct RevocationRequest: Sendable, Hashable {
  /// `appkey`, 36 characters on the real service.
  public var appKey: String
  /// `appsecret`
  public var appSecret: String
  /// The access token to revoke.
  public var token: String

  /// A request to revoke a token.
  public init(appKey: String, appSecret: String, token: String) {
    self.appKey = appKey
    self.appSecret = appSecret
    self.token = token
  }

  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(parsing body: [UInt8]) throws(OAuthError) { try self.init(try? JSONValue(parsing: body)) }

  /// - Parameter json: the body that is parsed already; nil when it is no JSON.
  /// - Throws: ``OAuthError`` with KIS's code for the first part that is missing.
  public init(_ json: JSONValue?) throws(OAuthError) {
    let fields = try OAuthFields(json)
    appKey = try fields.text("appkey", missing: .appKeyRequired)
    appSecret = try fields.text("appsecret", missing: .appSecretRequired)
    token = try fields.text("token", missing: .tokenNotFound)
  }

  /// The body as JSON.
  public var text: String {
    let body: JSONValue = ["appkey": .string(appKey), "appsecret": .string(appSecret), "token": .string(token)]
    return body.text
  }
}

/// The members of an OAuth body, looked up with KIS's refusals.
private struct OAuthFields {
  let json: JSONValue

  init(_ json: JSONValue?) throws(OAuthError) {
    guard let json, json.object != nil else { throw OAuthError(.invalidRequest) }
    self.json = json
  }

  func text(_ name: String, missing: MessageCode) throws(OAuthError) -> String {
    guard let text = json[name]?.string, !text.isEmpty else { throw OAuthError(missing) }
    return text
  }

  func grantType(among known: [String]) throws(OAuthError) -> String {
    let grantType = try text("grant_type", missing: .grantTypeRequired)
    guard known.contains(grantType) else { throw OAuthError(.unsupportedGrantType) }
    return grantType
  }
}
