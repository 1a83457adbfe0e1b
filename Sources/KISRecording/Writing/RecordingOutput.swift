#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where an edited recording goes, line by line: a file that appears under its name when it is whole, or a stream.
public struct RecordingOutput: ~Copyable {
  private enum Target {
    /// The file that is written, and the path it moves to in the end.
    case file(OpenFile, path: String)
    case sink(([UInt8]) throws -> Void)
  }

  private let target: Target
  private var buffer: [UInt8] = []
  private var isMoved = false
  /// How much was written so far.
  public private(set) var size = ByteCount.zero

  /// What is handed to the system at once.
  private static let chunk = 1 << 20

  /// Writes beside a path; ``finish()`` moves the file into place.
  ///
  /// - Parameter replacing: whether a file of that name may be replaced.
  /// - Throws: ``RecordingError`` when there is a file of that name, or none can be made.
  public init(creating path: String, replacing: Bool = false) throws(RecordingError) {
    guard replacing || access(path, F_OK) != 0 else {
      throw RecordingError(
        .alreadyThere, file: path, reason: "exists already; recordings are not overwritten unless asked")
    }
    do {
      target = .file(try OpenFile(creating: "\(path).\(getpid()).part", replacing: true), path: path)
    } catch {
      throw RecordingError(error.code, file: path, reason: error.reason)
    }
  }

  /// Writes to a stream, whole lines at a time.
  public init(to sink: @escaping ([UInt8]) throws -> Void) { target = .sink(sink) }

  deinit {
    if case .file(let file, _) = target, !isMoved { unlink(file.path) }
  }

  /// Writes a line without its end.
  public mutating func append(line: some Collection<UInt8>) throws {
    buffer.append(contentsOf: line)
    buffer.append(0x0A)
    if buffer.count >= RecordingOutput.chunk { try flush() }
  }

  /// Writes a header.
  public mutating func append(_ header: RecordingHeader) throws {
    header.appendLine(to: &buffer)
  }

  /// Writes an event.
  public mutating func append(_ event: RecordedEvent) throws {
    event.appendLine(to: &buffer)
    if buffer.count >= RecordingOutput.chunk { try flush() }
  }

  /// Writes what is left and moves the file into place.
  public mutating func finish() throws {
    try flush()
    guard case .file(let file, let path) = target else { return }
    guard rename(file.path, path) == 0 else {
      throw RecordingError(
        .unwritable, file: path, reason: "cannot be moved into place: \(String(cString: strerror(errno)))")
    }
    isMoved = true
  }

  private mutating func flush() throws {
    switch target {
    case .file(let file, _): try file.write(buffer, at: size)
    case .sink(let write): try write(buffer)
    }
    size += ByteCount(Int64(buffer.count))
    buffer.removeAll(keepingCapacity: true)
  }
}
