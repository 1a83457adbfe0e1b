extension MessageCode {
  /// Every code that is known, in the order of ``lines``.
  public static let all: [MessageCode] = table.map { MessageCode($0.code) }

  /// What is known of a code.
  struct Fact: Sendable {
    var code: String
    /// `rt_cd`
    var resultCode: String
    /// HTTP
    var status: Int
    var text: String
  }

  static let facts = Dictionary(table.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  private static let table: [Fact] = lines.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: " ", maxSplits: 3)
    guard parts.count == 4, let status = Int(parts[2]) else { return nil }
    return Fact(code: String(parts[0]), resultCode: String(parts[1]), status: status, text: String(parts[3]))
  }

  /// A code, its `rt_cd`, the HTTP status of an answer of `/uapi` with it, and its text, a line.
  ///
  /// PROTOCOL appendix and sections 2.2, 2.3 and 9, market-rules.md section 4. Codes of the realtime server travel in no
  /// HTTP answer: theirs is the status of one that a scenario makes up. No log has the texts of EGW02004 and IGW00009;
  /// they are worded as those of EGW02007 and IGW00007 are.
  private static let lines = #"""
    EGW00001 1 500 일시적 오류가 발생했습니다.
    EGW00002 1 500 서버 에러가 발생했습니다.
    EGW00003 1 500 접근이 거부되었습니다.
    EGW00004 1 500 권한을 부여받지 않은 고객입니다.
    EGW00101 1 500 유효하지 않은 요청입니다.
    EGW00102 1 500 AppKey는 필수입니다.
    EGW00103 1 500 유효하지 않은 AppKey입니다.
    EGW00104 1 500 AppSecret은 필수입니다.
    EGW00105 1 500 유효하지 않은 AppSecret입니다.
    EGW00106 1 500 redirect_uri는 필수입니다.
    EGW00107 1 500 유효하지 않은 redirect_uri입니다.
    EGW00108 1 500 유효하지 않은 서비스구분(service)입니다.
    EGW00109 1 500 scope는 필수입니다.
    EGW00110 1 500 유효하지 않은 scope 입니다.
    EGW00111 1 500 유효하지 않은 state 입니다.
    EGW00112 1 500 유효하지 않은 grant 입니다.
    EGW00113 1 500 응답구분(response_type)은 필수입니다.
    EGW00114 1 500 지원하지 않는 응답구분(response_type)입니다.
    EGW00115 1 500 권한부여 타입(grant_type)은 필수입니다.
    EGW00116 1 500 지원하지 않는 권한부여 타입(grant_type)입니다.
    EGW00117 1 500 지원하지 않는 토큰 타입(token_type)입니다.
    EGW00118 1 500 유효하지 않은 code 입니다.
    EGW00119 1 500 code를 찾을 수 없습니다.
    EGW00120 1 500 기간이 만료된 code 입니다.
    EGW00121 1 500 유효하지 않은 token 입니다.
    EGW00122 1 500 token을 찾을 수 없습니다.
    EGW00123 1 500 기간이 만료된 token 입니다.
    EGW00124 1 500 유효하지 않은 session_key 입니다.
    EGW00125 1 500 session_key를 찾을 수 없습니다.
    EGW00126 1 500 기간이 만료된 session_key 입니다.
    EGW00127 1 500 제휴사번호(corpno)는 필수입니다.
    EGW00128 1 500 계좌번호(acctno)는 필수입니다.
    EGW00129 1 500 HTS_ID는 필수입니다.
    EGW00130 1 500 유효하지 않은 유저(user)입니다.
    EGW00131 1 500 유효하지 않은 hashkey입니다.
    EGW00132 1 500 Content-Type이 유효하지 않습니다.
    EGW00133 1 500 접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)
    EGW00201 1 500 초당 거래건수를 초과하였습니다.
    EGW00202 1 500 GW라우팅 중 오류가 발생했습니다.
    EGW00203 1 500 OPS라우팅 중 오류가 발생했습니다.
    EGW00204 1 500 Internal Gateway 인스턴스를 잘못 입력했습니다.
    EGW00205 1 500 credentials_type이 유효하지 않습니다.(Bearer)
    EGW00206 1 500 API 사용 권한이 없습니다.
    EGW00207 1 500 IP 주소가 없거나 유효하지 않습니다.
    EGW00208 1 500 고객유형(custtype)이 유효하지 않습니다.
    EGW00209 1 500 일련번호(seq_no)가 유효하지 않습니다.
    EGW00210 1 500 법인고객의 경우 모의투자를 이용할 수 없습니다.
    EGW00211 1 500 고객명(personalname)은 필수 입니다.
    EGW00212 1 500 휴대전화번호(personalphone)는 필수 입니다.
    EGW00213 1 500 모의투자 tr이 아닙니다.
    EGW00215 1 500 원장에서 허용 가능한 초당 거래건수를 초과하였습니다.
    EGW00300 1 500 Gateway 라우팅 오류가 발생했습니다.
    EGW00301 1 500 연결 시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.
    EGW00302 1 500 거래시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.
    EGW00303 1 500 법인고객에게 허용되지 않은 IP접근입니다.
    EGW00304 1 500 고객식별키(법인 personalSeckey, 개인 appSecret)가 유효하지 않습니다.
    EGW00316 1 500 조회 처리 중 오류 발생하였습니다. 재 조회 수행 부탁드립니다.
    EGW02004 1 500 해당 앱키는 실전투자용 앱키가 아닙니다
    EGW02005 1 500 실전투자 TR 이 아닙니다.
    EGW02006 1 500 모의투자 TR 이 아닙니다.
    EGW02007 1 500 해당 앱키는 모의투자용 앱키가 아닙니다
    EGW2004 1 500 모의투자 TR 이 아닙니다.
    IGW00007 1 500 MCA 전문바디 구성 중 오류가 발생하였습니다.
    IGW00009 1 500 MCA 전문바디 해석 중 오류가 발생하였습니다.
    OPSQ0001 1 200 호출 전처리 오류 입니다.
    OPSQ0002 1 200 없는 서비스 코드 입니다.
    OPSQ0003 1 200 호출 오류 입니다.
    OPSQ0004 1 200 호출 후처리 오류 입니다.
    OPSQ0005 1 200 호출 후처리 오류 입니다.
    OPSQ0006 1 200 호출 후처리 오류 입니다.
    OPSQ0007 1 200 호출 후처리(헤더설정) 오류 입니다.
    OPSQ0008 1 200 호출 후처리(MCI전송) 오류 입니다.
    OPSQ0009 1 200 호출 후처리(MCI수신) 오류 입니다.
    OPSQ0010 1 200 호출 결과처리(리소스 부족) 오류 입니다.
    OPSQ0011 1 200 호출 결과처리(리소스 부족) 오류 입니다.
    OPSQ1002 1 200 SESSION FULL
    OPSQ2000 2 200 ERROR : INPUT INVALID_CHECK_ACNO
    OPSQ2001 2 200 ERROR : INPUT INVALID_CHECK_MRKT_DIV_CODE
    OPSQ2002 2 200 ERROR : INPUT INVALID_CHECK_FIELD_LENGTH
    OPSQ2003 2 200 ERROR : SET_MCI_SEND_DATA
    OPSQ3001 1 200 ERROR : RESPONSE_ADDITEMTOOBJECT
    OPSQ3002 1 200 ERROR : GET_CALL_PARAM_MCI_SEND_DATA_LEN
    OPSQ3004 1 200 ERROR : OUT_STRING_ARRAY ALLOC FAILED
    OPSQ9995 1 200 JSON PARSING ERROR : body not found
    OPSQ9996 1 200 JSON PARSING ERROR : header not found
    OPSQ9997 1 200 JSON PARSING ERROR : invalid json format
    OPSQ9998 1 200 JSON PARSING ERROR : seq_no not found
    OPSQ9999 1 200 JSON PARSING ERROR : tr_id not found
    OPSP0000 0 200 SUBSCRIBE SUCCESS
    OPSP0001 0 200 UNSUBSCRIBE SUCCESS
    OPSP0002 1 200 ALREADY IN SUBSCRIBE
    OPSP0003 1 200 UNSUBSCRIBE ERROR(not found!)
    OPSP0007 1 200 SUBSCRIBE INTERNAL ERROR
    OPSP0008 1 200 MAX SUBSCRIBE OVER
    OPSP0009 1 200 SUBSCRIBE ERROR : mci send failed
    OPSP0010 1 200 SUBSCRIBE WARNNING : invalid appkey
    OPSP0011 1 200 invalid approval : NOT FOUND
    OPSP0017 9 200 ERROR : htsid가잘못되었습니다
    OPSP8991 9 200 SUBSCRIBE ERROR : invalid tr_id
    OPSP8992 9 200 SUBSCRIBE ERROR : invalid tr_key
    OPSP8993 9 200 JSON PARSING ERROR : invalid tr_key
    OPSP8994 9 200 JSON PARSING ERROR : personalseckey not found
    OPSP8995 9 200 JSON PARSING ERROR : appsecret not found
    OPSP8996 9 200 ALREADY IN USE appkey
    OPSP8997 9 200 JSON PARSING ERROR : invalid tr_type
    OPSP8998 9 200 JSON PARSING ERROR : invalid custtype
    OPSP8999 9 200 resource not available (ALLOC_CALL_PARAM)
    OPSP9990 9 200 JSON PARSING ERROR : tr_key not found
    OPSP9991 9 200 JSON PARSING ERROR : input not found
    OPSP9992 9 200 JSON PARSING ERROR : body not found
    OPSP9993 9 200 JSON PARSING ERROR : internal error
    OPSP9994 9 200 JSON PARSING ERROR : INVALID appkey
    OPSP9995 9 200 JSON PARSING ERROR : resource not available
    OPSP9996 9 200 JSON PARSING ERROR : appkey
    OPSP9997 9 200 JSON PARSING ERROR : custtype not found
    OPSP9998 9 200 JSON PARSING ERROR : header not found
    OPSP9999 9 200 JSON PARSING ERROR : invalid json format
    MCA00000 0 200 정상처리 되었습니다.
    MCA05918 1 200 종목코드 오류입니다.
    SYDB0050 1 200 조회이후에 자료가 변경되었습니다.(다시 조회하세요)
    KIOK0420 0 200 정상적으로 조회되었습니다
    KIOK0430 0 200 정상적으로 처리되었습니다
    KIOK0460 0 200 조회 되었습니다. (마지막 자료)
    KIOK0500 0 200 조회가 계속됩니다..다음버튼을 Click 하십시오.
    KIOK0510 0 200 조회가 완료되었습니다
    KIOK0530 0 200 조회되었습니다
    KIOK0560 0 200 조회할 내용이 없습니다
    APRP0126 0 200 조회이(가) 완료되었습니다.
    APBK0013 0 200 주문 전송 완료 되었습니다.
    APBK0029 0 200 주문전송이 정상적으로 처리되었습니다.
    APBK1711 0 200 취소주문이 접수되었습니다.
    APBK2938 0 200 예약주문이 접수되었습니다.
    APAC0081 7 200 계좌번호 입력 오류입니다
    APBK0344 7 200 원주문정보가 존재하지 않습니다.
    APBK0400 7 200 주문 가능한 수량을 초과했습니다.
    APBK0506 7 200 주식주문호가단위 오류입니다.
    APBK0656 7 200 해당종목정보가 없습니다.
    APBK0918 7 200 장운영시간이 아닙니다.(주문불가)
    APBK0919 7 200 장운영일자가 주문일과 상이합니다
    APBK0927 7 200 정정취소 가능수량이 없습니다.
    APBK0952 7 200 주문가능금액을 초과 했습니다
    APBK0963 7 200 주문구분코드 오류 입니다.
    APBK1507 7 200 주문단가를 확인하시기 바랍니다.
    APBK1744 7 200 퇴직연금계좌는 해당 서비스가 불가합니다.
    20310000 0 200 모의투자 조회가 완료되었습니다.
    40600000 0 200 모의투자 매수주문이 완료 되었습니다.
    40100000 1 200 모의투자 영업일이 아닙니다.
    40240000 1 200 모의투자 잔고내역이 없습니다
    40320000 1 200 원주문번호가 존재하지 않습니다
    40330000 1 200 모의투자 정정/취소할 수량이 없습니다.
    40570000 1 200 모의투자 장시작전 입니다.
    40580000 1 200 모의투자 장종료 입니다.
    40650000 1 200 모의투자 주문처리가 안되었습니다(지정가만 가능한 상품입니다)
    """#
}
