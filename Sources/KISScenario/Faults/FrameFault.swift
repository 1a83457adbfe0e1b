/// What happens to a data frame, or to its session when it is the frame's turn.
public enum FrameFault: Sendable, Hashable {
  /// The session ends or falls silent instead.
  case end(SessionEndFault)
  /// The frame and those behind it, so many in all, are left out.
  case lost(frames: Int)
  /// Its values are changed before it is encrypted.
  case values(FrameValuesFault)
  /// Its encryption is wrong; frames that are not encrypted stay as they are.
  case notice(NoticeFault)
  /// Characters of its text are changed.
  case characters(CharacterFault)
  /// Its WebSocket framing is unusual or wrong.
  case framing(FramingFault)
  /// It and all behind it leave late.
  case delayed(FaultDelay)
  /// It is sent so often.
  case copies(Int)
  /// It waits until so many are held, which then leave together in another order.
  case reordered(window: Int)
  /// It waits until so many are held, which then leave in one write.
  case coalesced(frames: Int)
}

/// How a session ends or falls silent.
public enum SessionEndFault: Sendable, Hashable {
  /// With a close frame.
  case close(code: Int, reason: String)
  /// TCP ends (FIN) without a close frame: clients see 1006 (quirk 52).
  case finish
  /// TCP is reset (RST).
  case reset
  /// Nothing is read or written any more; TCP stays.
  case halfOpen
  /// Nothing is sent for so long, PINGPONG neither; zero is for ever (quirk 54).
  case stall(Duration)
}

/// What can be wrong with the values of a frame.
public enum FrameValuesFault: Sendable, Hashable {
  /// The count says so many records more than there are.
  case countTooHigh(by: Int)
  /// So many values more in each record (quirk 63).
  case extra(Int)
  /// The last so many values of each record are missing.
  case missing(Int)
  /// So many values of each record read `(null)` (quirk 68).
  case null(Int)
  /// The first value of each record is this.
  case key(String)
  /// Records are repeated until the message has so many bytes (quirk 55).
  case oversize(bytes: Int)
}

/// What can be wrong with the encryption of a notice.
public enum NoticeFault: Sendable, Hashable {
  /// The payload is no base64.
  case badBase64
  /// The last block decrypts to wrong padding.
  case badPadding
  /// Another iv: the first 16 bytes are wrong.
  case wrongIV
  /// Another key.
  case wrongKey
  /// Says that it is encrypted and is not.
  case plain
}

/// What can be wrong with the characters of a message that is a whole WebSocket message all the same.
public enum CharacterFault: Sendable, Hashable {
  /// So many characters of the payload are replaced.
  case corrupt(Int)
  /// Only so much of the text is sent.
  case truncated(percent: Int)
  /// A byte is no UTF-8 (quirk 87).
  case invalidUTF8
}

/// What can be unusual or wrong with the WebSocket frame around a message.
public enum FramingFault: Sendable, Hashable {
  /// Masked, which only clients may do.
  case masked
  /// RSV1 is set.
  case reservedBit
  /// An opcode that means nothing: 3 to 7, 11 to 15; any other number stands for 3.
  case opcode(Int)
  /// A binary message.
  case binary
  /// The length is so many bytes larger than what follows.
  case lengthTooLong(bytes: Int)
  /// So many fragments (RFC 6455).
  case fragments(Int)
  /// Written in pieces of so many bytes.
  case pieces(bytes: Int, every: Duration)
  /// Half of the frame, then TCP ends.
  case cut
}
