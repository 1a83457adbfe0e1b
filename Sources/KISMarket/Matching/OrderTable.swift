/// Where the order of an id is: open addressing with linear probing, because it is asked once for every command.
///
/// An id stays known when its order is finished; whether the slot still holds it, the book knows.
struct OrderTable: Sendable {
  private struct Entry {
    var id: Int
    /// -1 where nothing is entered, -2 when the order never rested.
    var slot: Int32
  }

  static let neverRested: Int32 = -2
  private var entries = [Entry](repeating: Entry(id: 0, slot: -1), count: 1_024)
  private var count = 0

  /// Where an id is, or would be.
  @inline(__always)
  private func index(of id: Int) -> Int {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: CellGenerator.mixed(UInt64(bitPattern: Int64(id)))) & mask
    while entries[index].slot != -1, entries[index].id != id { index = (index + 1) & mask }
    return index
  }

  /// The slot an order was last in; nil for an id that never came, negative when it never rested.
  @inline(__always)
  func slot(of id: Int) -> Int32? {
    let entry = entries[index(of: id)]
    return entry.slot == -1 ? nil : entry.slot
  }

  @inline(__always)
  mutating func set(_ id: Int, _ slot: Int32) {
    let place = index(of: id)
    let isNew = entries[place].slot == -1
    entries[place] = Entry(id: id, slot: slot)
    guard isNew else { return }
    count += 1
    if count * 2 > entries.count { grow() }
  }

  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(id: 0, slot: -1), count: old.count * 2)
    for entry in old where entry.slot != -1 { entries[index(of: entry.id)] = entry }
  }
}
