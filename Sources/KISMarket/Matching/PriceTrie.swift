/// The prices of one side of a book in order: a radix tree of 16 ways whose paths are only as long as the keys that are
/// there need to be told apart.
///
/// A key leads to the slot of a price level. Finding, entering and removing cost one step per four bits in which keys
/// differ (five for a million prices), however many levels and orders there are. Each branch also keeps the sum of the
/// quantities below it, so that "how much up to this price" needs no walk over levels.
struct PriceTrie: Sendable {
  /// A node is this many words of one array: the bits of the key above those that it decides; which branches are there,
  /// with the lowest bit that it decides; 16 sums; 16 branches.
  private static let size = 34
  private static let sums = 2
  private static let branches = 18

  /// A branch is the first word of a node, or the complement of a level's slot, which is below 0.
  private static let nothing = Int.min

  private var words: [Int] = []
  private var unused: [Int] = []
  private var root = PriceTrie.nothing
  /// The sum of all quantities.
  private(set) var total = 0

  /// The slot of a key's level; -1 when there is none.
  @inline(__always)
  func level(at key: UInt64, in levels: [PriceLevel]) -> Int32 {
    var place = root
    while place >= 0 {
      let branch = branch(of: key, at: place)
      guard isOccupied(branch, at: place) else { return -1 }
      place = words[place + PriceTrie.branches + branch]
    }
    guard place != PriceTrie.nothing, levels[~place].key == key else { return -1 }
    return Int32(truncatingIfNeeded: ~place)
  }

  /// The slot of the level with the highest key below this one; -1 when there is none.
  func level(below key: UInt64, in levels: [PriceLevel]) -> Int32 {
    var (place, candidate) = (root, PriceTrie.nothing)
    while place >= 0 {
      let prefix = prefix(of: key, at: place)
      let own = UInt64(bitPattern: Int64(words[place]))
      if prefix > own { return highest(below: place) }
      if prefix < own { return highest(below: candidate) }
      let branch = branch(of: key, at: place)
      let lower = words[place + 1] & ((1 << branch) - 1)
      if lower != 0 { candidate = words[place + PriceTrie.branches + highestBit(lower)] }
      guard isOccupied(branch, at: place) else { return highest(below: candidate) }
      place = words[place + PriceTrie.branches + branch]
    }
    guard place != PriceTrie.nothing, levels[~place].key < key else { return highest(below: candidate) }
    return Int32(truncatingIfNeeded: ~place)
  }

  /// The sum of the quantities at keys up to this one, itself included.
  func sum(through key: UInt64, in levels: [PriceLevel]) -> Int {
    var (sum, below, place) = (0, total, root)
    while place >= 0 {
      let prefix = prefix(of: key, at: place)
      let own = UInt64(bitPattern: Int64(words[place]))
      if prefix > own { return sum + below }
      if prefix < own { return sum }
      let branch = branch(of: key, at: place)
      var lower = words[place + 1] & ((1 << branch) - 1)
      while lower != 0 {
        sum += words[place + PriceTrie.sums + lower.trailingZeroBitCount]
        lower &= lower - 1
      }
      guard isOccupied(branch, at: place) else { return sum }
      below = words[place + PriceTrie.sums + branch]
      place = words[place + PriceTrie.branches + branch]
    }
    guard place != PriceTrie.nothing, levels[~place].key <= key else { return sum }
    return sum + below
  }

  /// Changes the quantity at a key that has a level.
  @inline(__always)
  mutating func add(_ quantity: Int, at key: UInt64) {
    total += quantity
    var place = root
    while place >= 0 {
      let branch = branch(of: key, at: place)
      words[place + PriceTrie.sums + branch] += quantity
      place = words[place + PriceTrie.branches + branch]
    }
  }

  /// Enters the level of a key that has none yet.
  mutating func insert(_ slot: Int32, at key: UInt64, in levels: [PriceLevel]) {
    let level = ~Int(slot)
    guard root != PriceTrie.nothing else {
      root = level
      return
    }
    var (place, link) = (root, -1)
    while place >= 0 {
      let own = UInt64(bitPattern: Int64(words[place]))
      let different = prefix(of: key, at: place) ^ own
      guard different == 0 else {
        // They part above this node.
        let above = shift(at: place) + 4
        let joint = above + (63 - different.leadingZeroBitCount) / 4 * 4
        return join(place, Int((own << UInt64(above)) >> UInt64(joint) & 15), level, key, shift: joint, link)
      }
      let branch = branch(of: key, at: place)
      guard isOccupied(branch, at: place) else { return attach(level, at: place, branch: branch, sum: 0) }
      link = place + PriceTrie.branches + branch
      place = words[link]
    }
    let other = levels[~place].key
    let joint = (63 - (other ^ key).leadingZeroBitCount) / 4 * 4
    join(place, Int(other >> UInt64(joint) & 15), level, key, shift: joint, link)
  }

  /// Takes a key out whose level has no quantity left.
  mutating func remove(_ key: UInt64) {
    var (place, node, link, linkAbove) = (root, -1, -1, -1)
    while place >= 0 {
      (node, linkAbove) = (place, link)
      link = place + PriceTrie.branches + branch(of: key, at: place)
      place = words[link]
    }
    guard node >= 0 else {
      root = PriceTrie.nothing
      return
    }
    words[node + 1] &= ~(1 << branch(of: key, at: node))
    // A node with one branch decides nothing.
    let left = words[node + 1] & 0xFFFF
    guard left & (left - 1) == 0 else { return }
    point(linkAbove, to: words[node + PriceTrie.branches + left.trailingZeroBitCount])
    unused.append(node)
  }

  /// Puts a node where a branch is now, with that branch and a new level below it.
  private mutating func join(_ old: Int, _ oldBranch: Int, _ level: Int, _ key: UInt64, shift: Int, _ link: Int) {
    let sum = link < 0 ? total : words[link - PriceTrie.branches + PriceTrie.sums]
    let node = newNode(key: key, shift: shift)
    attach(old, at: node, branch: oldBranch, sum: sum)
    attach(level, at: node, branch: Int(key >> UInt64(shift) & 15), sum: 0)
    point(link, to: node)
  }

  private mutating func newNode(key: UInt64, shift: Int) -> Int {
    let node: Int
    if let free = unused.popLast() {
      node = free
    } else {
      node = words.count
      words.append(contentsOf: PriceTrie.emptyNode)
    }
    words[node] = Int(truncatingIfNeeded: (key >> UInt64(shift)) >> 4)
    words[node + 1] = shift << 16
    return node
  }

  private static let emptyNode = [Int](repeating: 0, count: PriceTrie.size)

  @inline(__always)
  private mutating func attach(_ child: Int, at node: Int, branch: Int, sum: Int) {
    words[node + 1] |= 1 << branch
    words[node + PriceTrie.sums + branch] = sum
    words[node + PriceTrie.branches + branch] = child
  }

  @inline(__always)
  private mutating func point(_ link: Int, to child: Int) {
    if link < 0 { root = child } else { words[link] = child }
  }

  @inline(__always)
  private func shift(at node: Int) -> Int { words[node + 1] &>> 16 }

  @inline(__always)
  private func branch(of key: UInt64, at node: Int) -> Int {
    Int(truncatingIfNeeded: (key &>> UInt64(truncatingIfNeeded: shift(at: node))) & 15)
  }

  /// The bits of a key above those that a node decides.
  @inline(__always)
  private func prefix(of key: UInt64, at node: Int) -> UInt64 {
    (key &>> UInt64(truncatingIfNeeded: shift(at: node))) &>> 4
  }

  @inline(__always)
  private func isOccupied(_ branch: Int, at node: Int) -> Bool { words[node + 1] & (1 &<< branch) != 0 }

  @inline(__always)
  private func highestBit(_ bits: Int) -> Int { Int.bitWidth - 1 - bits.leadingZeroBitCount }

  private func highest(below start: Int) -> Int32 {
    guard start != PriceTrie.nothing else { return -1 }
    var place = start
    while place >= 0 { place = words[place + PriceTrie.branches + highestBit(words[place + 1] & 0xFFFF)] }
    return Int32(truncatingIfNeeded: ~place)
  }
}
