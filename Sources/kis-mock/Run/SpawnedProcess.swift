import Foundation

/// A process of a program, with our input and outputs. It ends when the program does, whatever that left running:
/// `Foundation.Process` waits for those too.
struct SpawnedProcess: Sendable {
  let identifier: pid_t

  /// - Parameter isQuiet: whether what it writes to stdout and stderr goes nowhere.
  /// - Throws: `POSIXError` when it cannot be started.
  init(_ path: String, arguments: [String], environment: [String: String], isQuiet: Bool = false) throws {
    var actions = SpawnedProcess.noActions
    var attributes = SpawnedProcess.noAttributes
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    // The program must not inherit our sockets.
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
      for descriptor in STDIN_FILENO...STDERR_FILENO { posix_spawn_file_actions_addinherit_np(&actions, descriptor) }
    #else
      for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
        guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
        posix_spawn_file_actions_addclose(&actions, descriptor)
      }
    #endif
    if isQuiet {
      for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
      }
    }
    // The threads of Swift's pool have signals blocked, and we trap some: neither is to be inherited, or nobody could
    // end the program and what it starts.
    var blocked = sigset_t()
    var untrapped = sigset_t()
    sigemptyset(&blocked)
    sigemptyset(&untrapped)
    for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&untrapped, number) }
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &untrapped)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // Who started us may ignore it, and we with them: the system forgets then how what we start ends.
    signal(SIGCHLD, SIG_DFL)

    let words = arguments.map { strdup($0) }
    let variables = environment.map { strdup("\($0)=\($1)") }
    defer { for text in words + variables { free(text) } }
    var identifier = pid_t()
    let error = posix_spawn(&identifier, path, &actions, &attributes, words + [nil], variables + [nil])
    if error != 0 { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL) }
    self.identifier = identifier
  }

  /// Waits for its end. To be called once.
  /// - Returns: its exit code; 128 and the signal's number when a signal ended it, as shells say it.
  /// - Throws: `POSIXError` when the system no longer knows.
  func ending() async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        var status: Int32 = 0
        var found: pid_t
        repeat { found = waitpid(identifier, &status, 0) } while found < 0 && errno == EINTR
        guard found == identifier else {
          continuation.resume(throwing: POSIXError(POSIXErrorCode(rawValue: errno) ?? .ECHILD))
          return
        }
        let signal = status & 0x7F
        continuation.resume(returning: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
      }
    }
  }

  #if canImport(Darwin)
    private static var noActions: posix_spawn_file_actions_t? { nil }
    private static var noAttributes: posix_spawnattr_t? { nil }
  #else
    private static var noActions: posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
    private static var noAttributes: posix_spawnattr_t { posix_spawnattr_t() }
  #endif
}
