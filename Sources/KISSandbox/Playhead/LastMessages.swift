/// The last message released on each route: what a late joiner, a REST answer or a person at a debugger wants to know.
struct LastMessages {
  private enum Last {
    case inBatch(FrameBatch, Int)
    case text([UInt8])
  }

  private var last: [Route: Last] = [:]

  /// Notes messages that were released. A whole batch costs one step a route, not one a message.
  mutating func note(_ due: Playhead.Due) {
    if due.messages.count == due.batch.messages.count {
      for (route, _, index) in due.batch.counts { last[route] = .inBatch(due.batch, index) }
    } else {
      for index in due.messages { last[due.batch.messages[index].route] = .inBatch(due.batch, index) }
    }
  }

  mutating func set(_ text: [UInt8], for route: Route) { last[route] = .text(text) }

  /// The text of the last message on a route.
  func text(of route: Route) -> [UInt8]? {
    switch last[route] {
    case .inBatch(let batch, let index): batch.text(of: index)
    case .text(let text): text
    case nil: nil
    }
  }

  /// All of them that are wanted.
  func texts(where isWanted: (Route) -> Bool) -> [(Route, [UInt8])] {
    last.keys.compactMap { route in isWanted(route) ? text(of: route).map { (route, $0) } : nil }
  }
}
