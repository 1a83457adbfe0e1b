import NIOCore
import NIOHTTP1

/// HTTP/1.1, one connection for one request and its answer.
public struct HTTPExchange: Sendable {
  /// Whom to ask.
  public var endpoint: Endpoint
  /// Which certificates to trust, for https.
  public var trust: TLSTrust
  /// How long connecting and answering may take together.
  public var timeout: Duration
  /// How many bytes an answer's body may have.
  public var maximumBodySize: Int
  private let clock: any Clock<Duration>

  /// - Parameter clock: what the timeout is measured on.
  public init(
    _ endpoint: Endpoint, trust: TLSTrust = .system, timeout: Duration = .seconds(30),
    maximumBodySize: Int = 16 << 20, clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.endpoint = endpoint
    self.trust = trust
    self.timeout = timeout
    self.maximumBodySize = maximumBodySize
    self.clock = clock
  }

  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// - Throws: ``TransportError`` when there is no answer; `CancellationError`.
  public func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
    guard isPrintableASCII(endpoint.path + request.target) else {
      throw TransportError(.invalidURL, "the target \"\(request.target)\" has characters that must be escaped")
    }
    let what = "\(request.method) \(endpoint)\(request.target.prefix { $0 != "?" })"
    return try await withTimeout(timeout, clock: clock, doing: what) { closer in
      let channel = try await endpoint.connect(trust: trust, closer: closer) { channel in
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        return channel.eventLoop.makeSucceededFuture(
          try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(wrappingChannelSynchronously: channel))
      }.get()
      return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(contentsOf: parts(of: request))
        return try await HTTPAnswer(collecting: inbound, limit: maximumBodySize, from: what)
      }
    }
  }

  private func parts(of request: HTTPRequest) -> [HTTPClientRequestPart] {
    var head = HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: endpoint.path + request.target)
    head.headers.add(name: "Host", value: endpoint.authority)
    head.headers.add(name: "Connection", value: "close")
    for field in request.headers { head.headers.add(name: field.name, value: field.value) }
    guard let body = request.body else { return [.head(head), .end(nil)] }
    head.headers.replaceOrAdd(name: "Content-Length", value: String(body.count))
    return [.head(head), .body(.byteBuffer(ByteBuffer(bytes: body))), .end(nil)]
  }
}

extension HTTPAnswer {
  /// Reads one answer, interim ones skipped by NIO's decoder.
  init(
    collecting inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, limit: Int, from what: String
  ) async throws {
    var answer: HTTPAnswer?
    for try await part in inbound {
      switch part {
      case .head(let head):
        answer = HTTPAnswer(
          status: Int(head.status.code), headers: head.headers.map { HTTPField($0.name, $0.value) }, body: [])
      case .body(let buffer):
        guard (answer?.body.count ?? 0) + buffer.readableBytes <= limit else {
          throw TransportError(.tooLarge, "\(what): the answer is longer than \(limit) bytes")
        }
        answer?.body.append(contentsOf: buffer.readableBytesView)
      case .end:
        if let answer {
          self = answer
          return
        }
      }
    }
    throw TransportError(.connectionLost, "\(what): the connection ended before the answer did")
  }
}
