/// Connects, runs `body` with the client, and ends the connection with a close frame.
///
/// - Throws: what `body` throws; ``ClientError`` when there is no connection to be had.
public func withRealtimeClient<Result>(
  _ configuration: ClientConfiguration, tokens: TokenStore? = nil,
  _ body: (RealtimeClient) async throws -> Result
) async throws -> Result {
  let client = RealtimeClient(configuration, tokens: tokens)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await client.run() }
    do {
      let result = try await body(client)
      await client.close()
      try await group.waitForAll()
      return result
    } catch {
      await client.close()
      try? await group.waitForAll()
      throw error
    }
  }
}
