extension MockServer {
  /// The version of the server and of `kis-mock`.
  public static let version: String = "0.2.0"
}
