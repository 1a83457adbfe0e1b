import Foundation
import KISMarket
import KISRecording
public import KISSandbox
public import KISScenario
public import KISWire

/// Finds scenarios and recordings by name, and makes the configuration that a scenario describes. Recordings are opened once, for
/// all sandboxes of a process.
public final class ScenarioLibrary: Sendable {
  /// The recordings opened so far.
  public let library: RecordingLibrary
  /// Where folders named `scenarios` and `recordings` are looked for, nearest first.
  private let places: [URL]

  /// - Parameters:
  ///   - neighbour: a source file of a test, whose folders up to the root are searched after the current one, and
  ///     those of this package after them; nil for a program, whose own folders are searched.
  ///   - library: recordings opened before, to be shared.
  public init(near neighbour: String? = nil, library: RecordingLibrary = .forSockets) {
    let here = URL(filePath: FileManager.default.currentDirectoryPath)
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    let files = neighbour.map { [URL(filePath: $0), URL(filePath: #filePath)] } ?? [program].compactMap(\.self)
    self.library = library
    places = [here] + files.flatMap(\.ancestors)
  }

  /// One that looks in these folders and nowhere else.
  init(places: [URL]) {
    library = .forSockets
    self.places = places
  }

  /// Reads a scenario.
  ///
  /// - Parameter name: a path, or the name of a file in a folder `scenarios` without its extension: `token-expiry`.
  /// - Throws: ``MockServerError`` when there is none, with the nearest names; `ScenarioError` for a mistake in it.
  public func scenario(_ name: String) throws -> Scenario {
    let (text, file) = try scenarioText(name)
    return try Scenario(parsing: text, file: file)
  }

  /// A scenario as it was written, and its file for messages.
  ///
  /// - Throws: ``MockServerError`` when there is none, with the nearest names.
  package func scenarioText(_ name: String) throws -> (text: String, file: String) {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let candidates = isPath ? [URL(filePath: name)] : files(in: "scenarios").filter { $0.nameWithoutExtension == name }
    if let file = candidates.first { return (try text(of: file), file.pathFromHere) }
    guard let shipped = ShippedFile.named("scenarios/\(name).yaml") else {
      throw MockServerError(description: "there is no scenario `\(name)`\(suggestion(for: name))")
    }
    return (shipped.text, shipped.name)
  }

  /// Everything that makes a sandbox of a scenario, its recordings opened.
  ///
  /// - Parameters:
  ///   - recordings: paths of what to play instead of what the scenario names.
  ///   - seed: instead of the scenario's.
  /// - Throws: `RecordingError` or `ScenarioError` when there is nothing to play.
  public func configuration(
    of scenario: Scenario?, recordings: [String] = [], seed: UInt64? = nil
  ) throws -> SandboxConfiguration {
    var configuration = scenario.map(SandboxConfiguration.init(scenario:)) ?? SandboxConfiguration()
    configuration.seed = seed ?? configuration.seed
    if let file = scenario?.codeFilePath {
      configuration.knownCodes = try codes(file)
      configuration.codeFile = file
    }
    configuration.recordings = try self.recordings(of: scenario, instead: recordings, seed: configuration.seed)
    // A simulation in which nothing happens, as on a holiday, has its day all the same.
    configuration.day = scenario?.simulation.flatMap { CalendarDate($0.start.date) } ?? BundledRecording.tradingDay
    // What the market makes as it goes begins when the recordings would.
    if configuration.recordings.isEmpty, configuration.start == nil {
      configuration.start = TimeOfDay(nanoseconds: BundledRecording.day.plan.start.nanosecondOfDay)
    }
    if scenario?.venue == nil, let venue = configuration.recordings.first?.header.venue { configuration.venue = venue }
    return configuration
  }

  /// Reads a file of codes beside those that are built in, or several with commas between: of ours, or the broker's own
  /// master files by their names (`kospi_code.mst`, `kosdaq_code.mst`, `idxcode.mst`, `nasmst.cod` and its like).
  ///
  /// - Throws: ``MockServerError`` when one cannot be read, `ScenarioError` for a mistake in it.
  public func codes(_ paths: String) throws -> KnownCodes {
    try paths.split(separator: ",").reduce(.standard) { codes, path in
      let file = URL(filePath: String(path))
      guard let master = MasterFile(name: file.lastPathComponent) else {
        return codes.adding(try KnownCodes(parsing: text(of: file), file: file.pathFromHere))
      }
      return codes.adding(
        try KnownCodes(master: master, text(of: file, isKorean: true), file: file.pathFromHere))
    }
  }

  private func text(of file: URL, isKorean: Bool = false) throws(MockServerError) -> String {
    do {
      return try TextFile(file.pathFromHere, isKorean: isKorean).text
    } catch {
      throw MockServerError(description: "\(error)")
    }
  }

  /// The configuration of a further sandbox that a scenario names: that of its own scenario, or the same again.
  func world(
    of choice: SandboxChoice, beside standard: SandboxConfiguration
  ) throws -> (configuration: SandboxConfiguration, clock: any MockClock) {
    var configuration = standard
    if let path = choice.scenario {
      let folder = URL(filePath: standard.scenario?.file ?? "").deletingLastPathComponent()
      let file = URL(filePath: path, relativeTo: folder).path(percentEncoded: false)
      configuration = try self.configuration(of: scenario(file))
    }
    configuration.name = choice.name
    // The file is the default sandbox's.
    configuration.recordsTo = choice.scenario == nil ? nil : configuration.recordsTo
    return (configuration, configuration.clock(configuration.scenario?.clock ?? .real))
  }

  private func recordings(of scenario: Scenario?, instead paths: [String], seed: UInt64) throws -> [FramedRecording] {
    if !paths.isEmpty { return try paths.map { try library.recording(path: $0) } }
    guard let scenario else { return try bundled(seed: seed) }
    var played = try scenario.recordingPaths.map(recording)
    if scenario.simulation != nil {
      let plan = try SimulationPlan(scenario)
      // What was simulated already, as `.ci/check-recordings` proves, need not be simulated again.
      if seed == BundledRecording.seed, let made = BundledRecording.all.first(where: { $0.plan == plan }) {
        played.append(try recording(of: made))
      } else {
        played.append(try library.recording(simulating: plan, seed: seed))
      }
    }
    return played.isEmpty ? try bundled(seed: seed) : played
  }

  /// A recording that a scenario names: its file or, where a copied program is without it, the one that it carries.
  private func recording(at path: String) throws -> FramedRecording {
    let isThere = FileManager.default.fileExists(atPath: path)
    guard !isThere, let shipped = ShippedFile.named(URL(filePath: path).standardized.pathFromHere) else {
      return try library.recording(path: path)
    }
    return try library.recording(shipped.name, holding: shipped.bytes)
  }

  /// What is played when nobody says what: the recordings that come with the project. With another seed than theirs the
  /// market makes the same day as it goes.
  private func bundled(seed: UInt64) throws -> [FramedRecording] {
    guard seed == BundledRecording.seed else { return [] }
    return try BundledRecording.all.map { try recording(of: $0) }
  }

  private func recording(of session: BundledRecording) throws -> FramedRecording {
    if let file = files(in: "recordings").first(where: { $0.nameWithoutExtension == session.name }) {
      return try library.recording(path: file.path(percentEncoded: false))
    }
    return try recording(at: "recordings/\(session.name).jsonl")
  }

  /// The folders `scenarios` and `recordings` that there are.
  var namedFolders: [URL] {
    ["scenarios", "recordings"].flatMap { name in places.map { $0.appending(path: name) } }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The files in folders of a name, nearest first.
  private func files(in folder: String) -> [URL] {
    places.flatMap { place in
      [place.appending(path: folder), place.appending(path: ".build/checkouts/kis-mock/\(folder)")]
    }.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    }
  }

  /// The scenarios that are known by name: those in folders `scenarios` and those that the program carries.
  package var scenarioNames: [String] {
    let shipped = ShippedFile.all.map { URL(filePath: $0.name) }.filter { $0.pathExtension == "yaml" }
    let found = files(in: "scenarios").filter { $0.pathExtension == "yaml" }
    return Set((shipped + found).map(\.nameWithoutExtension)).sorted()
  }

  private func suggestion(for name: String) -> String {
    let known = scenarioNames
    let nearest = Similarity.nearest(to: name, in: known).map { "`\($0)`" }
    if nearest.isEmpty { return "; there are: \(known.joined(separator: ", "))" }
    return "; did you mean \(nearest.joined(separator: " or "))?"
  }
}

extension SandboxConfiguration {
  /// Opens the market for somebody who says nothing: the bundled day from 10:00 on, shown as the last trading day.
  ///
  /// - Parameter now: the host's time.
  mutating func openBundledDay(at now: KoreanTime) {
    start = BundledRecording.start
    date = date ?? CalendarDate(now.date)
  }

  /// Where the bundled day cannot be shown as the day that is asked for, because KRX or NXT trade by other hours on it, or
  /// not at all, the market makes that day as it goes.
  ///
  /// - Parameter isWritten: whether somebody asked for it; who did not is shown the last trading day.
  mutating func makeDayOfOtherRules(isWritten: Bool) {
    guard let date else { return }
    let wanted = isWritten ? date : TradingCalendar.tradingDay(onOrBefore: date)
    let isAlike = TradingVenue.allCases.allSatisfy { venue in
      TradingHours(of: venue, on: wanted).phases == TradingHours(of: venue, on: BundledRecording.tradingDay).phases
    }
    guard !isAlike else { return }
    start = start ?? TimeOfDay(nanoseconds: BundledRecording.day.plan.start.nanosecondOfDay)
    (recordings, day, self.date) = ([], wanted, nil)
  }

  /// A clock of a kind, standing where the recordings begin to be played unless it is the host's.
  public func clock(_ kind: Scenario.Clock) -> any MockClock {
    let (year, month, day) = (day ?? BundledRecording.tradingDay).parts
    let recorded = recordings.map(\.start).min() ?? KoreanTime(year: year, month: month, day: day)
    let beginning = start.map { recorded.startOfDay + .nanoseconds($0.nanoseconds) } ?? recorded
    return switch kind {
    case .real: RealClock()
    case .scaled: RealClock(rate: speed.rate, wallStart: beginning)
    // The figures of KIS are of whole seconds: a jump for each of them loses nothing and makes a day of seconds.
    case .virtual: VirtualClock(wallStart: beginning, grain: .seconds(1))
    }
  }
}

extension Scenario {
  fileprivate var codeFilePath: String? {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return codeFile?.split(separator: ",").map {
      URL(filePath: String($0), relativeTo: folder).path(percentEncoded: false)
    }.joined(separator: ",")
  }

  /// Its recordings as paths from here: they are written relative to the scenario's own folder.
  fileprivate var recordingPaths: [String] {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return recordings.map { URL(filePath: $0, relativeTo: folder).path(percentEncoded: false) }
  }
}

extension URL {
  /// The folders above a file, nearest first.
  fileprivate var ancestors: [URL] {
    var ancestors: [URL] = []
    var folder = deletingLastPathComponent()
    while folder.path != "/", ancestors.count < 32 {
      ancestors.append(folder)
      folder = folder.deletingLastPathComponent()
    }
    return ancestors
  }

  /// The path, without the current folder when it begins with it.
  fileprivate var pathFromHere: String {
    let path = path(percentEncoded: false)
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) && path != here ? String(path.dropFirst(here.count)) : path
  }

  fileprivate var nameWithoutExtension: String { deletingPathExtension().lastPathComponent }
}
