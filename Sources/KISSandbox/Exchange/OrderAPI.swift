import KISWire

/// An API that orders, changes or reserves, and its names for what every order says.
struct OrderAPI {
  /// What a request to it does.
  enum Role { case order, change, reservation, reservationChange }

  let role: Role
  var code = "PDNO"
  var quantity = "ORD_QTY"
  var price = "ORD_UNPR"
  /// How the order behaves (주문구분).
  var division = "ORD_DVSN"
  /// Whether all that is open is changed.
  var all = "QTY_ALL_ORD_YN"

  /// The API of a path; nil when it takes no orders.
  init?(path: String) {
    guard let found = OrderAPI.table[path] else { return nil }
    self = found
  }

  private init(
    _ role: Role, code: String = "PDNO", quantity: String = "ORD_QTY", price: String = "ORD_UNPR",
    division: String = "ORD_DVSN", all: String = "QTY_ALL_ORD_YN"
  ) {
    (self.role, self.code, self.quantity, self.price) = (role, code, quantity, price)
    (self.division, self.all) = (division, all)
  }

  private static let table: [String: OrderAPI] = [
    "/uapi/domestic-stock/v1/trading/order-cash": OrderAPI(.order),
    "/uapi/domestic-stock/v1/trading/order-credit": OrderAPI(.order),
    "/uapi/domestic-stock/v1/trading/order-rvsecncl": OrderAPI(.change),
    "/uapi/domestic-stock/v1/trading/order-resv": OrderAPI(.reservation, division: "ORD_DVSN_CD"),
    "/uapi/domestic-stock/v1/trading/order-resv-rvsecncl": OrderAPI(.reservationChange, division: "ORD_DVSN_CD"),
    "/uapi/overseas-stock/v1/trading/order": OrderAPI(.order, price: "OVRS_ORD_UNPR"),
    "/uapi/overseas-stock/v1/trading/order-rvsecncl": OrderAPI(.change, price: "OVRS_ORD_UNPR"),
    "/uapi/overseas-stock/v1/trading/daytime-order": OrderAPI(.order, price: "OVRS_ORD_UNPR"),
    "/uapi/overseas-stock/v1/trading/daytime-order-rvsecncl": OrderAPI(.change, price: "OVRS_ORD_UNPR"),
    "/uapi/overseas-stock/v1/trading/order-resv": OrderAPI(
      .reservation, quantity: "FT_ORD_QTY", price: "FT_ORD_UNPR3"),
    "/uapi/overseas-stock/v1/trading/order-resv-ccnl": OrderAPI(.reservationChange),
    "/uapi/domestic-futureoption/v1/trading/order": OrderAPI(
      .order, code: "SHTN_PDNO", price: "UNIT_PRICE", division: "ORD_DVSN_CD"),
    "/uapi/domestic-futureoption/v1/trading/order-rvsecncl": OrderAPI(
      .change, price: "UNIT_PRICE", division: "ORD_DVSN_CD", all: "RMN_QTY_YN"),
    "/uapi/domestic-bond/v1/trading/buy": OrderAPI(.order, quantity: "ORD_QTY2", price: "BOND_ORD_UNPR"),
    "/uapi/domestic-bond/v1/trading/sell": OrderAPI(.order, quantity: "ORD_QTY2", price: "BOND_ORD_UNPR"),
    "/uapi/domestic-bond/v1/trading/order-rvsecncl": OrderAPI(
      .change, quantity: "ORD_QTY2", price: "BOND_ORD_UNPR"),
    "/uapi/overseas-futureoption/v1/trading/order": OrderAPI(
      .order, code: "OVRS_FUTR_FX_PDNO", quantity: "FM_ORD_QTY", price: "FM_LIMIT_ORD_PRIC",
      division: "PRIC_DVSN_CD"),
    "/uapi/overseas-futureoption/v1/trading/order-rvsecncl": OrderAPI(
      .change, quantity: "FM_ORD_QTY", price: "FM_LIMIT_ORD_PRIC", division: "PRIC_DVSN_CD"),
  ]
}
