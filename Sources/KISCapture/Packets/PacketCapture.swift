/// Reads packet captures: pcap and pcapng, one file or a series of them as one capture.
package struct PacketCapture: CaptureSource {
  private var inputs: [CaptureInput]
  private var file: PacketFile?
  private var table = ConnectionTable()
  private var fragments = FragmentTable()
  private var output: ConversationOutput
  private var number = 0
  /// Since when packets have been in the order of time.
  private var latest = Int64.min

  private enum PacketFile {
    case pcap(PcapFile)
    case pcapng(PcapngFile)
  }

  /// - Parameters:
  ///   - inputs: the files in the order of time; a connection may go on in the next one.
  ///   - ports: of servers; empty for all.
  package init(_ inputs: [CaptureInput], ports: Set<UInt16> = []) {
    self.inputs = inputs
    output = ConversationOutput(report: CaptureReport(format: "packets", unit: "packets"), ports: ports)
  }

  package var report: CaptureReport { output.report }

  /// Whether a file begins as a packet capture does.
  package static func recognises(_ beginning: [UInt8]) -> Bool {
    guard beginning.count >= 4 else { return false }
    let magics: [[UInt8]] = [
      [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0xC3, 0xD4], [0x4D, 0x3C, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D],
      [0x34, 0xCD, 0xB2, 0xA1], [0xA1, 0xB2, 0xCD, 0x34], [0x0A, 0x0D, 0x0D, 0x0A],
    ]
    return magics.contains { beginning.starts(with: $0) }
  }

  /// When the first packet of a file passed, in nanoseconds since 1970; 0 without packets.
  package static func start(of path: String) throws(CaptureError) -> Int64 {
    var capture = PacketCapture([try CaptureInput(path: path)])
    return try capture.nextPacket()?.time ?? 0
  }

  package mutating func read(into events: inout [CapturedEvent]) throws(CaptureError) -> Bool {
    // Enough for one turn; what was found is handed on then.
    for _ in 0..<512 {
      guard let record = try nextPacket() else {
        if inputs.isEmpty {
          fragments.finish(&output.report)
          table.finish(place: .packet(max(1, number)), &output)
          handOn(to: &events)
          return false
        }
        continue
      }
      number += 1
      inputs[0].withBytes { bytes in
        take(UnsafeRawBufferPointer(rebasing: bytes[record.offset..<record.offset + record.captured]), record)
      }
      guard try inputs[0].skip(record.size) else { continue }
    }
    handOn(to: &events)
    return true
  }

  private mutating func handOn(to events: inout [CapturedEvent]) {
    output.report.read = number
    events.append(contentsOf: output.events)
    output.events.removeAll(keepingCapacity: true)
  }

  /// The next packet; nil where a file ends.
  private mutating func nextPacket() throws(CaptureError) -> PacketRecord? {
    guard !inputs.isEmpty else { return nil }
    if file == nil { file = try open() }
    var record: PacketRecord?
    var end: PacketEnd?
    switch file {
    case .pcap(var pcap):
      record = try pcap.next(&inputs[0])
      end = pcap.end
      file = .pcap(pcap)
    case .pcapng(var pcapng):
      file = nil
      record = try pcapng.next(&inputs[0])
      end = pcapng.end
      file = .pcapng(pcapng)
    case nil: break
    }
    if record == nil { close(end ?? .complete) }
    return record
  }

  private mutating func open() throws(CaptureError) -> PacketFile {
    if let pcap = try PcapFile(&inputs[0]) { return .pcap(pcap) }
    if let pcapng = try PcapngFile(&inputs[0]) { return .pcapng(pcapng) }
    throw CaptureError(
      .malformed, file: inputs[0].path,
      reason: "is no packet capture: it begins with neither a pcap nor a pcapng header, or ends within it")
  }

  private mutating func close(_ end: PacketEnd) {
    output.report.bytes += inputs[0].position
    var links: [UInt32] = []
    var kind = ""
    switch file {
    case .pcap(let pcap): (kind, links) = ("pcap", [pcap.link])
    case .pcapng(let pcapng): (kind, links) = ("pcapng", pcapng.links)
    case nil: break
    }
    var names: [String] = []
    for link in links where !names.contains(LinkTypeName.of(link)) { names.append(LinkTypeName.of(link)) }
    output.report.format = kind + (inputs[0].isPacked ? ", gzip" : "") + " (" + names.joined(separator: ", ") + ")"
    switch end {
    case .complete: break
    case .truncated: output.report.isTruncated = true
    case .damaged(let reason): output.report.omit("the rest of the file: \(reason)", at: .byte(inputs[0].position))
    }
    file = nil
    inputs.removeFirst()
  }

  private mutating func take(_ packet: UnsafeRawBufferPointer, _ record: PacketRecord) {
    take(PacketHeaders.read(packet, link: record.link, original: record.original), of: packet, at: record.time)
  }

  private mutating func take(_ content: PacketContent, of packet: UnsafeRawBufferPointer, at time: Int64) {
    let place = CapturePlace.packet(number)
    switch content {
    case .other: output.report.omit("packets that are not TCP over IP", at: place, isLoss: false)
    case .unreadable(let trouble): output.report.omit(trouble.reason, at: place, isLoss: trouble != .malformed)
    case .tcp(let segment):
      let data = UnsafeRawBufferPointer(rebasing: packet[segment.offset..<segment.offset + segment.captured])
      table.receive(segment, data, time: time, place: place, &output)
    case .fragment(let fragment):
      let bytes = UnsafeRawBufferPointer(rebasing: packet[fragment.offset..<fragment.offset + fragment.captured])
      guard let datagram = fragments.add(fragment, bytes, time: time, place: place, &output.report) else { return }
      let (source, destination) = (fragment.datagram.source, fragment.datagram.destination)
      datagram.withUnsafeBytes { whole in
        take(PacketHeaders.tcp(whole, at: 0, end: whole.count, from: source, to: destination), of: whole, at: time)
      }
    }
  }
}

extension PacketTrouble {
  fileprivate var reason: String {
    switch self {
    case .linkType(let number):
      "packets of link type \(LinkTypeName.of(number)), which is not known here (Ethernet, LINUX_SLL, LINUX_SLL2, RAW, NULL and LOOP are)"
    case .headersCut: "packets cut within their headers"
    case .malformed: "packets whose IP or TCP lengths contradict each other"
    }
  }
}

/// The names of link types as libpcap spells them.
enum LinkTypeName {
  static func of(_ number: UInt32) -> String {
    let names: [UInt32: String] = [
      0: "NULL", 1: "EN10MB", 12: "RAW", 14: "RAW", 101: "RAW", 108: "LOOP", 113: "LINUX_SLL", 228: "IPV4",
      229: "IPV6", 276: "LINUX_SLL2",
    ]
    return names[number] ?? "\(number)"
  }
}
