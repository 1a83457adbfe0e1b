import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISWire
import ServiceLifecycle
import Terminal

/// The ready line on stdout for programs and, on stderr, what to do next for people, once the server serves.
struct Announcement: Service {
  let server: MockServer
  let certificateFile: String?

  /// - Throws: ``UnheardReadyLine`` when stdout takes no line: whoever started the server would wait for it for ever.
  func run() async throws {
    try await cancelWhenGracefulShutdown {
      do {
        let addresses = try await server.ready()
        try await StandardOutput.queue(Array((await readyLine(addresses).text + "\n").utf8))
        try await StandardOutput.drain()
        StandardError.write(await advice(addresses))
      } catch let error as StandardOutputError {
        throw UnheardReadyLine(reason: error)
      } catch is CancellationError {
        // Stopped while nobody read it.
      }
    }
  }

  private func readyLine(_ addresses: MockServer.Addresses) async -> JSONValue {
    var line: JSONObject = [
      "event": "ready", "rest": .string(addresses.rest), "ws": .string(addresses.webSocket),
      "admin": .string(addresses.admin), "pid": .number(ProcessInfo.processInfo.processIdentifier),
      "seed": .number(server.configuration.sandbox.seed),
      "market_time": .string(await server.sandbox.shownMarketTime.iso8601),
    ]
    line["admin_token"] = server.configuration.adminToken.map { .string($0) }
    return .object(line)
  }

  private func advice(_ addresses: MockServer.Addresses) async -> String {
    let recordings = server.configuration.sandbox.recordings
    let played = recordings.map { "  plays \($0.header.provenance.rawValue): \($0.header.title)\n" }
    let cut = recordings.filter(\.isTruncated).map {
      "  warning: \($0.name) ends in the middle of a line; what is whole is played\n"
    }
    let outdated = recordings.compactMap(\.outdatedIndex).map { "  warning: \($0)\n" }
    let trust = certificateFile.map { " --trust \($0)" } ?? ""
    let exposure =
      server.configuration.isLoopback
      ? ""
      : "  warning: everybody who reaches \(server.configuration.host) can use it; the admin API wants the token of the ready line\n"
    let marketTime = await server.sandbox.shownMarketTime
    return """
      kis-mock stands in for KIS at \(addresses.rest) (REST, OAuth) and \(addresses.webSocket) (WebSocket).
        in the market it is \(marketTime.spaced)
      \(played.joined())\((cut + outdated).joined())  see data: kis-mock watch --rest-url \(addresses.rest) --ws-url \(addresses.webSocket)\(trust)
      \(exposure)
      """
  }
}

/// The line that says where the server listens reached nobody, so that nobody can use it.
struct UnheardReadyLine: Error, CustomStringConvertible {
  var reason: StandardOutputError

  var description: String { "the ready line reached nobody: \(reason)" }
}
