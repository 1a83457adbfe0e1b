import KISRecording
import KISWire
import Synchronization

/// Sends recorded frames in the layouts of another day, or as those of another day: values move by name, new ones appear,
/// old ones go, dates are shifted.
final class LayoutTranslation: Sendable {
  let target: Dialect
  private let source: Dialect
  private let routes: RouteTable
  private let shift: DateShift?
  /// What differs of each TR, found at its first frame; nil for those that are sent as they are recorded.
  private let changes = Mutex<[TransactionID: Change?]>([:])

  private struct Change: Sendable {
    let from: Layout
    /// The TR as which it is sent: notices of the other venue have another id.
    let transactionID: TransactionID
    let columns: [Column]
  }

  /// A value as it is sent.
  private struct Column: Sendable {
    let name: String
    /// Which recorded value it is; nil for one that was not recorded.
    let origin: Int?
    /// Whether it is a date that is shown as another.
    let isDated: Bool
  }

  /// Nil when the recordings are in the target's layouts already and shown as their own day.
  init?(_ recordings: [FramedRecording], to target: Dialect?, shift: DateShift? = nil) {
    guard let recording = recordings.first,
      let source = try? Dialect(day: recording.header.dialectDay, venue: recording.header.venue),
      shift != nil || target.map({ $0 != source }) ?? false
    else { return nil }
    self.target = target ?? source
    self.source = source
    self.shift = shift
    routes = recording.routes
  }

  /// The same messages in the target's layouts; nil when nothing about them differs.
  func translated(_ due: Playhead.Due) -> Playhead.Due? {
    guard due.messages.contains(where: { due.batch.withText(of: $0, isConcerned) }) else { return nil }
    var isChanged = false
    var builder = FrameBatchBuilder(routes: routes)
    for index in due.messages {
      let text = due.batch.text(of: index)
      let translated = translated(text)
      if translated != nil { isChanged = true }
      let message = due.batch.messages[index]
      (translated ?? text).withUnsafeBytes { builder.append($0, on: message.route, at: message.offset) }
    }
    guard isChanged, let batch = builder.finish() else { return nil }
    return Playhead.Due(batch: batch, messages: 0..<batch.messages.count, closing: due.closing, position: due.position)
  }

  /// A frame in the target's layout; nil when it is in it already, or is not one that the layouts know.
  func translated(_ text: [UInt8]) -> [UInt8]? {
    guard let frame = try? Frame(parsing: text), let change = change(of: frame.transactionID) else { return nil }
    let from = change.from
    // Recorded notices say that they are encrypted, and are not yet.
    let plain = Frame(frame.transactionID, count: frame.count, payload: frame.bytes[frame.payloadStart...])
    guard let records = try? plain.records() else { return nil }
    // An actual width that is not the source layout's is a fact of the recording, and left alone; its days move.
    guard records.width == from.width else { return shift.flatMap { moved(frame, records, from, by: $0) } }
    let translated = records.map { record in
      change.columns.map { column in
        let value = column.origin.map { record[$0] } ?? LayoutTranslation.newValue(column.name, of: record, in: from)
        return column.isDated ? shift?.shown(value, of: column.name) ?? value : value
      }
    }
    let payload = Frame(change.transactionID, records: translated).payload
    return Frame(change.transactionID, flag: frame.flag, count: frame.count, payload: payload).bytes
  }

  /// Whether a message is a frame of a TR of which something differs.
  private func isConcerned(_ text: UnsafeRawBufferPointer) -> Bool {
    // `0|H0UPPGM0|…`
    guard text.dropFirst().first == UInt8(ascii: "|") else { return false }
    let id = text.dropFirst(2).prefix(16).prefix { $0 != UInt8(ascii: "|") }
    return change(of: TransactionID(String(decoding: id, as: UTF8.self))) != nil
  }

  private func change(of id: TransactionID) -> Change? {
    changes.withLock { changes in
      if let known = changes[id] { return known }
      let (from, to) = (source.layout(of: id), target.layout(of: id))
      let columns = to.fields.map { name in
        Column(name: name, origin: from.index(of: name), isDated: shift != nil && DateShift.isDate(name))
      }
      let differs = from != to || columns.contains(where: \.isDated)
      let change =
        differs && !columns.isEmpty ? Change(from: from, transactionID: to.transactionID, columns: columns) : nil
      changes.updateValue(change, forKey: id)
      return change
    }
  }

  /// A frame of another width than its layout's, its days moved: fields keep their places in all layouts that are known.
  private func moved(_ frame: Frame, _ records: FrameRecords, _ layout: Layout, by shift: DateShift) -> [UInt8]? {
    let shown = records.map { record in
      (0..<records.width).map { index in
        index < layout.width ? shift.shown(record[index], of: layout.fields[index]) : record[index]
      }
    }
    let payload = Frame(frame.transactionID, records: shown).payload
    return Frame(frame.transactionID, flag: frame.flag, count: frame.count, payload: payload).bytes
  }

  /// What a value that was not recorded is: MARKET_CLS_CODE (1 before the open, 2 regular, 3 after market, 5 close;
  /// PROTOCOL section 8) follows from the time; slot 19 of old notices was the name, on vts it is two flags run together
  /// (quirks 65 and 66). Anything else is empty.
  private static func newValue(_ name: String, of record: RecordValues, in layout: Layout) -> String {
    let origins = ["CNTG_ISNM": ["CNTG_ISNM40"], "ORD_EXG_GB_POPUP_YN": ["ORD_EXG_GB", "POPUP_YN"]]
    if let origins = origins[name] {
      return origins.map { layout.index(of: $0).map { record[$0] } ?? "" }.joined()
    }
    guard name == "MARKET_CLS_CODE",
      let hour = layout.index(of: "STCK_CNTG_HOUR") ?? layout.index(of: "BSOP_HOUR"), let time = Int(record[hour])
    else { return "" }
    return switch time {
    case ..<90_000: "1"
    case ..<153_000: "2"
    case ..<160_000: "5"
    default: "3"
    }
  }
}
