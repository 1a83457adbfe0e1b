import KISWire

/// The quotes of a few instruments as time goes on: what was played of a day is not played again for the next look.
struct MovingQuotes {
  private struct Place {
    var day: TradingDay
    var second: Int
    var tape: TradeTape
  }

  private var places: [String: Place] = [:]

  /// The quote at a moment; cheap when the moment lies behind the one asked about before.
  mutating func quote(
    of instrument: Instrument, at moment: KoreanTime, hours: OpeningHours, seed: UInt64
  ) -> Quote {
    let moment = MarketMoment(moment, on: instrument.market, hours: hours)
    var place =
      places[instrument.code]
      ?? Place(day: moment.day, second: .max, tape: TradeTape(instrument, on: moment.day, seed: seed))
    if place.day != moment.day || place.second > moment.second {
      place = Place(day: moment.day, second: 0, tape: TradeTape(instrument, on: moment.day, seed: seed))
    }
    place.second = moment.second
    let quote = place.tape.quote(at: moment)
    places[instrument.code] = place
    return quote
  }
}
