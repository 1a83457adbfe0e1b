import KISMockServer
import KISSandbox
import KISScenario

/// What a command finds in its environment, so that a client needs no other change than to read it.
struct MockEnvironment {
  let variables: [String: String]

  /// Real keys in the environment are hidden from the command, so that none is sent to a mock.
  init(_ addresses: MockServer.Addresses, _ sandbox: SandboxConfiguration) {
    let apps = sandbox.scenario?.credentials.apps ?? []
    var variables = [
      "KIS_REST_URL": addresses.rest, "KIS_WS_URL": addresses.webSocket,
      "KIS_MOCK_ADMIN_URL": addresses.admin, "KIS_MOCK_SEED": String(sandbox.seed),
      // Read by our own `watch`.
      "KIS_MOCK_REST_URL": addresses.rest, "KIS_MOCK_WS_URL": addresses.webSocket,
      // Read by many clients instead of KIS_REST_URL.
      "KIS_BASE_URL": addresses.rest,
      "KIS_APP_KEY": apps.first?.key ?? "kis-mock-app-key",
      "KIS_APP_SECRET": apps.first?.secret ?? "kis-mock-app-secret",
    ]
    variables["KIS_ACCOUNT_NO"] = sandbox.scenario?.credentials.allAccounts.first
    variables["KIS_HTS_ID"] = sandbox.scenario?.credentials.allHTSIDs.first
    self.variables = variables
  }
}
