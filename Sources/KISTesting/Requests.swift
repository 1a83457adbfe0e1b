@_exported public import KISMockServer

extension RunningMockServer {
  /// What clients asked of the default sandbox at a path, in the order in which it came.
  ///
  ///     #expect(await mock.requests(to: "/oauth2/tokenP").count == 1)
  ///
  /// - Parameter path: the path without its query; `*` stands for any characters.
  public func requests(to path: String) async -> [ObservedRequest] {
    let pattern = TextPattern([path])
    return await sandbox.currentJournal().entries.compactMap { entry in
      guard case .request(let request, _) = entry.content, pattern.matches(request.path) else { return nil }
      return request
    }
  }
}
