import ArgumentParser
import Foundation
import KISMockServer
import KISSandbox
import KISScenario
import KISWire
import Logging
import ServiceLifecycle
import Terminal
import UnixSignals

/// `kis-mock page`: the page over a recording that nobody plays.
struct ShowPage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Open the page on a recording.",
    discussion: """
      Prints one JSON line with the page's address on stdout, for a browser on this machine. The recording stands at its \
      beginning until somebody plays it. Control-C ends it.
      """)

  @Argument(help: ArgumentHelp("The recordings to look at, on one time line.", valueName: "recording"))
  var recordings: [String]

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "port"))
  var port = 0

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port: expected a number from 0 to 65535, found \(port).")
    }
  }

  func run() async throws {
    let written: [Setting: [String]] = [
      .recording: recordings, .paused: ["true"], .restPort: [String(port)], .wsPort: ["0"], .onlyRecorded: ["true"],
    ]
    var configuration = try ServerPlan(scenario: nil, written: written, library: ScenarioLibrary()).configuration
    configuration.logger = StandardErrorLog.logger(.warning)
    let server = try MockServer(configuration, clock: RealClock())
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: server),
          .init(
            service: PageAnnouncement(server: server), successTerminationBehavior: .ignore,
            failureTerminationBehavior: .gracefullyShutdownGroup),
        ], gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: configuration.logger))
    try await group.run()
  }
}

/// The line that says where the page is, once it is there.
private struct PageAnnouncement: Service {
  let server: MockServer

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      do {
        let addresses = try await server.ready()
        let line: JSONValue = ["event": "page", "url": .string(addresses.admin)]
        try await StandardOutput.queue(Array((line.text + "\n").utf8))
        try await StandardOutput.drain()
        StandardError.write("the page: \(addresses.admin)\n")
      } catch let error as StandardOutputError {
        throw UnheardReadyLine(reason: error)
      } catch is CancellationError {
        // Stopped while nobody read it.
      }
    }
  }
}
