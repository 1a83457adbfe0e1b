/// Which certificates a client trusts.
public enum TLSTrust: Sendable, Hashable {
  /// Those that the system trusts.
  case system
  /// Those in a PEM file, as a mock server's self-signed one.
  case certificates(atPath: String)
}
