/// The layouts in force on a day at a venue (PROTOCOL section 4: KIS widens records without notice).
///
///     let dialect = try Dialect(day: "2026-09-21", venue: .real)
///     dialect.layout(of: "H0STCNT0").width      // 47
///
/// The table behind it is ``LayoutChange/all``; whatever it does not mention is as in the KIS document.
public struct Dialect: Sendable {
  /// `YYYY-MM-DD`
  public let day: String
  /// Whose notices: those of paper trading have their own id and layout.
  public let venue: Venue
  /// Layouts chosen by hand, which win over the table.
  public private(set) var overrides: [TransactionID: Layout] = [:]
  private let cache = LayoutCache()

  /// - Throws: ``WireError`` with code `dialect` when the day is not written `YYYY-MM-DD`, or is none.
  public init(day: String, venue: Venue = .real) throws(WireError) {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil && $0.first != "+" }),
      let year = Int(parts[0]), let month = Int(parts[1]), let date = Int(parts[2]),
      KoreanTime.hasDay(year: year, month: month, day: date)
    else {
      throw WireError(.dialect, expected: "a day written YYYY-MM-DD, such as 2026-09-21", found: "\"\(day)\"", at: 0)
    }
    self.init(uncheckedDay: day, venue: venue)
  }

  /// The newest layouts known to this package. Its day is that of the last change, which recordings can name.
  public static func latest(_ venue: Venue = .real) -> Dialect { Dialect(uncheckedDay: newestDay, venue: venue) }

  private static let newestDay = LayoutChange.all.map(\.from).max() ?? "2026-09-14"

  private init(uncheckedDay day: String, venue: Venue) {
    self.day = day
    self.venue = venue
  }

  /// The layout of a TR. On the paper venue the id of a real notice means its paper twin.
  ///
  /// A TR that nobody knows has a layout without names, so that its values still pass through.
  public func layout(of id: TransactionID) -> Layout {
    if !overrides.isEmpty, let override = overrides[wireID(id)] { return override }
    return cache.layout(of: id) {
      let wireID = wireID(id)
      let entry = Catalogue.realtime(id)
      let documented = (entry?.fields ?? []).map(\.name)
      let change = LayoutChange.all.last { $0.id == wireID && $0.from <= day }
      return change?.layout(documented)
        ?? Layout(wireID, fields: documented, source: entry == nil ? "unknown TR" : "KIS document")
    }
  }

  /// The id under which this venue sends a TR.
  private func wireID(_ id: TransactionID) -> TransactionID {
    venue == .vts ? Catalogue.realtime(id)?.paperID ?? id : id
  }

  /// Uses a layout by hand, whatever the day.
  public mutating func override(_ layout: Layout) { overrides[layout.transactionID] = layout }

  /// Makes records of a TR so many values wide: by the layout of another day if one has that width, else by cutting
  /// names off the end or leaving the last values without a name.
  public mutating func override(_ id: TransactionID, width: Int) {
    let current = layout(of: id)
    let id = current.transactionID
    let documented = (Catalogue.realtime(id)?.fields ?? []).map(\.name)
    let known = LayoutChange.all.filter { $0.id == id }.map { $0.layout(documented) } + [current]
    let chosen =
      known.last { $0.width == width }
      ?? Layout(
        id, fields: documented.count == width ? documented : Array(current.fields.prefix(max(width, 0))), width: width,
        source: "width chosen by hand")
    override(chosen)
  }
}

extension Dialect: Hashable {
  public static func == (left: Dialect, right: Dialect) -> Bool {
    left.day == right.day && left.venue == right.venue && left.overrides == right.overrides
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(day)
    hasher.combine(venue)
  }
}
