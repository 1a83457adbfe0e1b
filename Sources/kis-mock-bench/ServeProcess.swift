import KISSandbox
import KISWire

/// The mock under test: `kis-mock serve` in a process of its own.
struct ServeProcess {
  let process: ChildProcess
  let restPort: Int
  let webSocketPort: Int
  /// Nanoseconds from starting the process to its ready line.
  let startup: Int64

  /// Serves a recording on free ports and waits for the ready line.
  init(_ recording: String?, _ options: [String] = [], in folder: ScratchFolder) throws {
    let ports = ["--rest-port", "0", "--ws-port", "0"]
    process = try ChildProcess(
      .mock, ["serve"] + [recording].compactMap(\.self) + ports + options, in: folder)
    let line = try process.line(within: 20)
    startup = HostTime.monotonicNanoseconds - process.started
    let ready = try JSONValue(parsing: line)
    guard let rest = Self.port(ready["rest"]), let webSocket = Self.port(ready["ws"]) else {
      throw BenchError("expected a ready line with the URLs rest and ws, found \(line)")
    }
    restPort = rest
    webSocketPort = webSocket
  }

  func stop() { process.stop() }

  /// Asks the admin API.
  func admin(_ method: String, _ path: String, body: JSONValue? = nil) async throws -> JSONValue {
    try await MockRequest.json(method, "/__admin/\(path)", port: restPort, body: body)
  }

  private static func port(_ url: JSONValue?) -> Int? {
    url?.string?.split(separator: ":").last.flatMap { Int($0) }
  }
}
