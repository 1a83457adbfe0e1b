/// The sessions of a sandbox, by number and in the order in which they connected: the numbers only ever rise.
struct SessionTable {
  private(set) var inOrder: [Session] = []

  /// The number of the next session. A reset does not start from 1 again: a socket from before may still report its
  /// end.
  private(set) var nextNumber = 1

  var numbers: [Int] { inOrder.map(\.id) }

  subscript(number: Int) -> Session? {
    let index = position(of: number)
    return inOrder.indices.contains(index) && inOrder[index].id == number ? inOrder[index] : nil
  }

  mutating func append(_ session: Session) {
    inOrder.append(session)
    nextNumber = session.id + 1
  }

  mutating func remove(_ number: Int) -> Session? {
    guard self[number] != nil else { return nil }
    return inOrder.remove(at: position(of: number))
  }

  /// The index of the first session with this number or a higher one.
  private func position(of number: Int) -> Int {
    var (low, high) = (0, inOrder.count)
    while low < high {
      let middle = (low + high) / 2
      if inOrder[middle].id < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
