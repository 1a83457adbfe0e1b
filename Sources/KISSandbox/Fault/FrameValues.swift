import KISScenario
import KISWire

/// The values of a frame, by record, for faults that change them.
struct FrameValues {
  private let id: TransactionID
  private let flag: FrameFlag
  private var count: Int
  private var records: [[[UInt8]]]

  private static let mostRecords = 999

  /// Splits a readable payload; one that cannot be shared out evenly counts as one record.
  init(_ frame: Frame) {
    id = frame.transactionID
    flag = frame.flag
    count = frame.count
    let values = frame.payload.split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false).map(Array.init)
    let width = count > 0 && values.count % count == 0 ? values.count / count : values.count
    records = stride(from: 0, to: values.count, by: width).map { Array(values[$0..<min($0 + width, values.count)]) }
  }

  /// The frame with its values as they are now; the payload of a notice is still readable.
  var frame: Frame {
    Frame(id, flag: flag, count: count, payload: Array(records.joined().joined(separator: [UInt8(ascii: "^")])))
  }

  mutating func apply(_ fault: FrameValuesFault, using generator: inout SeededGenerator) {
    switch fault {
    case .countTooHigh(let extra): count = min(count + extra, FrameValues.mostRecords)
    case .extra(let values): eachRecord { $0 += Array(repeating: [UInt8(ascii: "0")], count: min(values, 1000)) }
    case .missing(let values): eachRecord { $0.removeLast(min(values, max($0.count - 1, 0))) }
    case .key(let key): eachRecord { if !$0.isEmpty { $0[0] = Array(key.utf8) } }
    case .null(let values): setNull(in: values, using: &generator)
    case .oversize(let bytes): grow(to: bytes)
    }
  }

  private mutating func eachRecord(_ change: (inout [[UInt8]]) -> Void) {
    for index in records.indices { change(&records[index]) }
  }

  /// The key in front stays, since clients find their way by it.
  private mutating func setNull(in values: Int, using generator: inout SeededGenerator) {
    for index in records.indices where records[index].count > 1 {
      for _ in 0..<min(values, records[index].count) {
        records[index][Int.random(in: 1..<records[index].count, using: &generator)] = Array("(null)".utf8)
      }
    }
  }

  /// Repeats the records as far as the count has digits for them, then lengthens the last value with blanks.
  private mutating func grow(to bytes: Int) {
    let once = records
    let size = max(frame.payload.count + 1, 1)
    let copies = min(bytes / size + 1, FrameValues.mostRecords / max(once.count, 1))
    for _ in 1..<max(copies, 1) { records += once }
    count = min(count * max(copies, 1), FrameValues.mostRecords)
    let missing = bytes - frame.bytes.count
    if missing > 0, let last = records.indices.last, let end = records[last].indices.last {
      records[last][end] += Array(repeating: UInt8(ascii: " "), count: missing)
    }
  }
}
