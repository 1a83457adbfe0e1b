/// A name with its text: a header, a query parameter, a member of a request's body.
///
/// Lists of them keep the order and the spelling in which they were sent, and names that were sent twice.
public struct NameValue: Sendable, Hashable {
  /// As it was spelt: `FID_INPUT_ISCD`, `tr_cont`.
  public var name: String
  /// Its text; for a body member that is no string, its JSON.
  public var value: String

  /// One pair: `NameValue("FID_INPUT_ISCD", "0001")`.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension String {
  /// Whether two names are equal but for upper and lower case, as those of headers are; compared in place, since every
  /// request is looked through for a dozen of them.
  package func isSameName(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { one, other in
        one == other || one | 0x20 == other | 0x20 && (0x61...0x7A).contains(one | 0x20)
      }
  }
}

extension Sequence<NameValue> {
  /// The value of the first pair of that name, upper and lower case alike; nil when there is none.
  public func first(named name: String) -> String? {
    first { $0.name.isSameName(as: name) }?.value
  }
}
