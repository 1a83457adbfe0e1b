import Foundation
import KISMockServer
import KISSandbox
import Logging

/// Loads a scenario again whenever its file changes; connections stay. A file with a mistake changes nothing.
struct ScenarioReload {
  let path: String
  let settings: ServeSettings
  let sandbox: Sandbox
  let logger: Logger

  private static let interval = Duration.milliseconds(300)

  func run() async {
    var seen = contents
    while !Task.isCancelled {
      try? await HostTime.sleep(for: ScenarioReload.interval)
      guard let now = contents, now != seen else { continue }
      seen = now
      await reload()
    }
  }

  func reload() async {
    do {
      let fixed = try await sandbox.adopt(settings.withScenarioReread().plan().configuration.sandbox)
      logger.info("\(path) is in force")
      for key in fixed { logger.warning("\(path): the change of `\(key)` takes a new start of kis-mock") }
    } catch {
      logger.warning("\(error); the scenario in force stays")
    }
  }

  private var contents: Data? { FileManager.default.contents(atPath: path) }
}
