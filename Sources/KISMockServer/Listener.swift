import HummingbirdCore
import KISSandbox
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// One bound port. All listeners answer the same: REST, admin and the WebSocket upgrade.
struct Listener: Service {
  enum Role: Hashable {
    case rest
    case webSocket
  }

  /// Whose it is.
  enum Owner {
    case server(Role)
    /// One sandbox: whoever comes in here is in it.
    case sandbox(SandboxResidence)
  }

  let server: MockServer
  let port: Int
  let owner: Owner

  func run() async throws {
    let configuration = server.configuration

    let responder = RESTResponder(
      directory: server.sandboxes, bodyLimit: configuration.maximumBodySize, logger: configuration.logger)
    let admin = AdminResponder(server: server)
    let channel = UpgradableHTTPChannel(
      responder: { request, writer, channel in
        let response: Response?
        if AdminResponder.owns(path: request.uri.path) {
          response = await admin.answer(request, on: channel)
        } else {
          response = try await responder.answer(request, on: channel)
        }
        guard let response else { return }
        try await writer.write(response: response.head, body: response.body)
      },
      sessions: SessionHandler(
        directory: server.sandboxes, maximumMessageSize: configuration.maximumMessageSize, logger: configuration.logger),
      maximumMessageSize: configuration.maximumMessageSize, tls: server.tls)
    let http = channel.server(
      configuration: ServerConfiguration(address: .hostname(configuration.host, port: port), serverName: nil),
      onServerRunning: { channel in bound(to: channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: configuration.logger.quieter)
    do {
      try await withGracefulShutdownHandler {
        try await http.run()
      } onGracefulShutdown: {
        Task { await endSessions() }
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw MockServerError(
        description: "port \(port) on \(configuration.host) is taken by another process; choose another\(option), "
          + "or 0 for a free one")
    }
  }

  private func bound(to port: Int) {
    switch owner {
    case .server(let role): server.bound(role, to: port)
    case .sandbox(let residence): residence.bound(to: port)
    }
  }

  private func endSessions() async {
    switch owner {
    case .server: await server.endSessions()
    case .sandbox(let residence): await residence.endSessions()
    }
  }

  /// The option of `serve` that sets its port.
  private var option: String {
    switch owner {
    case .server(.rest): " with --rest-port"
    case .server(.webSocket): " with --ws-port"
    case .sandbox: ""
    }
  }
}

extension Logger {
  /// The same place, for a library whose chatter is not for users.
  var quieter: Logger {
    var logger = self
    logger.logLevel = max(logLevel, .warning)
    return logger
  }
}
