import KISMarket
import KISWire

extension AnswerRequest {
  /// The holiday calendar (국내휴장일조회): the days from the one asked for, and whether the exchange opens on them.
  var calendarRows: [JSONValue] {
    let asked = parameter("BASS_DT").flatMap { CalendarDate(compact: $0) }
    let first = (asked ?? marketTime.date).advanced(by: page * 25)
    return (0..<25).map { offset in
      let day = first.advanced(by: offset)
      let open: JSONValue = TradingCalendar.isTradingDay(day) ? "Y" : "N"
      let isWorkday = day.weekday != .saturday && day.weekday != .sunday
      return [
        "bass_dt": .string(day.compact), "wday_dvsn_cd": .string(padded(day.weekday.rawValue + 1, to: 2)),
        "bzdy_yn": open, "tr_day_yn": isWorkday ? "Y" : "N", "opnd_yn": open, "sttl_day_yn": open,
      ]
    }
  }
}
