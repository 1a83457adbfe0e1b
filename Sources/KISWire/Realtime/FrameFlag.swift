/// The first character of a data frame: whether its payload is readable (PROTOCOL section 4).
public enum FrameFlag: UInt8, Sendable, Hashable {
  /// `0`: the payload is values joined by `^`.
  case plain = 0x30
  /// `1`: the payload is base64 of AES-256-CBC, see ``PayloadCipher``.
  case encrypted = 0x31
}
