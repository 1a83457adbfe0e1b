/// Something asked of the market: from then on it is its path, in every figure of the sandbox.
public enum MarketSteering: Sendable, Hashable {
  /// The price goes away by so many hundredths of a percent within a time; the price limits end it.
  case move(Scope, hundredths: Int, over: Duration)
  /// Trading rests for a time and goes on with an auction.
  case halt(Scope, for: Duration)
  /// The price goes to its limit within a minute and stays there (상한가, 하한가).
  case limit(code: String, Limit)
  /// All shares of a market fall by 8 %, then trading rests for 20 minutes and goes on with an auction of 10 (서킷브레이커).
  case circuitBreaker(Market)

  /// Whom it concerns.
  public enum Scope: Sendable, Hashable {
    /// A share or fund by its code, abroad by its symbol.
    case code(String)
    /// All shares of a market.
    case market(Market)
  }

  /// A market of KRX.
  public enum Market: String, Sendable, Hashable, CaseIterable {
    case kospi = "KOSPI"
    case kosdaq = "KOSDAQ"
  }

  /// A price limit.
  public enum Limit: String, Sendable, Hashable, CaseIterable { case up, down }

  /// The code that it names, if it does.
  public var code: String? {
    switch self {
    case .move(.code(let code), _, _), .halt(.code(let code), _), .limit(let code, _): code
    default: nil
    }
  }

  /// The longest that a move or a halt takes.
  public static let longest = Duration.seconds(6 * 3_600)
  /// The largest moves, in hundredths of a percent.
  public static let moves = -9_900...100_000
}

extension MarketSteering: CustomStringConvertible {
  /// In the words of a scenario: `move 005930 by -5% over 1m`.
  public var description: String {
    switch self {
    case .move(let scope, let hundredths, let over): "move \(scope) by \(percent(hundredths)) over \(over.written)"
    case .halt(let scope, let duration): "halt \(scope) for \(duration.written)"
    case .limit(let code, let limit): "limit \(code) \(limit.rawValue)"
    case .circuitBreaker(let market): "circuit_breaker \(market.rawValue)"
    }
  }

  private func percent(_ hundredths: Int) -> String {
    let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let decimals = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest < 10 ? "0" : "")\(rest)"
    return "\(hundredths < 0 ? "-" : "")\(whole)\(decimals)%"
  }
}

extension MarketSteering.Scope: CustomStringConvertible {
  /// The code, or the name of the market.
  public var description: String {
    switch self {
    case .code(let code): code
    case .market(let market): market.rawValue
    }
  }
}

extension MarketSteering {
  /// Reads one as a scenario's action and the admin API write it: `{move: {code: "005930", by: -5%, over: 1m}}`.
  package init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.steering)
    let member = try mapping.exactlyOne(of: ScenarioKeys.steering.choice)
    self = try MarketSteering(member.key, member.value)
  }

  /// Reads what stands under one of the keys.
  init(_ key: String, _ node: YAMLNode) throws(ScenarioError) {
    switch key {
    case "move":
      let mapping = try node.mapping(ScenarioKeys.move)
      self = .move(
        try Scope(mapping, ScenarioKeys.move), hundredths: try mapping.required("by").hundredths(),
        over: try mapping["over"]?.steeringTime() ?? .seconds(60))
    case "halt":
      let mapping = try node.mapping(ScenarioKeys.halt)
      self = .halt(
        try Scope(mapping, ScenarioKeys.halt), for: try mapping["for"]?.steeringTime() ?? .seconds(120))
    case "limit":
      let mapping = try node.mapping(ScenarioKeys.limit)
      self = .limit(code: try mapping.required("code").string(), try mapping.required("side").word())
    default:
      self = .circuitBreaker(try node.mapping(ScenarioKeys.circuitBreaker).required("market").word())
    }
  }
}

extension MarketSteering.Scope {
  fileprivate init(_ mapping: YAMLMapping, _ section: KeySection) throws(ScenarioError) {
    let member = try mapping.exactlyOne(of: section.choice)
    self = member.key == "market" ? .market(try member.value.word()) : .code(try member.value.string())
  }
}

extension YAMLNode {
  /// A change in percent with two decimals at the most: `-5%`, `2.5%`.
  fileprivate func hundredths() throws(ScenarioError) -> Int {
    let text = try string("a change such as -5%")
    let sign = text.hasPrefix("-") ? -1 : 1
    let digits = text.drop { $0 == "-" || $0 == "+" }.dropLast()
    guard text.hasSuffix("%"), text.count - digits.count <= 2, let number = Int(String(digits), decimals: 2),
      MarketSteering.moves.contains(sign * number), number != 0
    else { throw unexpected("a change from -99% to 1000% such as -5% or 2.5%, with two decimals at the most") }
    return sign * number
  }

  /// How long something takes.
  fileprivate func steeringTime() throws(ScenarioError) -> Duration {
    let time = try duration()
    guard time >= .seconds(1), time <= MarketSteering.longest else { throw unexpected("a time from 1s to 6h") }
    return time
  }
}
