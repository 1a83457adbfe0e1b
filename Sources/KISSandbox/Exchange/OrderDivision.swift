import KISMarket

/// ORD_DVSN (주문구분): KIS's codes for the kinds of orders (portal document 26788555).
enum OrderDivision {
  private struct Row {
    let code: String
    let kind: OrderKind
    let name: String
  }

  private static let rows: [Row] = [
    Row(code: "00", kind: .limit, name: "지정가"),
    Row(code: "01", kind: .market, name: "시장가"),
    Row(code: "02", kind: OrderKind(.conditional), name: "조건부지정가"),
    Row(code: "03", kind: OrderKind(.bestOpposite), name: "최유리지정가"),
    Row(code: "04", kind: OrderKind(.bestOwn), name: "최우선지정가"),
    Row(code: "05", kind: OrderKind(.preOpenClosing), name: "장전 시간외"),
    Row(code: "06", kind: OrderKind(.closing), name: "장후 시간외"),
    Row(code: "07", kind: OrderKind(.afterHoursAuction), name: "시간외 단일가"),
    Row(code: "11", kind: OrderKind(.limit, .immediateOrCancel), name: "IOC지정가"),
    Row(code: "12", kind: OrderKind(.limit, .fillOrKill), name: "FOK지정가"),
    Row(code: "13", kind: OrderKind(.market, .immediateOrCancel), name: "IOC시장가"),
    Row(code: "14", kind: OrderKind(.market, .fillOrKill), name: "FOK시장가"),
    Row(code: "15", kind: OrderKind(.bestOpposite, .immediateOrCancel), name: "IOC최유리"),
    Row(code: "16", kind: OrderKind(.bestOpposite, .fillOrKill), name: "FOK최유리"),
    Row(code: "21", kind: OrderKind(.midpoint), name: "중간가"),
    Row(code: "22", kind: OrderKind(.stopLimit), name: "스톱지정가"),
    Row(code: "23", kind: OrderKind(.midpoint, .immediateOrCancel), name: "중간가IOC"),
    Row(code: "24", kind: OrderKind(.midpoint, .fillOrKill), name: "중간가FOK"),
  ]

  /// All of them, in KIS's order.
  static var all: [(code: String, kind: OrderKind, name: String)] { rows.map { ($0.code, $0.kind, $0.name) } }

  /// The code of a stop order, the only one that has to say CNDT_PRIC.
  static let stop = "22"

  /// ORD_DVSN of shares abroad: limits, and of the United States what is for the open or the close. 50 is a limit for
  /// an odd lot (단주) in Hong Kong. TWAP and VWAP (35, 36) are not known here.
  static func abroad(_ code: String) -> OrderKind? {
    switch code {
    case "", "00", "50": .limit
    case "31": OrderKind(.marketOnOpen)
    case "32": OrderKind(.limitOnOpen)
    case "33": OrderKind(.marketOnClose)
    case "34": OrderKind(.limitOnClose)
    default: nil
    }
  }

  /// ORD_DVSN_CD of futures and options in Korea.
  private static let contractRows: [Row] = [
    Row(code: "01", kind: .limit, name: "지정가"), Row(code: "02", kind: .market, name: "시장가"),
    Row(code: "03", kind: OrderKind(.conditional), name: "조건부지정가"),
    Row(code: "04", kind: OrderKind(.bestOpposite), name: "최유리지정가"),
    Row(code: "10", kind: OrderKind(.limit, .immediateOrCancel), name: "지정가(IOC)"),
    Row(code: "11", kind: OrderKind(.limit, .fillOrKill), name: "지정가(FOK)"),
    Row(code: "12", kind: OrderKind(.market, .immediateOrCancel), name: "시장가(IOC)"),
    Row(code: "13", kind: OrderKind(.market, .fillOrKill), name: "시장가(FOK)"),
    Row(code: "14", kind: OrderKind(.bestOpposite, .immediateOrCancel), name: "최유리지정가(IOC)"),
    Row(code: "15", kind: OrderKind(.bestOpposite, .fillOrKill), name: "최유리지정가(FOK)"),
  ]

  static func contracts(_ code: String) -> OrderKind? { contractRows.first { $0.code == code }?.kind }

  /// PRIC_DVSN_CD of futures abroad (1 limit, 2 market, 4 stop limit) with CCLD_CNDT_CD (2 IOC). A stop that becomes an
  /// order at the market (3) is not known here.
  static func contractsAbroad(_ code: String, condition: String) -> OrderKind? {
    let rest: NewOrder.TimeInForce = condition == "2" ? .immediateOrCancel : .day
    return switch code {
    case "1": OrderKind(.limit, rest)
    case "2": OrderKind(.market, .immediateOrCancel)
    case "4": OrderKind(.stopLimit)
    default: nil
    }
  }

  /// How an order with a code behaves; nil for a code that there is not.
  static func kind(of code: String) -> OrderKind? { rows.first { $0.code == code }?.kind }

  /// The code of a kind, and its Korean name.
  static func code(of kind: OrderKind, at desk: Desk = .shares) -> (code: String, name: String) {
    let row = (desk == .contracts ? contractRows : rows).first { $0.kind == kind }
    if let row { return (row.code, row.name) }
    return switch kind.price {
    case .marketOnOpen: ("31", "MOO")
    case .limitOnOpen: ("32", "LOO")
    case .marketOnClose: ("33", "MOC")
    case .limitOnClose: ("34", "LOC")
    default: ("00", "지정가")
    }
  }

  /// 주문조건, as notices have it: 0 none, 1 IOC, 2 FOK.
  static func condition(of kind: OrderKind) -> String {
    switch kind.timeInForce {
    case .day: "0"
    case .immediateOrCancel: "1"
    case .fillOrKill: "2"
    }
  }
}
