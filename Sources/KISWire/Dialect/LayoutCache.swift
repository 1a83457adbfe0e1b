import Synchronization

/// The layouts of one day and venue that were asked for, so that each is made once.
final class LayoutCache: Sendable {
  private let layouts: Mutex<[TransactionID: Layout]> = Mutex([:])

  func layout(of id: TransactionID, made make: () -> Layout) -> Layout {
    if let known = layouts.withLock({ $0[id] }) { return known }
    let layout = make()
    layouts.withLock { $0[id] = layout }
    return layout
  }
}
