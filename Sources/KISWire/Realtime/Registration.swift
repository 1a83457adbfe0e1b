/// A client's message that registers or releases one (tr_id, tr_key) pair (PROTOCOL section 3.2).
///
///     {"header":{"approval_key":"…","custtype":"P","tr_type":"1","content-type":"utf-8"},
///      "body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}
public struct RegistrationRequest: Sendable, Hashable {
  /// `approval_key`: what `POST /oauth2/Approval` answered.
  public var approvalKey: String
  /// `custtype`: personal or corporate.
  public var customerType: CustomerType
  /// `tr_type`: register or release.
  public var action: Action
  /// `tr_id`: what to register for.
  public var transactionID: TransactionID
  /// `tr_key`: what to register for: a stock, industry or futures code, or an HTS id.
  public var key: String
  /// Whatever else the header holds, in order: `content-type`, and for companies `personalseckey`, `seq_no` …
  public var otherHeader: JSONObject

  /// Register or release, as `tr_type` spells it. Several official docstrings say "0" for release; the service wants "2".
  public enum Action: String, Sendable, Hashable, CaseIterable {
    /// 등록: `tr_type` 1.
    case register = "1"
    /// 해제: `tr_type` 2.
    case release = "2"
  }

  /// A request; the header also gets `content-type`, as KIS's example has it.
  public init(
    _ action: Action, _ transactionID: TransactionID, key: String, approvalKey: String,
    customerType: CustomerType = .personal, otherHeader: JSONObject = ["content-type": "utf-8"]
  ) {
    self.approvalKey = approvalKey
    self.customerType = customerType
    self.action = action
    self.transactionID = transactionID
    self.key = key
    self.otherHeader = otherHeader
  }

  /// The message as text, in the key order of KIS's own example.
  public var text: String {
    var header: JSONObject = [
      "approval_key": .string(approvalKey), "custtype": .string(customerType.rawValue),
      "tr_type": .string(action.rawValue),
    ]
    header.members += otherHeader.members
    let input: JSONValue = ["tr_id": .string(transactionID.rawValue), "tr_key": .string(key)]
    return (["header": .object(header), "body": ["input": input]] as JSONValue).text
  }
}

/// `custtype`: who the account belongs to.
public enum CustomerType: String, Sendable, Hashable, CaseIterable {
  /// 개인
  case personal = "P"
  /// 법인
  case corporate = "B"
}

/// Why a registration could not be read, in the terms in which KIS answers.
public struct RegistrationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The code that KIS answers with (PROTOCOL section 3.3 and its appendix).
  public var code: MessageCode
  /// What exactly was wrong, for people.
  public var reason: WireError
  /// The id, when it could be read.
  public var transactionID: TransactionID?
  /// The key, when it could be read.
  public var key: String?

  /// A refusal with its reason.
  public init(_ code: MessageCode, _ reason: WireError, transactionID: TransactionID? = nil, key: String? = nil) {
    self.code = code
    self.reason = reason
    self.transactionID = transactionID
    self.key = key
  }

  public var description: String { "\(code) \(code.text ?? ""): \(reason)" }
}
