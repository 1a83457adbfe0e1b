import ArgumentParser
import KISSandbox
import KISWire

/// `kis-mock-bench proxy`: what `kis-mock record` costs the clients behind it.
struct Proxying: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "proxy", abstract: "The recording proxy against a direct connection: latency, frames a second, memory."
  )

  @OptionGroup var options: BenchOptions

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "proxy")
    let upstream = try WebSocketUpstream()
    let proxy = try RecordProcess(before: upstream.port, in: run.folder)
    defer { proxy.process.stop() }
    try measureLatency(upstream, proxy, run, &report)
    try measureRate(upstream, proxy, run, &report)
    report.notes.append("Placeholders take the place of secrets, as they do unless told otherwise.")
    return report
  }

  /// A frame's way from upstream to client, by turns through the proxy and directly.
  private static func measureLatency(
    _ upstream: WebSocketUpstream, _ proxy: RecordProcess, _ run: BenchRun, _ report: inout BenchReport
  ) throws {
    run.progress("proxy, latency")
    let links = try [upstream.port, proxy.webSocketPort].map {
      try WebSocketLink(port: $0, path: WebSocketUpstream.clockPath)
    }
    var oneWay: [[Double]] = [[], []]
    var there: [[Double]] = [[], []]
    for round in 0..<run.size(5_000, quick: 500) {
      for (index, link) in links.enumerated() {
        let sent = HostTime.monotonicNanoseconds
        try link.send(#"{"header":{"tr_id":"PINGPONG","datetime":"\#(round)"}}"#)
        let message = try WebSocketLink.message(from: link.socket)
        let now = HostTime.monotonicNanoseconds
        let values = String(decoding: message.prefix(64), as: UTF8.self).split(separator: "^")
        guard values.count > 2, let stamp = Int64(values[2]) else { throw BenchError("a frame came without its time") }
        oneWay[index].append(Double(now - stamp) / 1e3)
        there[index].append(Double(now - sent) / 1e3)
      }
    }
    report.rows.append(
      BenchRow(
        name: "added to a frame, p50", figure: BenchFigure("added", oneWay[1].median - oneWay[0].median, "µs"),
        target: .atMost(150),
        parts: [BenchFigure("proxy", oneWay[1].median, "µs"), BenchFigure("direct", oneWay[0].median, "µs")]))
    report.rows.append(
      BenchRow(
        name: "added there and back, p50", figure: BenchFigure("added", there[1].median - there[0].median, "µs"),
        parts: [BenchFigure("proxy", there[1].median, "µs"), BenchFigure("direct", there[0].median, "µs")]))
  }

  private static func measureRate(
    _ upstream: WebSocketUpstream, _ proxy: RecordProcess, _ run: BenchRun, _ report: inout BenchReport
  ) throws {
    let frames = run.size(1_000_000, quick: 100_000)
    run.progress("proxy, \(frames) frames")
    let direct = try rate(of: frames, port: upstream.port)
    // What the first connection needs is no growth.
    _ = try rate(of: 20_000, port: proxy.webSocketPort)
    let before = ProcessMemory(of: proxy.process.pid)
    let through = try rate(of: frames, port: proxy.webSocketPort)
    report.rows.append(
      BenchRow(
        name: "frames recorded", figure: BenchFigure("proxy", through, "frames/s"), target: .atLeast(100_000),
        parts: [BenchFigure("direct", direct, "frames/s")]))
    guard let before, let after = ProcessMemory(of: proxy.process.pid) else {
      report.notes.append("growth: this system has no /proc")
      return
    }
    report.rows.append(
      BenchRow(
        name: "growth over \(frames) frames",
        figure: BenchFigure("growth", (after.resident - before.resident).megabytes, "MB"), target: .atMost(8),
        parts: [BenchFigure("now", after.resident.megabytes, "MB"), BenchFigure("peak", after.peak.megabytes, "MB")]))
  }

  private static func rate(of frames: Int, port: Int) throws -> Double {
    let link = try WebSocketLink(port: port, path: WebSocketUpstream.floodPath(frames))
    let started = HostTime.monotonicNanoseconds
    var left = BenchRecording(content: .programTrading, frames: 1, interval: 1).framed(0..<1).count * frames
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1_024, alignment: 64)
    defer { buffer.deallocate() }
    while left > 0 {
      let count = try link.socket.receive(into: buffer)
      guard count > 0 else { throw BenchError("the connection ended \(left) bytes too early") }
      left -= count
    }
    let took = HostTime.monotonicNanoseconds - started
    try link.send("enough")
    return Double(frames) / (Double(took) / 1e9)
  }
}

/// `kis-mock record` in a process of its own.
struct RecordProcess {
  let process: ChildProcess
  let webSocketPort: Int

  init(before port: Int, in folder: ScratchFolder) throws {
    process = try ChildProcess(
      .mock,
      [
        "record", "--output", folder.path("recorded.jsonl"), "--force", "--upstream-rest", "http://127.0.0.1:\(port)",
        "--upstream-ws", "ws://127.0.0.1:\(port)", "--rest-port", "0", "--ws-port", "0",
      ], in: folder)
    let line = try process.line(within: 20)
    guard let url = try JSONValue(parsing: line)["ws"]?.string,
      let port = url.split(separator: ":").last.flatMap({ Int($0) })
    else { throw BenchError("expected a ready line with the URL ws, found \(line)") }
    webSocketPort = port
  }
}
