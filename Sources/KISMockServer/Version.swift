import Embedded

extension MockServer {
  /// The version of the server and of `kis-mock`, with the commit when a release was built of one: `0.2.0 (1a2b3c4d5e6f)`.
  public static let version: String = {
    let commit = String(cString: embedded_commit())
    return commit.isEmpty ? "0.2.0" : "0.2.0 (\(commit))"
  }()
}
