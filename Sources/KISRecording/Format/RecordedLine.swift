import KISWire

/// Changes to lines that leave all other bytes of them alone.
enum RecordedLine {
  /// A line that is marked as carried.
  static func carried(_ line: UnsafeRawBufferPointer) -> [UInt8] { adding(#","carried":true"#, to: line) }

  /// A header line without the part of a recording that it names, and with another.
  static func header(_ line: [UInt8], part: RecordingHeader.Part?) -> [UInt8] {
    let whole = withoutPart(line)
    guard let part else { return whole }
    var range = JSONObject()
    range["from"] = part.from.map { .number($0.nanoseconds) }
    range["to"] = part.to.map { .number($0.nanoseconds) }
    return whole.withUnsafeBytes { adding(#","part":"# + JSONValue.object(range).text, to: $0) }
  }

  private static func withoutPart(_ line: [UInt8]) -> [UInt8] {
    guard let members = try? RawMembers(of: line), let range = members.range(of: "part") else { return line }
    let written = Array(#","part":"#.utf8)
    guard line[..<range.lowerBound].suffix(written.count).elementsEqual(written) else { return line }
    return Array(line[..<(range.lowerBound - written.count)] + line[range.upperBound...])
  }

  private static func adding(_ member: String, to line: UnsafeRawBufferPointer) -> [UInt8] {
    let end = line.lastIndex(of: UInt8(ascii: "}")) ?? line.endIndex
    return Array(line[..<end]) + Array(member.utf8) + Array(line[end...])
  }
}
