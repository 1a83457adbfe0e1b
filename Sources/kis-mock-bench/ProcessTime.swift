import Foundation

/// How long a process has kept processors busy, as the kernel accounts for it (`/proc/PID/stat`, proc(5)).
struct ProcessTime {
  /// In user code and in the kernel on its behalf.
  let seconds: Double

  /// How long the calling thread has kept a processor busy, in nanoseconds, whoever else had it meanwhile.
  static var threadNanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// This process.
  static var own: Int32 { getpid() }

  /// Nil on systems that have no `/proc`.
  init?(of pid: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
    self.init(stat: text, ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Reads the text of a stat file; nil when it is none.
  init?(stat text: String, ticksPerSecond: Double) {
    // The second field is the program's name in parentheses, which may hold anything.
    guard let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
    seconds = (user + system) / ticksPerSecond
  }
}
