import Foundation
import KISSandbox
import KISScenario
import KISWire

/// `/recordings`: what a sandbox says and hears, written down.
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

  func recordingSnapshot() async throws -> [UInt8] {
    let last = query["last"]?.string.flatMap { Duration(written: $0) } ?? .seconds(60)
    return try await sandbox.recordingSnapshot(last: last)
  }
}
