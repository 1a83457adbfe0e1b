import ArgumentParser
import KISScenario

/// The options of `serve` as written on the command line. What is not written may come from the environment or a file:
/// see ``ServeSettings``.
struct ServeOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Recordings to play, together on one time line.", valueName: "recording"))
  var recordings: [String] = []

  @Option(help: ArgumentHelp("A scenario: what to play, what goes wrong, and when.", valueName: "file"))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "What happens with stock and industry codes that nobody knows: refused as KIS does, or taken. Default: strict.",
      valueName: "strict|permissive"))
  var codes: String?

  @Option(help: ArgumentHelp("A file of codes beside those that are built in.", valueName: "file"))
  var codeFile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A multiple of recorded time, or `max` for unpaced. Default: 1.", valueName: "1|60|max"))
  var speed: String?

  @Option(help: ArgumentHelp("Where times come from. Default: real.", valueName: "real|scaled|virtual"))
  var clock: String?

  @Option(help: ArgumentHelp("Time of day to begin at. Default: the recordings' beginning.", valueName: "HH:MM:SS"))
  var start: String?

  @Flag(help: "Begin again at the end.")
  var loop = false

  @Flag(help: "Begin paused, until the admin API says play.")
  var paused = false

  @Option(
    help: ArgumentHelp(
      "Everybody sees the same market, or each session gets the recording from its first registration on. "
        + "Default: shared.", valueName: "shared|session"))
  var playhead: String?

  @Option(help: ArgumentHelp("Port of REST and the admin API; 0 takes a free one. Default: 9443.", valueName: "port"))
  var restPort: String?

  @Option(help: ArgumentHelp("Port of the WebSocket; 0 takes a free one. Default: 21000.", valueName: "port"))
  var wsPort: String?

  @Option(help: ArgumentHelp("Address to listen on. Default: 127.0.0.1, this machine only.", valueName: "address"))
  var host: String?

  @Option(help: ArgumentHelp("Which service to be: real, or vts (모의투자). Default: real.", valueName: "real|vts"))
  var venue: String?

  @Option(
    help: ArgumentHelp("The day whose layouts are in force. Default: the recordings' day.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where tokens, keys and chances come from. Default: 1.", valueName: "number"))
  var seed: String?

  @Option(
    help: ArgumentHelp(
      "What happens to a client that does not read, once its buffer is full: its connection is cut, or the replay "
        + "waits. Default: cut.", valueName: "cut|wait"))
  var slowClient: String?

  @Flag(help: "No limits that test suites trip over: calls a second, time between tokens.")
  var lenient = false

  @Flag(help: "Answer and send only what the recordings and the scenario hold; make nothing up.")
  var onlyRecorded = false

  @Flag(help: "https and wss with a certificate made at start; the build needs `--traits TLS`.")
  var tls = false

  @Option(help: ArgumentHelp("Where to write the certificate of --tls (PEM), for clients to trust.", valueName: "file"))
  var tlsCertificate: String?

  @Flag(help: "Load the scenario again whenever its file changes, without dropping connections.")
  var watch = false

  @Option(help: ArgumentHelp("A YAML file with any of these options by name.", valueName: "file"))
  var config: String?

  @Flag(help: "Print the options in force, where each comes from, and exit.")
  var printConfig = false

  /// What was written, by option name.
  var written: [String: [String]] {
    let options = [
      "scenario": scenario, "codes": codes, "code-file": codeFile, "speed": speed, "clock": clock, "start": start,
      "playhead": playhead,
      "rest-port": restPort, "ws-port": wsPort, "host": host, "venue": venue, "as-of": asOf, "seed": seed,
      "slow-client": slowClient, "tls-certificate": tlsCertificate, "config": config,
    ].compactMapValues { $0.map { [$0] } }
    let flags = [
      "only-recorded": onlyRecorded, "loop": loop, "paused": paused, "lenient": lenient, "tls": tls, "watch": watch,
    ].filter { $0.value }.mapValues { _ in ["true"] }
    return options.merging(flags) { first, _ in first }.merging(["recording": recordings]) { first, _ in first }
  }
}
