import KISWire
import Synchronization

/// What is the same in every row of an API's output, prepared when it is first answered and kept, as the catalogue keeps
/// its entries.
final class OutputPlan: Sendable {
  let record: RecordPlan
  /// Every name in lower case.
  let names: Set<String>
  /// Whether it has fields about members of the exchange.
  let tellsOfMembers: Bool
  /// Readers of fields that say where in the answer they stand, or repeat the question, by slot.
  let own: [AnswerRows.OwnReading?]
  /// The fields that are sent, by slot.
  let sent: [Int]

  private init(_ output: RESTAPI.Output, of api: RESTAPI) {
    record = RecordPlan(output.fields)
    names = Set(record.fields.map(\.lowercased))
    own = record.fields.map { AnswerRows.ownReadings[$0.lowercased] }
    tellsOfMembers = output.fields.contains(where: MemberTrading.tells)
    sent = zip(output.fields, record.slots).filter { !api.lacksOnTheWire($0.0) }.map(\.1)
  }

  private static let prepared = Mutex<[String: OutputPlan]>([:])

  /// The plan of an output of an API of the catalogue.
  static func of(_ output: RESTAPI.Output, in api: RESTAPI) -> OutputPlan {
    let key = "\(api.path) \(output.key)"
    if let known = prepared.withLock({ $0[key] }) { return known }
    let plan = OutputPlan(output, of: api)
    prepared.withLock { $0[key] = plan }
    return plan
  }
}
