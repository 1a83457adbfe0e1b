/// The events of one channel in both recordings, as far as they have not been set against each other yet.
struct ComparedChannel {
  /// How far ahead a counterpart is looked for.
  static let window = 64
  /// How many events in front of a difference are told.
  static let context = 2

  private var left: [ComparedEvent] = []
  private var right: [ComparedEvent] = []
  /// The lines in front, of the first recording.
  private var passed: [LineNumber] = []

  mutating func append(_ event: ComparedEvent, isLeft: Bool) {
    if isLeft { left.append(event) } else { right.append(event) }
  }

  /// Sets events against each other as far as that is sure: equal ones at the front at once, others when enough of what
  /// follows is known to tell which side lacks something.
  mutating func align(isAtEnd: Bool, _ visit: (ComparedEvent?, ComparedEvent?, [LineNumber]) -> Void) {
    while !left.isEmpty || !right.isEmpty {
      if let first = left.first, let second = right.first, first.agrees(with: second) {
        take(1, 1, visit)
        continue
      }
      guard isAtEnd || max(left.count, right.count) >= ComparedChannel.window else { return }
      let (skippedLeft, skippedRight) = nextAgreement
      let pairs = min(skippedLeft, skippedRight)
      take(pairs, pairs, visit)
      take(skippedLeft - pairs, skippedRight - pairs, visit)
    }
  }

  /// How many events on each side come in front of the nearest two that agree.
  private var nextAgreement: (Int, Int) {
    let (lefts, rights) = (
      min(left.count, ComparedChannel.window), min(right.count, ComparedChannel.window)
    )
    for distance in 1..<max(2, lefts + rights) {
      for skippedLeft in max(
        0, distance - rights + 1)..<max(max(0, distance - rights + 1) + 1, min(distance + 1, lefts))
      {
        let skippedRight = distance - skippedLeft
        guard skippedLeft < lefts, skippedRight >= 0, skippedRight < rights else { continue }
        if left[skippedLeft].agrees(with: right[skippedRight]) {
          return (skippedLeft, skippedRight)
        }
      }
    }
    return (lefts, rights)
  }

  private mutating func take(
    _ lefts: Int, _ rights: Int, _ visit: (ComparedEvent?, ComparedEvent?, [LineNumber]) -> Void
  ) {
    for index in 0..<max(lefts, rights) {
      visit(index < lefts ? left[index] : nil, index < rights ? right[index] : nil, passed)
      if index < lefts {
        passed.append(left[index].line)
        if passed.count > ComparedChannel.context { passed.removeFirst() }
      }
    }
    left.removeFirst(lefts)
    right.removeFirst(rights)
  }
}
