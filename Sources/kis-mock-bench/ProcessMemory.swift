import Foundation

/// Resident memory of a process as the kernel accounts for it, in bytes (`/proc/PID/status`, proc(5)).
struct ProcessMemory {
  /// All resident pages, those of the program's own file and of libraries included.
  let resident: Int
  /// Resident pages that only this process has.
  let anonymous: Int
  /// The largest resident size so far.
  let peak: Int

  /// Nil on systems that have no `/proc`.
  init?(of pid: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return nil }
    self.init(status: text)
  }

  /// Reads the text of a status file; nil when a figure is missing.
  init?(status text: String) {
    func bytes(_ name: String) -> Int? {
      let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1_024 }
    }
    guard let resident = bytes("VmRSS"), let anonymous = bytes("RssAnon"), let peak = bytes("VmHWM") else { return nil }
    self.resident = resident
    self.anonymous = anonymous
    self.peak = peak
  }
}
