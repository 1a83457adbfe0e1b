extension Sandbox {
  /// Makes the sandbox as it was at its start: no sessions, no tokens, no keys, the replay at its beginning and waiting
  /// for its first client, the clock running. Sessions get a close frame (1012, service restart).
  ///
  /// - Throws: ``RecordingError`` when a recording cannot be read again.
  public func reset() throws {
    endSessions(.closeFrame(code: 1012, reason: "the sandbox was reset"))
    credentials = IssuedCredentials(allowed: configuration.appKeys, generator: generator.fork("credentials"))
    callRates = CallRates()
    slots = [:]
    playheads = [:]
    streams = [:]
    if configuration.playhead == .shared { playheads[.everybody] = try Sandbox.playhead(configuration) }
    isOver = false
    chances = generator.fork("chances")
    resetJournal()
    loadScenario()
    unfreezeClock()
  }
}
