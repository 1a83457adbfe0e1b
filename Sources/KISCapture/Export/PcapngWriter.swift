/// Writes a pcapng file of Ethernet packets with nanoseconds.
struct PcapngWriter {
  private let output: OutputFile
  private(set) var packets = 0

  init(_ output: OutputFile) throws(CaptureError) {
    self.output = output
    var header: [UInt8] = []
    // Section: byte order, version 1.0, length not known.
    PcapngWriter.append(block: 0x0A0D_0D0A, to: &header) { body in
      body.append(little: UInt32(0x1A2B_3C4D))
      body.append(little: UInt32(1))
      body.append(little: UInt64.max)
    }
    // Interface: Ethernet, no limit; option 9, time stamps in units of 10^-9 s.
    PcapngWriter.append(block: 1, to: &header) { body in
      body.append(little: UInt32(1))
      body.append(little: UInt32(0))
      body.append(little: UInt32(9 | 1 << 16))
      body.append(contentsOf: [9, 0, 0, 0])
      body.append(little: UInt32(0))
    }
    try output.write(header)
  }

  /// - Parameter time: nanoseconds since 1970.
  mutating func write(_ packet: [UInt8], at time: Int64) throws(CaptureError) {
    packets += 1
    var bytes: [UInt8] = []
    let time = UInt64(max(0, time))
    PcapngWriter.append(block: 6, to: &bytes) { body in
      body.append(little: UInt32(0))
      body.append(little: UInt32(truncatingIfNeeded: time >> 32))
      body.append(little: UInt32(truncatingIfNeeded: time))
      body.append(little: UInt32(packet.count))
      body.append(little: UInt32(packet.count))
      body.append(contentsOf: packet)
      body.append(contentsOf: repeatElement(0, count: (4 - packet.count % 4) % 4))
    }
    try output.write(bytes)
  }

  private static func append(block kind: UInt32, to bytes: inout [UInt8], _ fill: (inout [UInt8]) -> Void) {
    var body: [UInt8] = []
    fill(&body)
    bytes.append(little: kind)
    bytes.append(little: UInt32(body.count + 12))
    bytes.append(contentsOf: body)
    bytes.append(little: UInt32(body.count + 12))
  }
}

extension [UInt8] {
  fileprivate mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  mutating func append(big value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
