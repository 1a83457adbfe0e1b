import HTTPTypes
import HummingbirdCore
import KISFrontDoor
import KISSandbox
import KISWire
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

  /// Which sandbox its clients belong to.
  enum Owner {
    case server(Role)
    /// One sandbox: all clients of this port belong to it.
    case sandbox(HostedSandbox)
  }

  let server: MockServer
  let port: Int
  let owner: Owner

  func run() async throws {
    let configuration = server.configuration
    let farewell = eventLoops.any().makePromise(of: Void.self)

    let cutting = CutConnections()
    let responder = RESTResponder(
      directory: server.sandboxes, cutting: cutting, bodyLimit: configuration.maximumBodySize,
      logger: configuration.logger)
    let admin = AdminResponder(server: server)
    let door = AdminDoor(configuration)
    let crossOrigin = CrossOrigin(door: door)
    let sessions = SessionHandler(
      directory: server.sandboxes, door: door, cutting: cutting, maximumMessageSize: configuration.maximumMessageSize,
      logger: configuration.logger)
    let frontDoor = FrontDoor(
      host: sessions,
      limits: FrontDoorLimits(
        messageSize: configuration.maximumMessageSize, bodySize: configuration.maximumBodySize,
        requestTime: .nanoseconds(configuration.requestTime.nanoseconds), isStrict: configuration.isStrict),
      tls: server.tls, farewell: farewell.futureResult,
      responder: { request, writer, channel in
        let answered: RESTResponder.Answered?
        if let preflight = crossOrigin.preflight(request) {
          answered = RESTResponder.Answered(response: preflight)
        } else if AdminResponder.owns(path: request.uri.path) {
          answered = RESTResponder.Answered(response: try await admin.answer(request, on: channel))
        } else {
          answered = try await responder.answer(request, on: channel)
        }
        guard var answered else { return }
        crossOrigin.share(&answered.response, with: request)
        do {
          try await writer.write(
            response: answered.response.head,
            body: request.method == .head ? ResponseBody() : answered.response.body)
        } catch {
          await answered.neverSent()
          throw error
        }
      })
    let http = frontDoor.server(
      configuration: ServerConfiguration(address: .hostname(configuration.host, port: port), serverName: nil),
      onServerRunning: { channel in
        // It may be closed already, when the server stops as soon as it has started.
        try? await channel.eventLoop.submit {
          let shortage = DescriptorShortage(logger: configuration.logger)
          try channel.pipeline.syncOperations.addHandler(shortage, position: .first)
        }.get()
        bound(to: channel.localAddress?.port ?? port)
      },
      eventLoopGroup: eventLoops, logger: configuration.logger.quieter)
    do {
      async let _: Void = windDownWithServer(farewell)
      try await http.run()
    } catch let error as IOError {
      throw MockServerError(error, on: configuration.host, port: port, option: option)
    } catch is SocketAddressError.UnknownHost {
      throw MockServerError(noAddress: configuration.host)
    }
  }

  /// Loops for WebSockets, made once for the process. On the loops of REST, whose connections take every other turn,
  /// clients that make one call before each WebSocket would crowd all those on every second loop.
  private static let webSocketLoops = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)

  private var eventLoops: MultiThreadedEventLoopGroup {
    switch owner {
    case .server(.rest): .singleton
    case .server(.webSocket), .sandbox: Listener.webSocketLoops
    }
  }

  private func bound(to port: Int) {
    switch owner {
    case .server(let role): server.bound(role, to: port)
    case .sandbox(let hosted): hosted.bound(to: port)
    }
  }

  /// Closes sessions with 1001 when the server begins to stop.
  private func windDownWithServer(_ farewell: EventLoopPromise<Void>) async {
    defer { farewell.succeed() }
    guard (try? await gracefulShutdown()) != nil else { return }
    await windDown()
  }

  private func windDown() async {
    switch owner {
    case .server: await server.windDown()
    case .sandbox(let hosted): await hosted.windDown()
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

extension MockServerError {
  /// Why a port cannot be listened on.
  fileprivate init(_ error: IOError, on host: String, port: Int, option: String) {
    let reason =
      switch error.errnoCode {
      case EADDRINUSE: "is taken by another process; choose another\(option), or 0 for a free one"
      case EACCES: "is for the system's own services; choose one from 1024 on\(option)"
      default: "cannot be listened on: \(error)"
      }
    self.init(
      description: error.errnoCode == EADDRNOTAVAIL
        ? MockServerError(noAddress: host).description : "port \(port) on \(host) \(reason)")
  }

  fileprivate init(noAddress host: String) {
    self.init(
      description: "`\(host)` is no address of this machine; --host takes one, such as 127.0.0.1, or 0.0.0.0 for all")
  }
}

extension Logger {
  /// The same log without what libraries tell below warnings.
  var quieter: Logger {
    var logger = self
    logger.logLevel = max(logLevel, .warning)
    return logger
  }
}
