import KISWire

/// The quotes of a few instruments as time goes on: what was played of a day is not played again for the next look.
struct QuoteCache {
  private struct Place {
    var day: TradingDay
    var second: Int
    var tape: SimulatedTrading
  }

  private var places: [String: Place] = [:]

  /// The quote at a moment; cheap when the moment lies behind the one asked about before.
  mutating func quote(
    of instrument: Instrument, at moment: KoreanTime, hours: OpeningHours, seed: UInt64
  ) -> Quote {
    let moment = MarketMoment(moment, on: instrument.market, hours: hours)
    let known = places[instrument.code].flatMap { place in
      place.day == moment.day && place.second <= moment.second ? place.tape : nil
    }
    var tape = known ?? SimulatedTrading(instrument, on: moment.day, seed: seed)
    let quote = tape.quote(at: moment)
    places[instrument.code] = Place(day: moment.day, second: moment.second, tape: tape)
    return quote
  }

  /// Forgets every instrument but these.
  mutating func keep(only codes: Set<String>) { places = places.filter { codes.contains($0.key) } }
}
