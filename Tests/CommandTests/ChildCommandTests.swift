import Foundation
import Testing

@testable import kis_mock

@Suite("A command of kis-mock run")
struct ChildCommandTests {
  @Test("ends with its own exit code, and with 128 and the number of a signal", arguments: [("3", 3), ("TERM", 143)])
  func ending(how: String, code: Int32) async throws {
    let script = Int(how) == nil ? "kill -\(how) $$; exit 0" : "exit \(how)"
    let ending = try await ChildCommand(words: ["sh", "-c", script], environment: [:]).run()
    #expect(ending.code == code)
    #expect(!ending.wasInterrupted)
  }

  @Test("is over when it is, whatever it left running", .timeLimit(.minutes(10)))
  func leftovers() async throws {
    let script = "sleep 600 >/dev/null 2>&1 & echo $! >\"$LEFT\"; exit 4"
    let left = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: left) }
    let ending = try await ChildCommand(words: ["sh", "-c", script], environment: ["LEFT": left.path]).run()
    #expect(ending.code == 4)
    let pid = try #require(pid_t(String(contentsOf: left, encoding: .utf8).filter(\.isNumber)))
    #expect(kill(pid, SIGTERM) == 0)
  }

  @Test("finds what it is given in its environment")
  func environment() async throws {
    let command = ChildCommand(words: ["sh", "-c", "exit $CODE"], environment: ["CODE": "7"])
    #expect(try await command.run().code == 7)
  }

  @Test("is told to be missing before anything is started")
  func missing() async throws {
    let command = ChildCommand(words: ["no-such-command"], environment: [:])
    await #expect(performing: { _ = try await command.run() }, throws: { "\($0)".contains("`no-such-command`") })
  }

  @Test("is asked to end when its time is over, before it is killed")
  func limit() async throws {
    let ending = try await ChildCommand(words: ["sleep", "600"], environment: [:]).run(atMost: .milliseconds(1))
    #expect(ending.timedOut)
    #expect(ending.code == 128 + SIGTERM)
  }
}
