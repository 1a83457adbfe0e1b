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
  }

  /// All steps there are, oldest first. Version 1 is the first, so there is none yet.
  static let steps: [Step] = []

  private let steps: ArraySlice<Step>
  private let target: Int

  /// The steps from a version on.
  ///
  /// - Parameter target: the version that all of the steps lead to.
  init(
    from version: Int, through steps: [Step] = RecordingMigration.steps, to target: Int = RecordingHeader.currentVersion
  ) {
    self.steps = steps.drop { $0.version < version }
    self.target = target
  }

  /// Whether lines have to change at all; if not, they may be read as they are.
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
