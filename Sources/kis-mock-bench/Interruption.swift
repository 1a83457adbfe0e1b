import Dispatch
import Foundation

/// Cleans up when a benchmark is interrupted: SIGINT or SIGTERM ends the children, removes the generated files and
/// exits with code 130.
final class Interruption {
  private let sources: [any DispatchSourceSignal]

  init(removing folder: ScratchFolder) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak folder] in
        ChildProcess.stopAll()
        folder?.remove()
        exit(130)
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
