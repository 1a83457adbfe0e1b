import KISMarket
import KISWire

extension RESTAnswer {
  /// How KIS refuses an order: HTTP 200 with rt_cd 7, on the paper venue rt_cd 1 and codes of its own.
  ///
  /// - Parameter status: the HTTP status; 500 with quirk 34.
  init(_ refusal: OrderRefusal, on venue: Venue, isAbroad: Bool, status: Int = 200) {
    let (code, text) = RESTAnswer.code(of: refusal, on: venue, isAbroad: isAbroad)
    let known = MessageCode(code)
    self.init(
      status: status,
      .error(known, message: text ?? known.text ?? "주문이 거부되었습니다.", resultCode: venue == .real ? "7" : "1"),
      source: .exchange)
  }

  /// What a body that cannot be made into a message is answered.
  static let malformedOrder = RESTAnswer(
    status: 500, .error("IGW00007", message: "MCA 전문바디 구성 중 오류가 발생하였습니다.", resultCode: "1"),
    source: .refusal)

  /// What a pension account (29, 55) is answered by a general TR.
  static let pensionAccount = RESTAnswer(
    .error("APBK1744", message: "퇴직연금계좌는 해당 서비스가 불가합니다.", resultCode: "7"), source: .exchange)

  /// What the next page is answered when an order was placed, filled or cancelled since the page before.
  static let changedWhilePaging = RESTAnswer(
    .error("SYDB0050", message: "조회이후에 자료가 변경되었습니다.(다시 조회하세요)", resultCode: "1"), source: .exchange)

  private static let everyReason: [OrderRefusal] = [
    .unknownSecurity, .unknownKind, .notTradingDay, .beforeOpen, .tick, .money, .holdings, .unknownOrder, .nothingLeft,
  ]

  /// Codes and texts as logs of real clients have them. Of what no log shows, the nearest code is taken: a price beyond
  /// the limits has the code of a wrong tick, a quantity of 0 that of one that cannot be ordered, a halt that of a closed
  /// market.
  private static func code(
    of refusal: OrderRefusal, on venue: Venue, isAbroad: Bool
  ) -> (code: String, text: String?) {
    if case .steered(let code) = refusal {
      // Whoever asks for a code of KIS gets its text too.
      return (
        code, everyReason.lazy.map { self.code(of: $0, on: venue, isAbroad: isAbroad) }.first { $0.code == code }?.text
      )
    }
    if venue == .vts {
      switch refusal {
      case .holdings: return ("40240000", "모의투자 잔고내역이 없습니다.")
      case .nothingLeft: return ("40330000", "모의투자 정정/취소할 수량이 없습니다.")
      case .unknownOrder: return ("40320000", "원주문번호가 존재하지 않습니다")
      case .beforeOpen: return ("40570000", "모의투자 장시작전 입니다.")
      case .afterClose, .halted: return ("40580000", "모의투자 장종료 입니다.")
      case .notTradingDay: return ("40100000", "모의투자 영업일이 아닙니다.")
      case .unknownKind where isAbroad:
        return ("40650000", "모의투자 주문처리가 안되었습니다(지정가만 가능한 상품입니다)")
      default: break
      }
    }
    switch refusal {
    case .unknownSecurity: return ("APBK0656", "해당종목정보가 없습니다.")
    case .unknownKind, .kindNotAllowed: return ("APBK0963", "주문구분코드 오류 입니다.")
    case .notTradingDay: return ("APBK0919", "장운영일자가 주문일과 상이합니다")
    case .beforeOpen, .afterClose, .halted: return ("APBK0918", "장운영시간이 아닙니다.(주문불가)")
    case .tick where isAbroad: return ("APBK1507", "주문단가를 확인하시기 바랍니다.")
    case .tick: return ("APBK0506", "주식주문호가단위 오류입니다.")
    case .limits: return ("APBK0506", "상하한가를 벗어난 주문단가입니다.")
    case .money: return ("APBK0952", "주문가능금액을 초과 했습니다")
    case .quantity: return ("APBK0400", "주문수량을 확인하시기 바랍니다.")
    case .holdings: return ("APBK0400", "주문 가능한 수량을 초과했습니다.")
    case .unknownOrder: return ("APBK0344", "원주문정보가 존재하지 않습니다.")
    case .nothingLeft: return ("APBK0927", "정정취소 가능수량이 없습니다.")
    case .steered(let code): return (code, nil)
    }
  }
}
