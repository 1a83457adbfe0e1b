import KISWire

/// How an API's rows are paged.
extension RESTAPI {
  /// Rows of a page: as KIS documents them ("한 번의 호출에 최대 50건까지 확인 가능하며, 이후의 값은 연속조회"), else thirty.
  func rowsPerPage(on venue: Venue) -> Int {
    guard let documented = RESTAPI.documentedRows[path] else { return 30 }
    return venue == .real ? documented.real : documented.paper
  }

  /// Whether a call holds all that there is, although the document has cursors (다음조회 불가).
  var hasOnePage: Bool {
    paging.cursors.isEmpty || path == "/uapi/domestic-stock/v1/quotations/lendable-by-company"
      || path == "/uapi/overseas-price/v1/quotations/colable-by-company"
  }

  /// Rows beyond which an answer of one page says nothing; nil where nothing is documented.
  var mostRows: Int? { path == "/uapi/overseas-price/v1/quotations/colable-by-company" ? 20 : nil }

  /// From the official sample, its older versions included, on the real and the paper venue.
  private static let documentedRows: [String: (real: Int, paper: Int)] = [
    "/uapi/domestic-stock/v1/trading/inquire-balance": (50, 20),
    "/uapi/domestic-stock/v1/trading/inquire-daily-ccld": (100, 15),
    "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl": (50, 50),
    "/uapi/domestic-stock/v1/trading/order-resv-ccnl": (20, 20),
    "/uapi/domestic-futureoption/v1/trading/inquire-balance": (20, 20),
    "/uapi/domestic-futureoption/v1/trading/inquire-ccnl": (100, 100),
    "/uapi/overseas-stock/v1/trading/inquire-balance": (100, 100),
    "/uapi/overseas-stock/v1/trading/inquire-ccnl": (20, 15),
    "/uapi/overseas-stock/v1/trading/inquire-nccs": (40, 40),
  ]
}

extension AnswerRequest {
  /// Rows of a page of its API.
  var rowsPerPage: Int { api.rowsPerPage(on: venue) }

  /// Whether rows follow the page that is asked for, of a list of so many.
  func isFollowed(ofRows count: Int) -> Bool { !isOnOnePage && count > (page + 1) * rowsPerPage }

  /// The rows of the page that is asked for.
  func onPage<Row>(_ rows: [Row]) -> ArraySlice<Row> {
    guard !isOnOnePage else { return rows.prefix(api.mostRows ?? rows.count) }
    return rows.dropFirst(page * rowsPerPage).prefix(rowsPerPage)
  }

  /// Whether all that it asks for stands on one page.
  var isOnOnePage: Bool { api.hasOnePage || isAboutOneHolding }
}
