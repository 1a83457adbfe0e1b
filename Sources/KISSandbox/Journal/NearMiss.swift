import KISRecording
public import KISScenario
public import KISWire

/// Something that would nearly have matched, and the first thing that kept it from matching.
public struct NearMiss: Sendable, Hashable, CustomStringConvertible {
  /// The rule, API or registration that was missed.
  public var name: String
  /// The first field that kept it from matching.
  public var difference: PatternDifference
  /// 0 would be a match; each wrong field adds up to 1.
  public var distance: Double
  /// What the client sent, where it is an entry of the journal; secrets masked.
  public var sent: String?

  /// A candidate that was missed, by what, and by how much (0 would be a match).
  public init(_ name: String, _ difference: PatternDifference, distance: Double, sent: String? = nil) {
    self.name = name
    self.difference = difference
    self.distance = distance
    self.sent = sent
  }

  /// The candidate, and the field that kept it from matching.
  public var description: String { "\(name): \(difference)" }

  /// How many are reported.
  public static let usualCount = 3

  /// The patterns that come nearest to a request that none of them matches, nearest first.
  ///
  /// - Parameter candidates: what could have answered: rules by name, APIs of the catalogue, recorded exchanges.
  public static func nearest(
    to request: ObservedRequest, among candidates: some Sequence<(name: String, pattern: RequestPattern)>,
    count: Int = NearMiss.usualCount
  ) -> [NearMiss] {
    nearest(
      candidates.compactMap { name, pattern in
        pattern.firstDifference(from: request).map { NearMiss(name, $0, distance: pattern.distance(from: request)) }
      }, count)
  }

  /// The patterns that come nearest to a registration that none of them matches, nearest first.
  public static func nearest(
    toRegistration transactionID: TransactionID, key: String,
    among candidates: some Sequence<(name: String, pattern: RegistrationPattern)>, count: Int = NearMiss.usualCount
  ) -> [NearMiss] {
    nearest(
      candidates.compactMap { name, pattern in
        pattern.firstDifference(transactionID: transactionID, key: key).map {
          NearMiss(name, $0, distance: pattern.distance(transactionID: transactionID, key: key))
        }
      }, count)
  }

  /// The first ones by distance; of equals those that came first, and of those that read the same only one.
  private static func nearest(_ misses: [NearMiss], _ count: Int) -> [NearMiss] {
    let sorted = misses.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
    var nearest: [NearMiss] = []
    for (_, miss) in sorted where nearest.count < count {
      if !nearest.contains(where: { $0.description == miss.description }) { nearest.append(miss) }
    }
    return nearest
  }
}

extension RequestPattern {
  /// How far a request is from what is wanted: 0 when it matches, up to 1 for each field that is wanted.
  func distance(from request: ObservedRequest) -> Double {
    let fixed = [
      (method, request.method), (path, request.path), (transactionID, request.transactionID.rawValue),
      (appKey, request.appKey),
    ]
    var sum = fixed.reduce(0) { $0 + ($1.0?.distance(to: $1.1) ?? 0) }
    for (wanted, present) in [(parameters, request.parameters), (headers, request.headers)] {
      for field in wanted {
        sum += field.pattern.distance(to: present.first { $0.name.lowercased() == field.name.lowercased() }?.value)
      }
    }
    return sum
  }
}

extension RegistrationPattern {
  /// How far a registration is from what is wanted: 0 when it matches, up to 1 for each field that is wanted.
  func distance(transactionID found: TransactionID, key foundKey: String) -> Double {
    (transactionID?.distance(to: found.rawValue) ?? 0) + (key?.distance(to: foundKey) ?? 0)
  }
}

extension TextPattern {
  /// 0 when the text matches, else how much of it would have to change, and 1 when it is not there.
  func distance(to text: String?) -> Double {
    guard let text else { return 1 }
    if matches(text) { return 0 }
    return alternatives.map { Similarity.distance(from: $0, to: text) }.min() ?? 1
  }
}
