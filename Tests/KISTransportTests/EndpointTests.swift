import KISTransport
import Testing

@Suite("A server's URL")
struct EndpointTests {
  @Test(
    "is read into its parts",
    arguments: [
      ("http://127.0.0.1:9443", false, "127.0.0.1", 9443, "", "127.0.0.1:9443"),
      (
        "https://openapi.koreainvestment.com:9443/", true, "openapi.koreainvestment.com", 9443, "",
        "openapi.koreainvestment.com:9443"
      ),
      ("ws://localhost:21000/tryitout/H0UPPGM0", false, "localhost", 21000, "/tryitout/H0UPPGM0", "localhost:21000"),
      ("WSS://host", true, "host", 443, "", "host:443"), ("http://host/", false, "host", 80, "", "host:80"),
      ("http://[::1]:80/a", false, "::1", 80, "/a", "[::1]:80"),
    ] as [(String, Bool, String, Int, String, String)])
  func parts(_ url: String, _ isSecure: Bool, _ host: String, _ port: Int, _ path: String, _ authority: String) throws {
    let endpoint = try Endpoint(url)
    #expect(endpoint.isSecure == isSecure)
    #expect(endpoint.host == host)
    #expect(endpoint.port == port)
    #expect(endpoint.path == path)
    #expect(endpoint.authority == authority)
  }

  @Test(
    "is refused with what was expected",
    arguments: [
      ("127.0.0.1:9443", "a scheme, a host and a port"), ("ftp://host", "\"ftp\""), ("http://:80", "host"),
      ("http://host:0", "1 to 65535"), ("http://host:65536", "1 to 65535"), ("http://host:x", "\"x\""),
      ("http://[::1", "host"), ("http://user@host", "host"), ("http://host/a b", "path"), ("", "scheme"),
    ])
  func refused(_ url: String, _ words: String) throws {
    let error = try #require(throws: TransportError.self) { try Endpoint(url) }
    #expect(error.code == .invalidURL)
    #expect(error.message.contains(words), "\(error)")
  }
}
