import HummingbirdCore
import KISSandbox
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// One bound port. All listeners answer the same: REST, admin and the WebSocket upgrade.
struct Listener {
  enum Role: Hashable {
    case rest
    case webSocket
  }

  let server: MockServer
  let port: Int
  let role: Role

  func run() async throws {
    let configuration = server.configuration

    let responder = RESTResponder(
      directory: server.directory, bodyLimit: configuration.maximumBodySize, logger: configuration.logger)
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
        directory: server.directory, maximumMessageSize: configuration.maximumMessageSize, logger: configuration.logger),
      maximumMessageSize: configuration.maximumMessageSize)
    let http = channel.server(
      configuration: ServerConfiguration(address: .hostname(configuration.host, port: port), serverName: nil),
      onServerRunning: { channel in server.bound(role, port: channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: configuration.logger.quieter)
    do {
      try await withGracefulShutdownHandler {
        try await http.run()
      } onGracefulShutdown: {
        Task { await server.endSessions() }
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw MockServerError(
        description: "port \(port) on \(configuration.host) is taken by another process; "
          + "choose another with --\(role == .rest ? "rest" : "ws")-port, or 0 for a free one")
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
