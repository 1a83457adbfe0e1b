/// A price of one side of the book, with the orders that wait there, oldest first.
struct PriceLevel: Sendable {
  var key: UInt64
  /// The quantity of all its orders. Wider than theirs, so that no sum overflows.
  var quantity: Int128 = 0
  /// How many orders there are.
  var count = 0
  /// The oldest and the newest order.
  var first: Int32 = -1
  var last: Int32 = -1
  /// The next better and the next worse level.
  var better: Int32 = -1
  var worse: Int32 = -1
}

/// An order that waits in the book.
struct RestingOrder: Sendable {
  /// What the caller calls it.
  var id: Int
  var key: UInt64
  /// What is left of it; 0 in a slot that is free.
  var open: Int
  var owner: Int32
  /// The older and the newer order of its level; in a free slot, `newer` is the next free one.
  var older: Int32 = -1
  var newer: Int32 = -1
  var level: Int32
  var side: Side
}
