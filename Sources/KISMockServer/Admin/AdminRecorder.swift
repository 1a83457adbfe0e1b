import Foundation
import HTTPTypes
import KISSandbox
import KISScenario
import KISWire

/// `/recordings`: records what a sandbox sends and receives.
extension AdminCall {
  func recordingStatus() async -> JSONValue {
    let recorded = await sandbox.recordingUnderWay
    return [
      "recording": .bool(recorded != nil), "file": recorded.map { .string($0.path) } ?? .null,
      "bytes": recorded.map { .number($0.bytes) } ?? .null,
    ]
  }

  func startRecording() async throws -> JSONValue {
    let file = body["file"]?.string ?? ""
    guard file.hasSuffix(".jsonl") else {
      throw AdminError.badRequest(
        "`file`: expected the name of a recording, which ends with .jsonl, found \(file.prefix(80))",
        hint: #"{"file":"session.jsonl"}"#)
    }
    try await sandbox.startRecording(to: file)
    return await recordingStatus()
  }

  func stopRecording() async throws -> JSONValue {
    guard let recorded = try await sandbox.stopRecording() else {
      throw AdminError(
        status: 409, message: "nothing is being recorded",
        hint: #"POST /__admin/recordings/start {"file":"session.jsonl"}"#)
    }
    return ["recording": false, "file": .string(recorded.path), "bytes": .number(recorded.bytes)]
  }

  func recordingSnapshot() async throws -> AdminAnswer {
    let last = query["last"]?.string.flatMap { Duration(written: $0) } ?? .seconds(60)
    func nanoseconds(_ name: String) -> Duration? { query[name]?.int.map { .nanoseconds(Int64($0)) } }
    let now = sandbox.clock.now
    let (from, to) = (nanoseconds("from_ns") ?? max(.zero, now - last), nanoseconds("to_ns") ?? now)
    guard from <= to else {
      throw AdminError.badRequest(
        "`from_ns` (\(from.nanoseconds)) has to be before `to_ns` (\(to.nanoseconds))")
    }
    let snapshot = try await sandbox.recordingSnapshot(from: from, through: to)
    var answer = AdminAnswer.recording(snapshot.bytes)
    if let name = HTTPField.Name("Kis-Mock-Complete") { answer.headers[name] = "\(snapshot.isComplete)" }
    return answer
  }
}
