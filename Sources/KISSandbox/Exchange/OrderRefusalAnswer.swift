import KISMarket
import KISWire

extension RESTAnswer {
  /// How KIS refuses an order: HTTP 200 with rt_cd 7, on the paper venue rt_cd 1 and codes of its own.
  ///
  /// - Parameter status: the HTTP status; 500 with quirk 34.
  init(_ refusal: OrderRefusal, on venue: Venue, isAbroad: Bool, status: Int = 200) {
    let (code, text) = RESTAnswer.code(of: refusal, on: venue, isAbroad: isAbroad)
    // The gateway's own codes come as the gateway sends them, whoever asked for them.
    if case .steered = refusal, code.status != 200 {
      self = RESTAnswer.refusal(code).from(.exchange)
      return
    }
    self.init(
      status: status,
      .error(code, message: text ?? code.text ?? "주문이 거부되었습니다.", resultCode: venue == .real ? "7" : "1"),
      source: .exchange)
  }

  /// The answer to a body that cannot be made into a message.
  static let malformedOrder = RESTAnswer.refusal(.malformedBody)

  /// The answer of a general TR to a pension account (29, 55).
  static func pensionAccount(on venue: Venue) -> RESTAnswer {
    RESTAnswer(.error("APBK1744", resultCode: venue == .real ? "7" : "1"), source: .exchange)
  }

  /// The answer to a further page when an order was placed, filled or cancelled since the page before.
  static let changedWhilePaging = RESTAnswer.refusal("SYDB0050").from(.exchange)

  /// Codes and texts as logs of real clients have them. Of what no log shows, the nearest code is taken: a price beyond
  /// the limits has the code of a wrong tick, a quantity of 0 that of one that cannot be ordered, a halt that of a closed
  /// market. The text is nil where it is the code's own.
  private static func code(
    of refusal: OrderRefusal, on venue: Venue, isAbroad: Bool
  ) -> (code: MessageCode, text: String?) {
    if case .steered(let code) = refusal { return (MessageCode(code), nil) }
    if venue == .vts {
      switch refusal {
      case .holdings: return ("40240000", nil)
      case .nothingLeft: return ("40330000", nil)
      case .unknownOrder: return ("40320000", nil)
      case .beforeOpen: return ("40570000", nil)
      case .afterClose, .halted: return ("40580000", nil)
      case .notTradingDay: return ("40100000", nil)
      case .unknownKind where isAbroad: return ("40650000", nil)
      default: break
      }
    }
    switch refusal {
    case .unknownSecurity: return ("APBK0656", nil)
    case .unknownKind, .kindNotAllowed: return ("APBK0963", nil)
    case .notTradingDay: return ("APBK0919", nil)
    case .beforeOpen, .afterClose, .halted: return ("APBK0918", nil)
    case .tick where isAbroad: return ("APBK1507", nil)
    case .tick: return ("APBK0506", nil)
    case .limits: return ("APBK0506", "상하한가를 벗어난 주문단가입니다.")
    case .money: return ("APBK0952", nil)
    case .quantity: return ("APBK0400", "주문수량을 확인하시기 바랍니다.")
    case .holdings: return ("APBK0400", nil)
    case .unknownOrder: return ("APBK0344", nil)
    case .nothingLeft: return ("APBK0927", nil)
    case .steered(let code): return (MessageCode(code), nil)
    }
  }
}
