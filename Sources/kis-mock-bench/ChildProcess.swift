import Foundation
import KISSandbox
import Synchronization

/// A child process of this same build; ended, by its id, at the latest when it is released.
final class ChildProcess {
  let pid: pid_t
  /// When it was started, on the monotonic clock.
  let started: Int64

  private let output: Int32
  private let errors: String
  private var unread: [UInt8] = []
  private var isOver = false

  /// Which program of this build.
  enum Program {
    case bench
    /// `kis-mock`, which lies beside the bench.
    case mock
  }

  /// Starts a program. What it says on stderr goes to a file of the folder, for messages.
  init(_ program: Program, _ arguments: [String], in folder: ScratchFolder) throws {
    errors = folder.path("stderr-\(UUID().uuidString).txt")
    var pipe: [Int32] = [-1, -1]
    guard Foundation.pipe(&pipe) == 0 else { throw BenchError(system: "pipe") }
    output = pipe[0]
    // The child must not inherit the reading end, nor a later child either end.
    _ = fcntl(pipe[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(pipe[1], F_SETFD, FD_CLOEXEC)
    defer { close(pipe[1]) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

    // The bench ignores these while it waits for them; its children must not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let executable = program == .bench ? Self.executable : Self.mock
    let words = ([executable] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    started = HostTime.monotonicNanoseconds
    let result = posix_spawn(&child, executable, &actions, &attributes, words + [nil], environ)
    pid = child
    guard result == 0 else {
      isOver = true
      throw BenchError("starting \(executable) failed: \(String(cString: strerror(result)))")
    }
    Self.living.withLock { _ = $0.insert(child) }
  }

  deinit {
    stop()
    close(output)
  }

  /// The next line of its stdout. Throws, with what it said on stderr, when it ends or stays silent.
  func line(within seconds: Int) throws -> String {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeSubrange(...end) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      let began = HostTime.monotonicNanoseconds
      guard read(within: seconds) else {
        let isSilent = HostTime.monotonicNanoseconds - began >= Int64(seconds) * 1_000_000_000
        stop()
        let said = (try? String(contentsOfFile: errors, encoding: .utf8))?.suffix(2_000) ?? ""
        let what = isSilent ? "gave no answer within \(seconds) s" : "ended without an answer"
        throw BenchError("the child process \(what). It said:\n\(said)")
      }
    }
  }

  /// Waits until it ends by itself, with exit code 0.
  ///
  /// - Returns: the largest resident size that it had, in bytes.
  func succeed() throws -> Int {
    while read(within: 3_600) {}
    isOver = true
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    Self.living.withLock { _ = $0.remove(pid) }
    guard status == 0 else {
      let said = (try? String(contentsOfFile: errors, encoding: .utf8))?.suffix(2_000) ?? ""
      throw BenchError("the child process failed. It said:\n\(said)")
    }
    #if canImport(Darwin)
      return Int(usage.ru_maxrss)
    #else
      return Int(usage.ru_maxrss) * 1_024
    #endif
  }

  private static let living = Mutex<Set<pid_t>>([])

  /// Asks every child that still runs to end, without waiting.
  static func stopAll() {
    for pid in living.withLock(\.self) { kill(pid, SIGTERM) }
  }

  /// Asks it to end, waits, and insists after five seconds.
  func stop() {
    guard !isOver else { return }
    isOver = true
    kill(pid, SIGTERM)
    while read(within: 5) { unread.removeAll() }
    var status: Int32 = 0
    if waitpid(pid, &status, WNOHANG) == 0 {
      kill(pid, SIGKILL)
      waitpid(pid, &status, 0)
    }
    Self.living.withLock { _ = $0.remove(pid) }
  }

  /// Reads what is there; false at the end of the stream or when nothing comes in time.
  private func read(within seconds: Int) -> Bool {
    var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, Int32(seconds * 1_000)) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(output, &buffer, buffer.count)
    guard count > 0 else { return false }
    unread += buffer[..<count]
    return true
  }

  private static var mock: String {
    URL(filePath: executable).deletingLastPathComponent().appending(path: "kis-mock").path()
  }

  /// The running program's own file, whatever the working folder and the search path.
  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
