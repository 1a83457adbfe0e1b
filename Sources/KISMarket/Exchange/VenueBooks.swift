/// The books of all securities at all venues. What an exchange asks of them all, at every step of time, is kept beside
/// them, so that nobody has to look at each.
struct VenueBooks: Sendable {
  private var books: [Exchange.BookKey: VenueBook] = [:]
  /// Those in which an auction collects orders.
  private(set) var collecting: Set<Exchange.BookKey> = []
  /// The securities in whose books, or in whose orders that wait, anything may have changed since they were taken.
  private var changed: Set<String> = []

  /// All that there are, in no order.
  var keys: some Collection<Exchange.BookKey> { books.keys }

  /// A book; nil where nothing was shown and nothing waits.
  subscript(key: Exchange.BookKey) -> VenueBook? {
    get { books[key] }
    _modify {
      defer {
        changed.insert(key.code)
        if books[key]?.book.mode == .auction { collecting.insert(key) } else { collecting.remove(key) }
      }
      yield &books[key]
    }
  }

  /// Notes that orders of a security began or ceased to wait.
  mutating func noteChange(of code: String) { changed.insert(code) }

  /// Gives away the securities that changed since the last call.
  mutating func takeChanged() -> Set<String> {
    guard !changed.isEmpty else { return [] }
    defer { changed.removeAll(keepingCapacity: true) }
    return changed
  }
}
