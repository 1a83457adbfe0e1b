import ArgumentParser
import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISWire
import Logging
import ServiceLifecycle
import Terminal
import UnixSignals

/// `kis-mock serve`: serves a mock until it is stopped.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve recordings as KIS would: REST, OAuth and WebSocket.",
    discussion: """
      Without options it serves the bundled recordings. When, and only when, it serves, it prints one JSON line on \
      stdout that says where; everything for people goes to stderr. Stop it with Control-C or SIGTERM.

      Every option may also be given as an environment variable (KIS_MOCK_REST_PORT for --rest-port) or in the file \
      of --config; the command line wins over the environment, and that over the file.
      """)

  @OptionGroup var options: ServeOptions

  func run() async throws {
    let settings = try ServeSettings(options, environment: ProcessInfo.processInfo.environment)
    let plan = try settings.plan()
    if options.printConfig {
      for setting in settings.printed(plan) { print(setting) }
      return
    }
    var configuration = plan.configuration
    configuration.logger = StandardErrorLog.logger()
    for mistake in LayeredOptions.mistakes(in: ProcessInfo.processInfo.environment) {
      configuration.logger.warning("\(mistake)")
    }
    try OpenFileLimit.prepareToServe()
    if !configuration.isLoopback, configuration.adminToken == nil { configuration.adminToken = AdminToken.random() }
    let log = EntryLog(logger: configuration.logger)
    configuration.sandbox.onEntry = { log.write($0) }
    configuration.sandbox.onNotice = { [logger = configuration.logger] in logger.notice("\($0)") }
    let clock = configuration.sandbox.clock(plan.clock)
    let certificateFile = try settings.certificateFile()
    let server = try MockServer(configuration, clock: clock)
    if let certificateFile { try write(server.certificate, to: certificateFile) }
    let announcement = Announcement(server: server, certificateFile: certificateFile)
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: server),
          .init(
            service: announcement, successTerminationBehavior: .ignore,
            failureTerminationBehavior: .gracefullyShutdownGroup),
        ], gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
        logger: configuration.logger.quieter))
    async let service: Void = group.run()
    let reload = settings.scenario.flatMap {
      settings.watchesScenario
        ? ScenarioReload(
          path: $0.file, settings: settings, sandbox: server.sandbox, logger: configuration.logger) : nil
    }
    async let _: Void? = reload?.run()
    // A rule may end the scenario, and with it the program.
    async let _: Void = {
      await server.sandbox.waitUntilOver()
      await group.triggerGracefulShutdown()
    }()
    try await service
  }

  private func write(_ certificate: String?, to file: String) throws {
    do {
      try Data((certificate ?? "").utf8).write(to: URL(filePath: file))
    } catch {
      throw ValidationError("--tls-certificate: cannot write \(file); its folder has to exist and be writable.")
    }
  }
}

extension Logger {
  /// The same log without what libraries tell below errors.
  fileprivate var quieter: Logger {
    var logger = self
    logger.logLevel = .error
    return logger
  }
}
