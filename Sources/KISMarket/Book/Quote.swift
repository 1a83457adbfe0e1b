/// The best prices of a session at a moment, and what is about to be taken there. Prices are tick indices.
struct SessionQuote: Sendable, Hashable {
  var bid: Int
  var ask: Int
  /// Shares that the coming prints take at the best price before the quote changes.
  var aheadAtAsk = 0
  var aheadAtBid = 0
}

extension DayPlan {
  /// The quote at a moment of continuous trading: what the last print left, or already what the next one will meet; it
  /// changes somewhere between two prints, not with them.
  func quote(at time: Int) -> SessionQuote? {
    let plan = part(at: time).plan
    let (index, isInside) = plan.position(of: time)
    var last: DrawnPrint?
    var coming: ArraySlice<DrawnPrint> = []
    if isInside {
      let printed = plan.prints(ofCell: index)
      let count = printed.count(through: time)
      last = printed[..<count].last
      coming = printed[count...]
    }
    if last == nil { last = plan.tradedCell(before: index).flatMap { plan.prints(ofCell: $0).last } }
    if coming.isEmpty, let next = plan.tradedCell(from: isInside ? index + 1 : index) {
      coming = plan.prints(ofCell: next)
    }
    let next = coming.first
    guard var quote = quote(last: last, next: next, at: time) else { return nil }
    for print in coming where print.side != 0 {
      guard print.side > 0 ? print.ask == quote.ask : print.bid == quote.bid else { break }
      if print.side > 0 { quote.aheadAtAsk += print.size } else { quote.aheadAtBid += print.size }
    }
    return quote
  }

  private func quote(last: DrawnPrint?, next: DrawnPrint?, at time: Int) -> SessionQuote? {
    guard let last else { return next.map { SessionQuote(bid: $0.bid, ask: $0.ask) } }
    guard let next, next.side != 0 else { return SessionQuote(bid: last.bid, ask: last.ask) }
    // The moment of the change is anywhere between them.
    let gap = next.time - last.time
    let change =
      last.time + gap * Int(CellGenerator.mixed(UInt64(truncatingIfNeeded: next.time &* 31 &+ next.size)) & 1_023)
      / 1_024
    let met = time >= change ? next : last
    return SessionQuote(bid: met.bid, ask: met.ask)
  }
}

extension StretchPlan {
  /// The last cell before one in which something is traded.
  func tradedCell(before index: Int) -> Int? {
    var index = min(index, cells.count) - 1
    while index >= 0 {
      if cells[index].volume + cells[index].auctionVolume > 0 { return index }
      index -= 1
    }
    return nil
  }

  /// The first cell from one on in which something is traded.
  func tradedCell(from index: Int) -> Int? {
    var index = max(0, index)
    while index < cells.count {
      if cells[index].volume + cells[index].auctionVolume > 0 { return index }
      index += 1
    }
    return nil
  }
}
