import KISWire

/// Brings lines of older recordings to today's form, one version at a time.
///
/// The file's version is a plain integer of its own. Each change of the format adds one step, n → n + 1,
/// and every older file goes through all the steps behind its own version.
struct RecordingMigration: Sendable {
  /// What changed from one version to the next. The `kis_recording` number itself is set by the chain.
  struct Step: Sendable {
    /// The version this step starts from.
    var version: Int
    var header: @Sendable (inout JSONObject) -> Void = { _ in }
    var event: @Sendable (inout JSONObject) -> Void = { _ in }
    /// Whether lines that hold nothing but a time and a message, or an exchange, are the same in both versions.
    var leavesPlainLines = false
  }

  /// All steps there are, oldest first.
  static let steps: [Step] = [
    // Version 2 tells a close frame from a connection that was lost, and says which side closed.
    Step(
      version: 1,
      event: { line in
        guard let code = line["closed"] else { return }
        line["closed"] = nil
        if code == .null { line["lost"] = true } else { line["close"] = ["code": code] }
      },
      leavesPlainLines: true)
  ]

  private let steps: ArraySlice<Step>
  private let target: Int
  /// Whether plain lines may be read as they are.
  let leavesPlainLines: Bool

  /// The steps from a version on.
  ///
  /// - Parameter target: the version that all of the steps lead to.
  init(
    from version: Int, through steps: [Step] = RecordingMigration.steps, to target: Int = RecordingHeader.currentVersion
  ) {
    self.steps = steps.drop { $0.version < version }
    self.target = target
    leavesPlainLines = self.steps.allSatisfy(\.leavesPlainLines)
  }

  /// Whether lines may have to change at all.
  var isNeeded: Bool { !steps.isEmpty }

  func header(_ header: JSONObject) -> JSONObject {
    var header = header
    for step in steps { step.header(&header) }
    header["kis_recording"] = .number(target)
    return header
  }

  func event(_ line: JSONObject) -> JSONObject {
    var line = line
    for step in steps { step.event(&line) }
    return line
  }
}
