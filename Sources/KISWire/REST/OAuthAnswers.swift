/// The answer of `POST /oauth2/tokenP`, in the documented key order (PROTOCOL section 1.1).
public struct TokenAnswer: Sendable, Hashable {
  /// A JWT of at most 350 characters.
  public var accessToken: String
  /// `YYYY-MM-DD HH:MM:SS` in Korean time, without a zone.
  public var expiry: String
  /// `Bearer`
  public var tokenType: String
  /// Seconds: 86,400; 90 days for corporate partners.
  public var lifetime: Int
  /// Corporate partners only.
  public var refreshToken: String?

  /// An answer; a token lives a day unless told otherwise.
  public init(
    accessToken: String, expiry: String, lifetime: Int = 86_400, tokenType: String = "Bearer",
    refreshToken: String? = nil
  ) {
    self.accessToken = accessToken
    self.expiry = expiry
    self.tokenType = tokenType
    self.lifetime = lifetime
    self.refreshToken = refreshToken
  }

  /// - Throws: ``WireError`` with code `oauth` when there is no access token.
  public init(parsing body: [UInt8]) throws(WireError) {
    let json = try JSONValue(parsing: body)
    accessToken = try json.required("access_token")
    expiry = json.text("access_token_token_expired")
    tokenType = json["token_type"]?.string ?? "Bearer"
    lifetime = json["expires_in"]?.int ?? json["expires_in"]?.string.flatMap { Int($0) } ?? 86_400
    refreshToken = json["refresh_token"]?.string
  }

  /// The body as KIS writes it.
  public var text: String {
    var body: JSONObject = [
      "access_token": .string(accessToken), "access_token_token_expired": .string(expiry),
      "token_type": .string(tokenType), "expires_in": .number(lifetime),
    ]
    body["refresh_token"] = refreshToken.map(JSONValue.string)
    return JSONValue.object(body).text
  }
}

/// The answer of `POST /oauth2/Approval` (PROTOCOL section 1.2).
public struct ApprovalAnswer: Sendable, Hashable {
  /// UUID text, 36 characters; valid for 24 hours.
  public var approvalKey: String

  /// An answer with this key.
  public init(approvalKey: String) { self.approvalKey = approvalKey }

  /// - Throws: ``WireError`` with code `oauth` when there is no approval key.
  public init(parsing body: [UInt8]) throws(WireError) {
    approvalKey = try JSONValue(parsing: body).required("approval_key")
  }

  /// The body as KIS writes it.
  public var text: String { (["approval_key": .string(approvalKey)] as JSONValue).text }
}

/// The answer of `POST /oauth2/revokeP` (PROTOCOL section 1.3).
public struct RevocationAnswer: Sendable, Hashable {
  /// 200; a number in the document's example, a string in its table (quirk 7). Both are read, a number is written.
  public var code: Int
  /// What happened, in Korean.
  public var message: String
  /// Whether ``text`` writes the code as a string, as the document's table has it.
  public var writesCodeAsText = false

  /// The document's answer, unless told otherwise.
  public init(code: Int = 200, message: String = "접근토큰 폐기에 성공하였습니다") {
    self.code = code
    self.message = message
  }

  /// - Throws: ``WireError`` with code `oauth` when there is no code.
  public init(parsing body: [UInt8]) throws(WireError) {
    let json = try JSONValue(parsing: body)
    guard let code = json["code"]?.int ?? json["code"]?.string.flatMap({ Int($0) }) else {
      throw WireError(.oauth, expected: "a number in \"code\"", found: json["code"]?.text ?? "none", at: 0)
    }
    self.init(code: code, message: json.text("message"))
  }

  /// The body as KIS writes it.
  public var text: String {
    let code: JSONValue = writesCodeAsText ? .string("\(code)") : .number(code)
    return (["code": code, "message": .string(message)] as JSONValue).text
  }
}

/// A refusal of an OAuth endpoint: another shape than all other errors, with HTTP status 403 (quirk 1).
public struct OAuthError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The HTTP status that goes with it.
  public static let status = 403

  /// `error_code`
  public var code: MessageCode
  /// `error_description`
  public var message: String

  /// A refusal; without a message it has KIS's own text for its code.
  public init(_ code: MessageCode, message: String? = nil) {
    self.code = code
    self.message = message ?? code.text ?? ""
  }

  /// - Throws: ``WireError`` with code `oauth` when there is no error code.
  public init(parsing body: [UInt8]) throws(WireError) {
    let json = try JSONValue(parsing: body)
    self.init(MessageCode(try json.required("error_code")), message: json.text("error_description"))
  }

  /// The body as KIS writes it: the description first.
  public var text: String {
    (["error_description": .string(message), "error_code": .string(code.rawValue)] as JSONValue).text
  }

  public var description: String { "\(code) \(message)" }
}

extension JSONValue {
  /// The text of a member that an OAuth answer must have.
  fileprivate func required(_ name: String) throws(WireError) -> String {
    guard let text = self[name]?.string, !text.isEmpty else {
      throw WireError(.oauth, expected: "text in \"\(name)\"", found: self[name]?.text ?? "none", at: 0)
    }
    return text
  }
}
