/// A `msg_cd` of KIS: `EGW…` from the gateway, `OPSQ…` from the inquiry server, `OPSP…` from the realtime server, and
/// the codes of the order systems. Open: any text is a code.
public struct MessageCode: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The code as it is written on the wire.
  public let rawValue: String

  /// Any text is a code, those that KIS adds later included.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Any text is a code.
  public init(_ text: String) { rawValue = text }
  /// A code written in place: `"EGW00201"`.
  public init(stringLiteral value: String) { rawValue = value }

  public var description: String { rawValue }

  /// KIS's own text for the code; nil for codes that are not known.
  public var text: String? { MessageCode.facts[rawValue]?.text }

  /// The `rt_cd` that goes with the code: "0" fine, "1" gateway or service, "2" input check, "7" refused by the business,
  /// "9" not understood by the realtime server (PROTOCOL sections 2.2 and 3.3). Of a code that is not known, that of its
  /// family.
  public var resultCode: String { MessageCode.facts[rawValue]?.resultCode ?? family.resultCode }

  /// The HTTP status of an answer of `/uapi` with the code (PROTOCOL section 2.3); OAuth endpoints refuse with 403.
  public var status: Int { MessageCode.facts[rawValue]?.status ?? family.status }

  /// What codes have in common that begin alike.
  private var family: (resultCode: String, status: Int) {
    switch rawValue.prefix(4) {
    case "EGW0", "IGW0": ("1", 500)
    case "KIOK", "MCA0": ("0", 200)
    case "OPSP" where rawValue.hasPrefix("OPSP8") || rawValue.hasPrefix("OPSP9"): ("9", 200)
    case "OPSQ" where rawValue.hasPrefix("OPSQ2"): ("2", 200)
    case "APBK", "APAC": ("7", 200)
    default: ("1", 200)
    }
  }
}

extension MessageCode {
  // Realtime server.
  /// SUBSCRIBE SUCCESS
  public static let subscribed: MessageCode = "OPSP0000"
  /// UNSUBSCRIBE SUCCESS
  public static let unsubscribed: MessageCode = "OPSP0001"
  /// ALREADY IN SUBSCRIBE
  public static let alreadySubscribed: MessageCode = "OPSP0002"
  /// UNSUBSCRIBE ERROR(not found!)
  public static let notSubscribed: MessageCode = "OPSP0003"
  /// SUBSCRIBE INTERNAL ERROR
  public static let subscribeInternalError: MessageCode = "OPSP0007"
  /// MAX SUBSCRIBE OVER
  public static let tooManySubscriptions: MessageCode = "OPSP0008"
  /// SUBSCRIBE ERROR : mci send failed
  public static let subscriptionNotPaid: MessageCode = "OPSP0009"
  /// invalid approval : NOT FOUND
  public static let unknownApprovalKey: MessageCode = "OPSP0011"
  /// ERROR : htsid가잘못되었습니다
  public static let wrongHTSID: MessageCode = "OPSP0017"
  /// SUBSCRIBE ERROR : invalid tr_id
  public static let invalidTransactionID: MessageCode = "OPSP8991"
  /// JSON PARSING ERROR : invalid tr_key
  public static let invalidKey: MessageCode = "OPSP8993"
  /// ALREADY IN USE appkey
  public static let appKeyInUse: MessageCode = "OPSP8996"
  /// JSON PARSING ERROR : invalid tr_type
  public static let invalidTransactionType: MessageCode = "OPSP8997"
  /// JSON PARSING ERROR : invalid custtype
  public static let invalidCustomerType: MessageCode = "OPSP8998"
  /// JSON PARSING ERROR : tr_key not found
  public static let keyNotFound: MessageCode = "OPSP9990"
  /// JSON PARSING ERROR : input not found
  public static let inputNotFound: MessageCode = "OPSP9991"
  /// JSON PARSING ERROR : body not found
  public static let bodyNotFound: MessageCode = "OPSP9992"
  /// JSON PARSING ERROR : appkey
  public static let appKeyNotFound: MessageCode = "OPSP9996"
  /// JSON PARSING ERROR : custtype not found
  public static let customerTypeNotFound: MessageCode = "OPSP9997"
  /// JSON PARSING ERROR : header not found
  public static let headerNotFound: MessageCode = "OPSP9998"
  /// JSON PARSING ERROR : invalid json format
  public static let invalidJSON: MessageCode = "OPSP9999"

  // Gateway.
  /// 유효하지 않은 요청입니다.
  public static let invalidRequest: MessageCode = "EGW00101"
  /// 서버 에러가 발생했습니다.
  public static let serverError: MessageCode = "EGW00002"
  /// AppKey는 필수입니다.
  public static let appKeyRequired: MessageCode = "EGW00102"
  /// 유효하지 않은 AppKey입니다.
  public static let invalidAppKey: MessageCode = "EGW00103"
  /// AppSecret은 필수입니다.
  public static let appSecretRequired: MessageCode = "EGW00104"
  /// 유효하지 않은 AppSecret입니다.
  public static let invalidAppSecret: MessageCode = "EGW00105"
  /// 권한부여 타입(grant_type)은 필수입니다.
  public static let grantTypeRequired: MessageCode = "EGW00115"
  /// 지원하지 않는 권한부여 타입(grant_type)입니다.
  public static let unsupportedGrantType: MessageCode = "EGW00116"
  /// 유효하지 않은 token 입니다.
  public static let invalidToken: MessageCode = "EGW00121"
  /// token을 찾을 수 없습니다.
  public static let tokenNotFound: MessageCode = "EGW00122"
  /// 기간이 만료된 token 입니다.
  public static let expiredToken: MessageCode = "EGW00123"
  /// 접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)
  public static let tokenTooSoon: MessageCode = "EGW00133"
  /// 초당 거래건수를 초과하였습니다.
  public static let tooManyCalls: MessageCode = "EGW00201"
  /// GW라우팅 중 오류가 발생했습니다.
  public static let routingError: MessageCode = "EGW00202"
  /// credentials_type이 유효하지 않습니다.(Bearer)
  public static let wrongCredentialsType: MessageCode = "EGW00205"
  /// 법인고객의 경우 모의투자를 이용할 수 없습니다.
  public static let noPaperTradingForCompanies: MessageCode = "EGW00210"
  /// 실전투자 TR 이 아닙니다.: a paper TR on real.
  public static let notARealTransaction: MessageCode = "EGW02005"
  /// 모의투자 TR 이 아닙니다.: a TR that only real has, on vts.
  public static let notAPaperTransaction: MessageCode = "EGW02006"
  /// 해당 앱키는 실전투자용 앱키가 아닙니다: a paper app key on real.
  public static let notARealAppKey: MessageCode = "EGW02004"
  /// 해당 앱키는 모의투자용 앱키가 아닙니다: a real app key on vts.
  public static let notAPaperAppKey: MessageCode = "EGW02007"
  /// MCA 전문바디 구성 중 오류가 발생하였습니다.: no message can be made of the body of an order.
  public static let malformedBody: MessageCode = "IGW00007"
  /// 원장에서 허용 가능한 초당 거래건수를 초과하였습니다.
  public static let tooManyLedgerCalls: MessageCode = "EGW00215"
  /// 고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다.
  public static let invalidCustomerKey: MessageCode = "EGW00304"
  /// 조회 처리 중 오류 발생하였습니다. 재 조회 수행 부탁드립니다.
  public static let transientGatewayError: MessageCode = "EGW00316"

  // Inquiry server and quotations.
  /// 없는 서비스 코드 입니다.
  public static let noSuchService: MessageCode = "OPSQ0002"
  /// SESSION FULL
  public static let sessionFull: MessageCode = "OPSQ1002"
  /// ERROR : INPUT INVALID_CHECK_ACNO
  public static let invalidAccount: MessageCode = "OPSQ2000"
  /// ERROR : INPUT INVALID_CHECK_MRKT_DIV_CODE
  public static let invalidInput: MessageCode = "OPSQ2001"
  /// JSON PARSING ERROR : tr_id not found
  public static let transactionIDNotFound: MessageCode = "OPSQ9999"
  /// 종목코드 오류입니다.: a condition search that finds nothing.
  public static let noSearchHit: MessageCode = "MCA05918"
  /// 정상처리 되었습니다.
  public static let quotationSuccess: MessageCode = "MCA00000"
}
