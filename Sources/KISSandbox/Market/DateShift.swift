import KISMarket
import KISWire

/// Shows one day as another: every date that leaves moves by so many trading days, every date that comes in moves back.
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

  /// A value of a field as it is shown: dates (`20260921`, with a time of day behind or without) move.
  func shown(_ value: String, of field: String) -> String {
    moved(value, of: field) { shown($0) }
  }

  /// A request's parameters as they are meant.
  func meant(_ parameters: [NameValue]) -> [NameValue] {
    parameters.map { parameter in
      NameValue(parameter.name, moved(parameter.value, of: parameter.name) { meant($0) })
    }
  }

  /// An answer as it is shown: every date in it moves.
  func shown(_ json: JSONValue) -> JSONValue {
    switch json {
    case .array(let rows): return .array(rows.map { shown($0) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { member in
            guard let text = member.value.string else { return (member.name, shown(member.value)) }
            return (member.name, .string(shown(text, of: member.name)))
          }))
    default: return json
    }
  }

  private func moved(_ value: String, of field: String, by move: (CalendarDate) -> CalendarDate) -> String {
    // Most values are no dates by their look, which costs less to see than what their names say.
    guard value.utf8.count == 8 || value.utf8.count == 14, let date = CalendarDate(compact: value.prefix(8)),
      TradingCalendar.range.contains(date), DateShift.isDate(field)
    else { return value }
    return move(date).compact + value.dropFirst(8)
  }

  /// Whether a field tells a date, by the last word of its name.
  static func isDate(_ field: String) -> Bool {
    let name = field.lowercased()
    let word = name.split(separator: "_").last.map { $0.reversed().drop { $0.isNumber }.reversed() }.map { String($0) }
    return ["date", "dt", "ymd", "xymd", "tymd", "kymd", "bymd", "keyb", "dtime"].contains(word ?? "")
      || ["h52d", "l52d"].contains(name)
  }
}
