/// What an option on an index is on a day on which that stands at its reference level, made of its code: the premium that its
/// strike, its months and the level of its index make, and how strongly it moves with that index.
struct ReferenceOption {
  /// In hundredths of a point.
  let price: Int
  /// Of a day, in hundredths of a percent.
  let volatility: Int
  /// How many times the move of its index it makes; negative for puts. Never 1, which is what moves for itself.
  let leverage: Int
  /// How much is traded of it beside an option at the money, in thousandths: out of the money the less the surer it is to
  /// bring nothing, in the money hardly anything.
  let attention: Int

  /// Nil for futures, for options on shares and for what had expired by then.
  init?(_ contract: ContractCode, on date: CalendarDate) {
    guard let strike = contract.strike, let index = contract.index else { return nil }
    let days = contract.lastTradingDay.number - date.number
    guard days > 0 else { return nil }
    let (spot, points) = (Double(IndexDefinition(index).referenceLevel), Double(strike))
    let value = OptionValue(
      spot: spot, strike: points, days: Double(days), volatility: ReferenceOption.volatilityOfYear,
      isCall: contract.right == .call)
    // Deep in the money there is hardly any time value left; ten ticks of it keep the premium above what exercising brings.
    price = max(1, Int(value.price.rounded())) + 10
    let elasticity = (value.delta * spot / Double(price)).magnitude
    volatility = Int(min(max(135 * elasticity, 150), 1_500))
    leverage = max(2, Int(min(elasticity, 100))) * (contract.right == .call ? 1 : -1)
    let delta = value.delta.magnitude
    let evenness = 4 * delta * (1 - delta)
    attention = max(2, Int(1_000 * (delta > 0.5 ? evenness * evenness : evenness)))
  }

  /// What 1.35 % a day make of a year.
  static let volatilityOfYear = 0.21
}
