import ArgumentParser
import Foundation
import KISClient
import KISWire

/// Where `watch` connects, as whom, and what it registers.
struct WatchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("REST and OAuth. Default: http://127.0.0.1:9443.", valueName: "url"))
  var restURL: String?

  @Option(help: ArgumentHelp("WebSocket. Default: ws://127.0.0.1:21000.", valueName: "url"))
  var wsURL: String?

  @Option(help: ArgumentHelp("What to register: a tr_id. Default: H0UPPGM0.", valueName: "tr_id"))
  var tr: [String] = []

  @Option(help: ArgumentHelp("What to register it for: a tr_key. Default: 0001.", valueName: "tr_key"))
  var key: [String] = []

  @Option(help: ArgumentHelp("A mock takes any. Default: one of its own for each `watch`.", valueName: "text"))
  var appKey: String?

  @Option(help: ArgumentHelp("A mock takes any.", valueName: "text"))
  var appSecret: String?

  @Option(help: ArgumentHelp("Whose layouts to use. Default: real.", valueName: "real|vts"))
  var venue: String?

  @Option(help: ArgumentHelp("The day whose layouts to use. Default: the newest known.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(help: ArgumentHelp("Certificates to trust for https and wss, PEM.", valueName: "file"))
  var trust: String?

  /// The options that the environment may give.
  static let names = ["rest-url", "ws-url", "app-key", "app-secret", "venue", "as-of", "trust"]

  /// One app key has one session: each `watch` has its own, so that two of them do not push each other out.
  private static var ownAppKey: String { "kis-mock-watch-\(ProcessInfo.processInfo.processIdentifier)" }

  /// The pairs to register.
  func subscriptions() throws -> [RegistrationKey] {
    let ids = tr.isEmpty ? [TransactionID.indexProgramTrading.rawValue] : tr
    let keys = key.isEmpty && ids == [TransactionID.indexProgramTrading.rawValue] ? ["0001"] : key
    guard ids.count == 1 || ids.count == keys.count, !keys.isEmpty else {
      throw ValidationError(
        "Give a --key for each --tr, or one --tr with several keys; found \(ids.count) --tr and \(keys.count) --key.")
    }
    return keys.indices.map { RegistrationKey(TransactionID(ids.count == 1 ? ids[0] : ids[$0]), key: keys[$0]) }
  }

  /// The client's configuration: command line over environment over default.
  func configuration(_ environment: [String: String]) throws -> ClientConfiguration {
    let written = [
      "rest-url": restURL, "ws-url": wsURL, "app-key": appKey, "app-secret": appSecret, "venue": venue,
      "as-of": asOf, "trust": trust,
    ]
    let layers = try LayeredOptions(
      written: written.compactMapValues { $0.map { [$0] } }, environment: environment, names: WatchOptions.names)
    func text(_ name: String, _ standard: String) -> String { layers.value(name)?.text ?? standard }
    let venue = try layers.word("venue", default: Venue.real)
    var configuration = ClientConfiguration(
      restURL: text("rest-url", "http://127.0.0.1:9443"), webSocketURL: text("ws-url", "ws://127.0.0.1:21000"),
      appKey: Secret(text("app-key", WatchOptions.ownAppKey)), appSecret: Secret(text("app-secret", "kis-mock-watch")),
      venue: venue)
    configuration.dialect = try layers.read("as-of", default: .latest(venue), expected: "a day written YYYY-MM-DD") {
      try? Dialect(day: $0, venue: venue)
    }
    // Somebody is looking: a mock that is started again is soon found.
    configuration.reconnect.longestDelay = .seconds(5)
    configuration.trustedCertificates = layers.value("trust")?.text
    return configuration
  }
}
