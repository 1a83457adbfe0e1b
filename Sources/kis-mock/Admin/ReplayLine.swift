import KISWire

/// Where a replay stands, in one line: `paused at 10:30:00, speed 60, 8 messages released`.
struct ReplayLine: CustomStringConvertible {
  let description: String

  /// - Parameter replay: as the admin API has it.
  init(_ replay: JSONValue) {
    let state = replay["state"]?.string ?? "unknown"
    var parts = [
      "\(state) at \(replay["time_of_day"]?.string ?? "")", "speed \(ReplayLine.text(replay["speed"]))",
      "\(ReplayLine.text(replay["released"])) messages released",
    ]
    if replay["loop"]?.bool == true { parts.append("loops, lap \(ReplayLine.text(replay["laps"]))") }
    if replay["next_ns"] == .null, state != "ended" { parts.append("nothing left") }
    description = parts.joined(separator: ", ")
  }

  private static func text(_ value: JSONValue?) -> String { value?.string ?? value?.text ?? "" }
}
