import KISCapture
import Testing

@Suite("Captures that are damaged")
struct MutatedCaptureTests {
  /// Numbers that repeat with their seed.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, sides)
    }
  }

  /// Bytes changed, cut out, doubled and moved, a few at a time.
  private static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    for _ in 0...dice.roll(6) where !bytes.isEmpty {
      let place = dice.roll(bytes.count)
      switch dice.roll(6) {
      case 0: bytes[place] = UInt8(dice.roll(256))
      case 1: bytes[place] ^= 1 << UInt8(dice.roll(8))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.roll(64)))
      case 3:
        bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + dice.roll(64))], at: dice.roll(bytes.count))
      case 4: bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: [0xFF, 0xFF, 0xFF, 0xFF])
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  /// Reads to the end; an error is as good as an event.
  private static func read(_ source: consuming some CaptureSource, atMost limit: Int) {
    var source = source
    var events: [CapturedEvent] = []
    var turns = 0
    do {
      while try source.read(into: &events) {
        turns += 1
        if turns > 10_000 {
          Issue.record("does not end")
          return
        }
      }
    } catch {
      // Refused with a reason.
    }
    #expect(events.count <= limit)
  }

  @Test(
    "Whatever is wrong with a packet capture, reading it ends",
    arguments: [
      "ws-lo.pcap", "ws-lo.pcapng", "ws-lo.pcapng.gz", "rest-keepalive.pcap", "merged-two-links.pcapng", "raw-ip.pcap",
      "large-fragmented.pcap",
    ])
  func packets(_ file: String) throws {
    let bytes = try Captures.bytes(of: file)
    var dice = Dice(state: 12)
    for _ in 0..<60 {
      let input = CaptureInput(bytes: MutatedCaptureTests.mutated(bytes, &dice))
      MutatedCaptureTests.read(PacketCapture([input]), atMost: 10_000)
    }
  }

  @Test("Whatever is wrong with a HAR, reading it ends", arguments: ["mitmproxy.har", "playwright.har"])
  func hars(_ file: String) throws {
    let bytes = try Captures.bytes(of: file)
    var dice = Dice(state: 34)
    for _ in 0..<40 {
      MutatedCaptureTests.read(
        HARCapture(CaptureInput(bytes: MutatedCaptureTests.mutated(bytes, &dice))), atMost: 10_000)
    }
  }

  @Test(
    "Whatever is wrong with a log, reading it ends",
    arguments: [
      "aiohttp-repr.log", "websockets-debug-full.log", "websocket-client-trace.log", "official-kis-auth.log",
    ])
  func logs(_ file: String) throws {
    let bytes = try Captures.bytes(of: "logs/" + file)
    var dice = Dice(state: 56)
    let options = LogOptions(date: LogDate(year: 2026, month: 11, day: 28))
    for _ in 0..<20 {
      let input = CaptureInput(bytes: MutatedCaptureTests.mutated(bytes, &dice))
      MutatedCaptureTests.read(LogCapture(input, options: options), atMost: 10_000)
    }
  }

  @Test("Random bytes are refused or give nothing")
  func garbage() {
    var dice = Dice(state: 78)
    for _ in 0..<50 {
      let bytes = (0..<dice.roll(2_000)).map { _ in UInt8(dice.roll(256)) }
      MutatedCaptureTests.read(PacketCapture([CaptureInput(bytes: [0x0A, 0x0D, 0x0D, 0x0A] + bytes)]), atMost: 1_000)
      MutatedCaptureTests.read(PacketCapture([CaptureInput(bytes: [0xD4, 0xC3, 0xB2, 0xA1] + bytes)]), atMost: 1_000)
      MutatedCaptureTests.read(PacketCapture([CaptureInput(bytes: [0x1F, 0x8B, 8, 0] + bytes)]), atMost: 1_000)
      MutatedCaptureTests.read(
        HARCapture(CaptureInput(bytes: Array(#"{"log":{"entries":[{"#.utf8) + bytes)), atMost: 1_000)
      MutatedCaptureTests.read(LogCapture(CaptureInput(bytes: bytes), options: LogOptions()), atMost: 1_000)
    }
  }
}
