/// The server's answer to a registration or release (PROTOCOL section 3.3).
///
///     {"header":{"tr_id":"H0STASP0","tr_key":"005930","encrypt":"N"},
///      "body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"…","key":"…"}}}
///
/// Parts that some answers lack are optional, and ``text`` leaves out what is nil.
public struct RegistrationReply: Sendable, Hashable {
  /// Whom the answer is for.
  public var header: Header?
  /// `rt_cd`: "0" fine, "1" refused, "9" refused before the request was understood.
  public var resultCode: String
  /// `msg_cd`
  public var code: MessageCode
  /// `msg1`
  public var message: String
  /// The iv and key for notices. Every success carries them, for plain TRs too.
  public var output: Output?

  /// The pair that was asked for, and whether its frames are said to be encrypted.
  public struct Header: Sendable, Hashable {
    /// The id asked for, or ``TransactionID/null``.
    public var transactionID: TransactionID
    /// `tr_key`
    public var key: String?
    /// `encrypt`: "Y" or "N". Not to be relied on: the live service says "N" for notices too.
    public var encrypt: String?

    /// A header as the live service writes it: `encrypt` is "N" unless told otherwise.
    public init(_ transactionID: TransactionID, key: String?, encrypt: String? = "N") {
      self.transactionID = transactionID
      self.key = key
      self.encrypt = encrypt
    }

    /// The header of a refusal that belongs to no registration: tr_id `(null)`, an empty tr_key.
    public static let null = Header(.null, key: "")
  }

  /// What decrypts the session's notices.
  public struct Output: Sendable, Hashable {
    /// 16 characters, see ``PayloadCipher``.
    public var iv: String
    /// 32 characters, see ``PayloadCipher``.
    public var key: String

    /// An iv and a key as the service spells them.
    public init(iv: String, key: String) {
      self.iv = iv
      self.key = key
    }
  }

  /// A reply; without a message it has KIS's own text for its code.
  public init(header: Header?, resultCode: String, code: MessageCode, message: String? = nil, output: Output? = nil) {
    self.header = header
    self.resultCode = resultCode
    self.code = code
    self.message = message ?? code.text ?? ""
    self.output = output
  }

  /// Whether a registration or release succeeded: `rt_cd` "0".
  public var isSuccess: Bool { resultCode == "0" }

  /// The cipher for this session's notices; nil when the reply carries no iv and key.
  public func cipher() throws(WireError) -> PayloadCipher? {
    guard let output else { return nil }
    return try PayloadCipher(iv: output.iv, key: output.key)
  }
}

extension RegistrationReply {
  /// Reads a reply.
  ///
  /// - Throws: ``WireError``: `json` for malformed JSON, `registration` for JSON without `body.rt_cd` and `body.msg_cd`.
  public init(parsing text: String) throws(WireError) {
    let json = try JSONValue(parsing: text)
    guard let reply = RegistrationReply(json) else {
      throw WireError(
        .registration, expected: "an object with body.rt_cd and body.msg_cd", found: json.text, at: 0)
    }
    self = reply
  }

  /// The reply in parsed JSON; nil when it has no `body.rt_cd` and `body.msg_cd`.
  init?(_ json: JSONValue) {
    guard let body = json["body"], let resultCode = body["rt_cd"]?.string, let code = body["msg_cd"]?.string else {
      return nil
    }
    let header = json["header"].map {
      Header(
        TransactionID($0["tr_id"]?.string ?? ""), key: $0["tr_key"]?.string, encrypt: $0["encrypt"]?.string)
    }
    var output: Output?
    if let iv = body["output"]?["iv"]?.string, let key = body["output"]?["key"]?.string {
      output = Output(iv: iv, key: key)
    }
    self.init(
      header: header, resultCode: resultCode, code: MessageCode(code), message: body["msg1"]?.string ?? "",
      output: output)
  }

  /// The message as KIS writes it.
  public var text: String { json.text }

  /// The bytes of ``text``.
  public var bytes: [UInt8] { json.utf8 }

  private var json: JSONValue {
    var message = JSONObject()
    if let header {
      var fields: JSONObject = ["tr_id": .string(header.transactionID.rawValue)]
      fields["tr_key"] = header.key.map(JSONValue.string)
      fields["encrypt"] = header.encrypt.map(JSONValue.string)
      message["header"] = .object(fields)
    }
    var body: JSONObject = [
      "rt_cd": .string(resultCode), "msg_cd": .string(code.rawValue), "msg1": .string(self.message),
    ]
    body["output"] = output.map { ["iv": .string($0.iv), "key": .string($0.key)] }
    message["body"] = .object(body)
    return .object(message)
  }
}

extension RegistrationReply {
  /// OPSP0000 SUBSCRIBE SUCCESS, with the session's iv and key.
  public static func registered(_ header: Header, _ output: Output) -> RegistrationReply {
    RegistrationReply(header: header, resultCode: "0", code: .subscribed, output: output)
  }

  /// OPSP0001 UNSUBSCRIBE SUCCESS. Whether the live service sends `output` with it is unknown; clients accept both.
  public static func released(_ header: Header, _ output: Output? = nil) -> RegistrationReply {
    RegistrationReply(header: header, resultCode: "0", code: .unsubscribed, output: output)
  }

  /// A refusal with the code's own `rt_cd` and text.
  public static func refused(_ header: Header?, _ code: MessageCode, message: String? = nil) -> RegistrationReply {
    RegistrationReply(
      header: header, resultCode: code.resultCode, code: code, message: message)
  }

  /// The refusal of a request that could not be read. KIS echoes the tr_id of a bad tr_key, otherwise writes `(null)`.
  public static func refused(_ error: RegistrationError) -> RegistrationReply {
    let echoes = [MessageCode.invalidKey, .invalidTransactionID].contains(error.code)
    let header = error.transactionID.map { Header($0, key: error.key ?? "") }
    return refused(echoes ? header ?? .null : .null, error.code)
  }
}
