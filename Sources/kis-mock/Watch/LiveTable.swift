import KISWire
import Terminal

/// The newest record of each key as tables that are drawn in place, with Korean names.
struct LiveTable: WatchOutput {
  private let title: String
  private let style: TerminalStyle
  private var screen = LiveLines()
  private var newest: [TransactionID: [String: Record]] = [:]
  private var count = 0
  private var isStale = true

  init(_ server: String, _ style: TerminalStyle) {
    title = server
    self.style = style
  }

  mutating func show(_ record: Record) -> [UInt8] {
    newest[record.transactionID, default: [:]][record.values.first ?? "", default: record] = record
    count += 1
    isStale = true
    return []
  }

  mutating func draw() -> [UInt8] {
    guard isStale else { return [] }
    isStale = false
    return screen.draw(lines)
  }

  /// What is on the screen.
  var lines: [String] {
    var lines = [style.bold("kis-mock watch") + style.dim("  \(title)  \(count) records  Control-C ends")]
    if count == 0 { lines.append("waiting for the first record …") }
    for (id, records) in newest.sorted(by: { $0.key < $1.key }) {
      let sorted = records.sorted { $0.key < $1.key }.map(\.value)
      lines.append("")
      if id == .indexProgramTrading {
        for trading in sorted.compactMap({ try? ProgramTrading($0) }) {
          lines += ProgramTradingTable(trading, style).lines
        }
      } else {
        lines.append(style.bold("\(Catalogue.realtime(id)?.koreanName ?? "") \(id)"))
        lines += table(of: sorted)
      }
    }
    return lines
  }

  private func table(of records: [Record]) -> [String] {
    guard let layout = records.first?.layout else { return [] }
    let fields = Catalogue.realtime(layout.transactionID)?.fields ?? []
    let names = WatchColumns(of: layout).names
    let titles = names.map { name in (fields.first { $0.name == name }?.koreanName ?? name).cut(to: 16) }
    return TextTable(titles, records.map { record in names.map { (record[$0] ?? "").printable } }).lines
  }
}
