import KISMarket
import KISWire

/// Shows one day as another: every date that is sent moves by a number of trading days, every date that comes in moves
/// back.
///
/// Trading days map to trading days; other dates keep their distance to the trading day before them.
struct DateShift: Sendable, Hashable {
  /// How many trading days later a day is shown; negative for earlier.
  let tradingDays: Int

  /// The shift under which one day is shown as another.
  init(showing day: CalendarDate, as shown: CalendarDate) {
    let target = TradingCalendar.tradingDay(onOrBefore: shown)
    tradingDays =
      TradingCalendar.ordinal(of: target) - TradingCalendar.ordinal(of: TradingCalendar.tradingDay(onOrBefore: day))
  }

  /// A date as it is shown.
  func shown(_ date: CalendarDate) -> CalendarDate { TradingCalendar.shifted(date, byTradingDays: tradingDays) }

  /// A body as it is shown.
  func shown(_ body: [UInt8]) -> [UInt8] {
    guard let json = try? JSONValue(parsing: body) else { return body }
    return shown(json).utf8
  }

  /// A moment as it is shown: its day is shifted.
  func shown(_ moment: KoreanTime) -> KoreanTime {
    shown(CalendarDate(of: moment)).midnight + .nanoseconds(moment.nanosecondOfDay)
  }

  /// The date that is shown as this one.
  func meant(_ date: CalendarDate) -> CalendarDate { TradingCalendar.shifted(date, byTradingDays: -tradingDays) }

  /// A value of a field as it is shown: dates (`20260921`, with or without a time of day after it) move.
  func shown(_ value: String, of field: String) -> String {
    moved(value, of: field) { shown($0) }
  }

  /// A request's parameters as they are meant.
  func meant(_ parameters: [NameValue]) -> [NameValue] {
    parameters.map { parameter in
      NameValue(parameter.name, moved(parameter.value, of: parameter.name) { meant($0) })
    }
  }

  /// A request's parameters as they are meant, so that ranges of days hold the days that are shown in them. A day
  /// between two trading days stays between them; where the two are adjacent in the market's calendar, the beginning of
  /// a range becomes the later one, any other day the earlier.
  func asked(_ parameters: [NameValue]) -> [NameValue] {
    parameters.map { parameter in
      NameValue(
        parameter.name,
        moved(parameter.value, of: parameter.name) {
          asked($0, isBeginning: DateShift.beginsRange(parameter.name.uppercased(), among: parameters))
        })
    }
  }

  /// Whether a parameter is the first day of a range.
  private static func beginsRange(_ name: String, among parameters: [NameValue]) -> Bool {
    if name == "FID_INPUT_DATE_1" {
      return parameters.contains { $0.name.uppercased() == "FID_INPUT_DATE_2" && !$0.value.isEmpty }
    }
    return name == "F_DT" || beginnings.contains { name.contains($0) }
  }

  private func asked(_ date: CalendarDate, isBeginning: Bool) -> CalendarDate {
    let last = TradingCalendar.tradingDay(onOrBefore: date)
    let here = meant(last)
    guard last < date else { return here }
    let next = TradingCalendar.tradingDay(after: here)
    let room = next.number - here.number - 1
    guard room > 0 else { return isBeginning ? next : here }
    return here.advanced(by: min(date.number - last.number, room))
  }

  private static let beginnings = ["STRT", "START", "FROM", "ST_YMD"]

  /// An answer as it is shown: every date in it moves.
  func shown(_ json: JSONValue) -> JSONValue {
    var json = json
    show(&json)
    return json
  }

  /// Moves the dates of an answer where they stand: most of its values are none.
  private func show(_ json: inout JSONValue) {
    switch json {
    case .array(var rows):
      json = .null
      for index in rows.indices { show(&rows[index]) }
      json = .array(rows)
    case .object(var object):
      json = .null
      show(&object)
      json = .object(object)
    default: break
    }
  }

  /// The same of the members of an answer.
  func show(_ object: inout JSONObject) {
    for index in object.members.indices {
      if case .string(let text) = object.members[index].value {
        if let moved = moving(text, of: object.members[index].name, by: shown) {
          object.members[index].value = .string(moved)
        }
      } else {
        show(&object.members[index].value)
      }
    }
  }

  /// A date as it moves: `20260921`, with a time after it or zeros before it (`020260921`, `0020260921`), `2026-09-21`
  /// with a time or without, the days of `2026/09/21 ~ 2026/09/22`, the day that a long order number begins with, and
  /// those in a question that an answer repeats for its next page.
  private func moved(_ value: String, of field: String, by move: (CalendarDate) -> CalendarDate) -> String {
    moving(value, of: field, by: move) ?? value
  }

  /// The same; nil for what is no date.
  private func moving(_ value: String, of field: String, by move: (CalendarDate) -> CalendarDate) -> String? {
    // Most values are no dates by their look, which costs less to see than what their names say.
    let length = value.utf8.count
    switch length {
    case 8...10, 14:
      let zeros = length == 9 && value.hasPrefix("0") ? 1 : length == 10 && value.hasPrefix("00") ? 2 : 0
      // Prices and volumes have as many digits; no date that is known begins with others.
      guard let first = value.utf8.first, (0x30...0x32).contains(first) else { return nil }
      if value.utf8.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) {
        guard DateShift.isDate(field) else { return nil }
        if let moved = movedDay(value.dropFirst(zeros), by: move) { return value.prefix(zeros) + moved }
      }
    case 12...30 where DateShift.isOrderNumber(field):
      guard value.isAllDigits, let moved = movedDay(value.prefix(8), by: move) else { return nil }
      return moved + value.dropFirst(8)
    case 11...30: break
    default:
      guard length >= 50, field.lowercased().hasPrefix("ctx_area_fk") else { return nil }
      return value.split(separator: "^", omittingEmptySubsequences: false).map { part in
        part.hasSuffix("!") ? (movedDay(part.dropLast(), by: move).map { $0 + "!" } ?? String(part)) : String(part)
      }.joined(separator: "^")
    }
    let isHyphenated = value.utf8.dropFirst(4).first == UInt8(ascii: "-")
    guard length >= 10, isHyphenated || value.utf8.contains(UInt8(ascii: "/")),
      DateShift.isDate(field) || field.lowercased().hasSuffix("_expired")
    else { return nil }
    if isHyphenated, let date = CalendarDate(value.prefix(10)),
      TradingCalendar.range.contains(date)
    {
      return "\(move(date))" + value.dropFirst(10)
    }
    return value.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard let date = CalendarDate(compact: word.filter { $0 != "/" }), TradingCalendar.range.contains(date) else {
        return String(word)
      }
      return move(date).slashed
    }.joined(separator: " ")
  }

  /// A day, with or without a time after it; nil for anything else.
  private func movedDay(_ value: Substring, by move: (CalendarDate) -> CalendarDate) -> String? {
    guard [8, 14].contains(value.utf8.count), let date = CalendarDate(compact: value.prefix(8)),
      TradingCalendar.range.contains(date)
    else { return nil }
    return move(date).compact + value.dropFirst(8)
  }

  private static let dates = NameReadings { namesDate($0) }

  /// Whether a field is a date, by the last word of its name, numbers aside: `FID_INPUT_DATE_1`, `stnd_date2`.
  static func isDate(_ field: String) -> Bool { dates[field] }

  private static func namesDate(_ field: String) -> Bool {
    let isNumberOrGap: (UInt8) -> Bool = { $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) }
    let name = field.utf8
    guard let last = name.lastIndex(where: { !isNumberOrGap($0) }) else { return false }
    let front = name[...last]
    let word = front.lastIndex(of: UInt8(ascii: "_")).map { front[front.index(after: $0)...] } ?? front
    return dateWords.contains(String(Substring(word)).lowercased()) || otherDates.contains(field.lowercased())
  }

  private static let dateWords: Set<String> = [
    "date", "dt", "ymd", "xymd", "tymd", "kymd", "bymd", "keyb", "dtime",
  ]

  /// Dates whose names do not say so.
  private static let otherDates: Set<String> = [
    "h52d", "l52d", "today", "estdate", "sub_term", "sub_term_ft", "opp_opi_rcpt_term", "buy_req_rcpt_term", "exdt",
    "last_sttldt", "dymd", "sbsnsdate", "stpm_efct_occr_dtmd", "trad_day", "inqr_strt_day", "inqr_end_day",
  ]

  private static let orderNumbers = NameReadings { field in
    let name = field.lowercased()
    return name.hasSuffix("odno") || name.hasSuffix("ord_no") || name.hasSuffix("oder_no")
  }

  /// Whether a field is an order's number. Those of a day have ten digits; longer ones begin with their day.
  private static func isOrderNumber(_ field: String) -> Bool { orderNumbers[field] }
}
