import KISRecording
import KISWire

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A recording made for measuring: equal frames at a steady rate, each with its number inside.
///
/// Written in blocks rather than through `RecordingWriter`, which flushes every line: two gigabytes take seconds.
struct BenchRecording {
  var content: Content
  var frames: Int
  /// Nanoseconds from frame to frame.
  var interval: Int64

  /// Nanoseconds from the start to the first frame: time for a client to learn when the replay started.
  static let lead: Int64 = 500_000_000

  /// What each frame says.
  enum Content {
    /// H0UPPGM0 for 0001: 88 values in 620 bytes, the number of the frame in ACML_VOL.
    case programTrading
    /// H0STCNI0 for the HTS id `bench`: 26 values, kept decrypted, the number of the frame in ODER_NO.
    case notice

    /// The registration that receives it.
    var registration: (transactionID: String, key: String) {
      switch self {
      case .programTrading: ("H0UPPGM0", "0001")
      case .notice: ("H0STCNI0", "bench")
      }
    }

    /// The text before and after the ten digits of the frame's number.
    var text: (before: String, after: String) {
      switch self {
      case .programTrading:
        let values = (3...86).map { position in
          switch position {
          case 11...18: "12345678"  // amounts
          case 19...78 where position.isMultiple(of: 2): "12.34"  // rates
          default: "123456"
          }
        }
        return ("0|H0UPPGM0|001|0001^100000^\(values.joined(separator: "^"))^", "^12345678")
      case .notice:
        return (
          "1|H0STCNI0|001|bench^1234567801^",
          "^^02^0^00^0^005930^0000000010^000070000^100000^0^2^2^06010^000000010^^0^1^N^^10^^삼성전자^000070000"
        )
      }
    }
  }

  /// The number that the first frame carries: ten digits, so that all frames are equally long.
  private static let firstNumber = 1_000_000_000

  /// When a frame is due.
  func offset(of frame: Int) -> RecordedTime { RecordedTime(nanoseconds: Self.lead + Int64(frame) * interval) }

  /// One frame as the server sends it, without the WebSocket header.
  func frame(_ index: Int) -> [UInt8] {
    let text = content.text
    return Array("\(text.before)\(Self.firstNumber + index)\(text.after)".utf8)
  }

  /// The frames as they go over the wire, unmasked WebSocket headers included.
  func framed(_ range: Range<Int>) -> [UInt8] {
    range.reduce(into: []) { bytes, index in
      MessageFraming.append(frame(index), to: &bytes)
    }
  }

  /// Writes the recording, replacing a file of that name.
  func write(to path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchError(system: "creating \(path)") }
    defer { fclose(file) }
    var block = Array(
      """
      {"kis_recording":1,"start":"2026-09-21T10:00:00+09:00","venue":"real","dialect":"2026-09-21",\
      "provenance":"simulated","source":"kis-mock bench","title":"\(frames) equal frames for measuring"}

      """.utf8)
    let text = content.text
    let before = Array(#","ws":"\#(text.before)"#.utf8)
    let after = Array("\(text.after)\"}\n".utf8)
    for index in 0..<frames {
      block += #"{"t":"#.utf8
      block += String(offset(of: index).nanoseconds).utf8
      block += before
      block += String(Self.firstNumber + index).utf8
      block += after
      if block.count >= 1 << 20 || index == frames - 1 {
        guard fwrite(block, 1, block.count, file) == block.count else { throw BenchError(system: "writing \(path)") }
        block.removeAll(keepingCapacity: true)
      }
    }
  }
}
