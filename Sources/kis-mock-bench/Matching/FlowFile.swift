import KISMarket

/// Reads an order flow: a line `N id side price quantity tif`, `M id price quantity` or `C id` for each command.
///
/// Fields are parted by spaces or tabs, lines by LF or CRLF; empty lines are passed over, and so is what follows a `#`.
struct FlowFile {
  let commands: [FlowCommand]

  /// Reads the bytes of a file.
  /// - Throws: ``FlowFileError`` for the first line that is none.
  init(_ bytes: [UInt8], name: String) throws(FlowFileError) {
    var reader = FlowReader(bytes: bytes, name: name)
    var commands: [FlowCommand] = []
    while reader.startsLine() { commands.append(try reader.command()) }
    self.commands = commands
  }
}

/// What is wrong with a line of an order flow, and where.
struct FlowFileError: Error, CustomStringConvertible, Equatable {
  let file: String
  let line: Int
  /// Counted in bytes, from 1.
  let column: Int
  let found: String
  let expected: String

  var description: String { "\(file):\(line):\(column): found \(found), expected \(expected)" }
}

private struct FlowReader {
  let bytes: [UInt8]
  let name: String
  private var place = 0
  private var line = 1
  private var lineStart = 0

  init(bytes: [UInt8], name: String) { (self.bytes, self.name) = (bytes, name) }

  /// Goes to the next line that is not empty; false at the end of the file.
  mutating func startsLine() -> Bool {
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\n"):
        (line, lineStart) = (line + 1, place + 1)
        place += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
      case UInt8(ascii: "#"): passComment()
      default: return true
      }
    }
    return false
  }

  private mutating func passComment() {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "#") else { return }
    place = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  mutating func command() throws(FlowFileError) -> FlowCommand {
    let command: FlowCommand
    let verb = field()
    switch text(verb) {
    case "N": command = .new(try newOrder())
    case "M":
      let id = try number("the id of an order")
      let price = try number("its new price")
      command = .modify(id: id, price: price, quantity: try number("its new open quantity"))
    case "C": command = .cancel(id: try number("the id of an order"))
    default: throw error(verb, "N (new), M (modify) or C (cancel)")
    }
    let rest = field()
    guard rest.isEmpty else { throw error(rest, "the end of the line") }
    return command
  }

  private mutating func newOrder() throws(FlowFileError) -> NewOrder {
    let id = try number("the id of an order")
    let sideField = field()
    let side: Side
    switch text(sideField) {
    case "B": side = .buy
    case "S": side = .sell
    default: throw error(sideField, "a side: B (buy) or S (sell)")
    }
    let price = try number("a price (0 with MKT)")
    let quantity = try number("a quantity")
    let kind = field()
    switch text(kind) {
    case "DAY": return NewOrder(id: id, side: side, pricing: .limit(price), quantity: quantity)
    case "IOC":
      return NewOrder(
        id: id, side: side, pricing: .limit(price), quantity: quantity, timeInForce: .immediateOrCancel)
    case "FOK":
      return NewOrder(id: id, side: side, pricing: .limit(price), quantity: quantity, timeInForce: .fillOrKill)
    case "MKT": return NewOrder(id: id, side: side, pricing: .market, quantity: quantity)
    default: throw error(kind, "DAY, IOC, FOK or MKT")
    }
  }

  private mutating func number(_ expected: String) throws(FlowFileError) -> Int {
    let field = field()
    let isNegative = !field.isEmpty && bytes[field.lowerBound] == UInt8(ascii: "-")
    var value = 0
    let digits = field.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty else { throw error(field, "\(expected), a whole number") }
    for index in digits {
      let digit = Int(bytes[index]) - 0x30
      guard (0...9).contains(digit) else { throw error(field, "\(expected), a whole number") }
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      // Counted down for negative numbers: there is one more of them.
      let (sum, isBeyond) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      guard !isTooLarge, !isBeyond else { throw error(field, "\(expected), from \(Int.min) to \(Int.max)") }
      value = sum
    }
    return value
  }

  /// The next field of the line; empty at its end.
  private mutating func field() -> Range<Int> {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t") { place += 1 }
    passComment()
    let start = place
    while place < bytes.count, ![0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    // A carriage return belongs to the end of a line only.
    let isLineEnd = place >= bytes.count || bytes[place] != 0x0D || place + 1 == bytes.count || bytes[place + 1] == 0x0A
    if !isLineEnd { place += 1 }
    return start..<place
  }

  private func text(_ field: Range<Int>) -> String { String(decoding: bytes[field], as: UTF8.self) }

  private func error(_ field: Range<Int>, _ expected: String) -> FlowFileError {
    let shown = text(field.prefix(40)) + (field.count > 40 ? "…" : "")
    return FlowFileError(
      file: name, line: line, column: field.lowerBound - lineStart + 1,
      found: field.isEmpty ? "the end of the line" : "\"\(shown)\"", expected: expected)
  }
}
