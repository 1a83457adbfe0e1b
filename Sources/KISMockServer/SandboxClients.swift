/// Which clients belong to a sandbox.
public struct SandboxClients: Sendable, Hashable {
  /// Clients that come with one of these.
  public var appKeys: Set<String>
  /// Clients that connect to this port, REST and WebSocket alike; 0 takes a free one, nil none of its own.
  public var port: Int?

  /// Clients that have one of these app keys, or connect to this port.
  public init(appKeys: Set<String> = [], port: Int? = nil) {
    self.appKeys = appKeys
    self.port = port
  }

  /// Clients that come with one of some app keys.
  public static func appKeys(_ keys: Set<String>) -> SandboxClients { SandboxClients(appKeys: keys) }

  /// Clients that connect to a port of the sandbox's own; 0 takes a free one.
  public static func port(_ port: Int) -> SandboxClients { SandboxClients(port: port) }
}

/// Why a sandbox was not created or deleted.
public struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence: which sandbox, and why.
  public let description: String
}
