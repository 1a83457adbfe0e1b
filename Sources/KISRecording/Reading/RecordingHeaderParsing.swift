import KISWire

extension RecordingHeader {
  /// Reads the first line of a recording, of this version or an older one.
  ///
  /// - Returns: the header in today's form, and what the other lines have to go through to reach it.
  /// - Throws: ``RecordingError`` that says what the file is instead, or which part of the header is wrong.
  static func parse(_ line: [UInt8], of file: String) throws(RecordingError) -> (Self, RecordingMigration) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let line = line.starts(with: mark) ? Array(line.dropFirst(mark.count)) : line
    guard let object = (try? JSONValue(parsing: line))?.object, let version = object["kis_recording"] else {
      throw RecordingError(
        .notARecording, file: file, line: 1,
        reason: "expected the header of a recording, {\"kis_recording\":\(RecordingHeader.currentVersion),…}",
        excerpt: String(String(decoding: line.prefix(160), as: UTF8.self).prefix { !$0.isNewline }.prefix(60)))
    }
    let fields = HeaderFields(file: file, line: line, members: object)
    guard let number = version.int, number >= 1 else {
      throw fields.wrong("kis_recording", expected: "the number of a version, 1 or more")
    }
    guard number <= RecordingHeader.currentVersion else {
      throw RecordingError(
        .newerVersion, file: file, line: 1,
        reason: """
          this recording has version \(number) of the format, and this kis-mock reads up to \
          \(RecordingHeader.currentVersion); update kis-mock
          """)
    }
    let migration = RecordingMigration(from: number)
    let header = try RecordingHeader(HeaderFields(file: file, line: line, members: migration.header(object)))
    return (header, migration)
  }

  private init(_ fields: HeaderFields) throws(RecordingError) {
    let start = try fields.text("start")
    guard KoreanTime(start) != nil else {
      throw fields.wrong("start", expected: "a moment such as 2026-09-21T08:59:00+09:00")
    }
    guard let venue = Venue(rawValue: try fields.text("venue", default: Venue.real.rawValue)) else {
      throw fields.wrong("venue", expected: "real or vts")
    }
    guard let provenance = Provenance(rawValue: try fields.text("provenance")) else {
      throw fields.wrong("provenance", expected: Provenance.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let day = try fields.text("dialect", default: KoreanTime(start)?.date ?? "")
    guard day.count == 10, KoreanTime(day) != nil else {
      throw fields.wrong("dialect", expected: "a day such as 2026-09-21")
    }
    self.init(
      start: start, venue: venue, dialectDay: day, provenance: provenance,
      source: try fields.text("source", default: ""), title: try fields.text("title", default: ""),
      placeholders: try fields.placeholders(), part: try fields.part())
  }
}

/// The members of a header, with errors that point at them.
private struct HeaderFields {
  let file: String
  let line: [UInt8]
  let members: JSONObject

  func text(_ name: String, default missing: String? = nil) throws(RecordingError) -> String {
    guard let value = members[name] else {
      if let missing { return missing }
      throw RecordingError(.notARecording, file: file, line: 1, reason: "the header has no \"\(name)\"")
    }
    guard let text = value.string else { throw wrong(name, expected: "text") }
    return text
  }

  func placeholders() throws(RecordingError) -> [RecordingHeader.Placeholder] {
    var placeholders: [RecordingHeader.Placeholder] = []
    for entry in members["placeholders"]?.array ?? [] {
      guard let kind = entry["kind"]?.string, let text = entry["text"]?.string else {
        throw wrong("placeholders", expected: "objects with \"kind\" and \"text\"")
      }
      placeholders.append(.init(kind: kind, text: text))
    }
    return placeholders
  }

  func part() throws(RecordingError) -> RecordingHeader.Part? {
    guard let part = members["part"] else { return nil }
    guard let range = part.object, range.members.allSatisfy({ $0.value.int.map { $0 >= 0 } ?? false }) else {
      throw wrong("part", expected: "an object with \"from\" and \"to\" in nanoseconds since the start")
    }
    func time(_ name: String) -> RecordedTime? { range[name]?.int.map { RecordedTime(nanoseconds: Int64($0)) } }
    return .init(from: time("from"), to: time("to"))
  }

  func wrong(_ name: String, expected: String) -> RecordingError {
    let found = members[name].map(\.text) ?? "nothing"
    return line.withUnsafeBytes {
      LineError(
        offset: (try? RawMembers(of: line))?.range(of: name)?.lowerBound,
        reason: "\(name): expected \(expected), found \(found)"
      )
      .located(in: file, line: 1, text: $0)
    }
  }
}
