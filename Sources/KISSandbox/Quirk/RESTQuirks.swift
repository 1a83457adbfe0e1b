import KISMarket
import KISScenario
import KISWire

extension Sandbox {
  /// What quirks answer in place of an API; nil when they leave it alone.
  func quirkRefusal(of request: RESTRequest) -> RESTAnswer? {
    let quirks = configuration.quirks
    // Quirk 19: the day's figures are withheld until they are final, a minute longer than the text says.
    if quirks.contains(.timeLimitMinuteLate, transactionID: request.transactionID),
      marketTime.secondOfDay < Sandbox.figuresAreFinal
    {
      return .refusal(.invalidInput, "TIME LIMIT 00:00 ~ 15:40").from(.quirk)
    }
    return nil
  }

  /// 15:41:00
  private static let figuresAreFinal = 56_460

  /// Quirk 23: vts does not offer this inquiry, but takes the paper twin of its id, and finds nothing.
  func emptyPaperList(_ request: RESTRequest, by api: RESTAPI) -> RESTAnswer? {
    let id = request.transactionID
    guard configuration.venue == .vts, api.path.hasSuffix("/domestic-stock/v1/trading/inquire-psbl-rvsecncl"),
      id.rawValue.hasPrefix("V"), api.ids(on: .real).contains(TransactionID("T" + id.rawValue.dropFirst()))
    else { return nil }
    let inquiry = AnswerRequest(
      api: api, id: id, parameters: [], moment: marketTime, venue: .vts, quotes: stage.market, page: 0)
    var outputs = inquiry.cursors(hasMore: false)
    outputs["output"] = []
    let (code, message) = inquiry.successMessage(hasMore: false, isEmpty: true)
    return RESTAnswer(.success(outputs, code: code, message: message), source: .quirk)
  }
}

extension RESTAPI {
  /// Whether a field is documented and never sent: two of inquire-price, in captures of 2025-07 (PROTOCOL section 9).
  func lacksOnTheWire(_ field: String) -> Bool {
    path == "/uapi/domestic-stock/v1/quotations/inquire-price"
      && ["new_hgpr_lwpr_cls_code", "apprch_rate"].contains(field)
  }

  /// Whether it says in `tr_cont` that there is more while its document knows no paging: the caller goes on with an
  /// earlier day (quirk 32).
  var pagesByDay: Bool { path == "/uapi/overseas-price/v1/quotations/dailyprice" }
}

extension Quirks {
  /// A generated answer of a TR as quirks 29 and 30 have it.
  func applied(to envelope: Envelope, of transactionID: TransactionID, at moment: KoreanTime) -> Envelope {
    var envelope = envelope
    if contains(.sentinelTimes, transactionID: transactionID), moment.secondOfDay >= 55_800 {
      for (index, sentinel) in ["999999", "888888", "666666"].enumerated() {
        envelope.change(row: index) { $0.hasSuffix("_hour") ? sentinel : nil }
      }
    }
    if contains(.blankNumbers, transactionID: transactionID) {
      envelope.change { $0.hasSuffix("_rlim") ? "" : nil }
    }
    return envelope
  }
}

extension Envelope {
  /// Sets values in the rows of its lists by the names of their fields.
  /// - Parameter row: which row of each list; nil is every one.
  fileprivate mutating func change(row: Int? = nil, _ newValue: (String) -> String?) {
    for index in members.members.indices {
      guard case .array(var rows) = members.members[index].value else { continue }
      for number in rows.indices where row ?? number == number {
        guard case .object(var object) = rows[number] else { continue }
        for field in object.members.indices {
          if let value = newValue(object.members[field].name) { object.members[field].value = .string(value) }
        }
        rows[number] = .object(object)
      }
      members.members[index].value = .array(rows)
    }
  }
}

/// Whether KIS's servers are in business: half an hour before the open to half an hour after the close of a day.
func servesBusiness(at moment: KoreanTime) -> Bool {
  let hours = TradingHours(of: .krx, on: CalendarDate(of: moment))
  guard let start = hours.continuous?.start.later(minutes: -30),
    let end = hours.first(.closingAuction)?.end.later(minutes: 30)
  else { return false }
  return (start...end).contains(TradingMoment(moment).time)
}
