/// An event as it lies in the reader's buffer: the messages of the server, nearly all there is, are not copied.
public struct RecordedEventView {
  /// When it happened.
  public var offset: RecordedTime
  /// The number of its connection; nil where nobody told connections apart.
  public var connection: Int?
  /// It happened before the part of a recording that the file holds.
  public var isCarried = false
  /// Where its line begins in the file.
  public var position: ByteCount
  /// Which line it is.
  public var line: LineNumber
  /// Its line as it stands in the file, without its end. Valid only during the visit.
  public var text: UnsafeRawBufferPointer
  /// What happened. It may point into the reader's buffer: what is to outlive the visit is kept as ``event``.
  public var content: Content

  /// What can happen, as ``RecordedEvent/Content`` has it, with the server's messages set apart.
  public enum Content {
    /// A text message of the server. The bytes are valid only during the visit.
    case serverMessage(UnsafeRawBufferPointer)
    /// Anything else; a text message here is one of the client.
    case other(RecordedEvent.Content)
  }

  /// The event as a value that may be kept.
  public var event: RecordedEvent {
    let content: RecordedEvent.Content =
      switch self.content {
      case .serverMessage(let text): .message(Array(text), from: .server)
      case .other(let content): content
      }
    return RecordedEvent(at: offset, on: connection, isCarried: isCarried, content)
  }
}

/// A message of the server on a line that holds nothing but a time, perhaps a connection, and text without escapes: nearly
/// every line there is. It holds no references, so that showing one allocates and releases nothing.
package struct PlainMessage {
  /// When it came.
  package let offset: RecordedTime
  /// The number of its connection; nil where nobody told connections apart.
  package let connection: Int?
  let position: ByteCount
  let line: LineNumber
  let wholeLine: UnsafeRawBufferPointer
  /// The message. Valid only during the visit.
  package let text: UnsafeRawBufferPointer
}

extension RecordedEventView {
  /// The message as an event among others.
  @inline(__always)
  init(_ message: PlainMessage) {
    self.init(
      offset: message.offset, connection: message.connection, position: message.position, line: message.line,
      text: message.wholeLine, content: .serverMessage(message.text))
  }
}

/// What a visitor of events wants next.
public enum Visit: Sendable {
  /// The next event.
  case more
  /// No more for now; this one has been taken.
  case enough
  /// No more for now, and this one again at the next reading.
  case putBack
}
