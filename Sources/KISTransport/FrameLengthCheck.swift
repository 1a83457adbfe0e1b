import NIOCore

/// Refuses frames whose length is not written in its shortest form, as RFC 6455 section 5.2 wants it; NIO's decoder takes
/// them. It stands in front of that decoder and looks at headers only.
final class FrameLengthCheck: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// Where in the stream of frames the next byte stands.
  private enum Place {
    /// In a header, of which these bytes have come.
    case header([UInt8])
    /// So many bytes in front of the next header.
    case payload(left: UInt64)
    /// Behind a frame that was refused.
    case refused
  }

  private var place = Place.header([])

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    guard let start = firstRefused(in: buffer.readableBytesView) else {
      if case .refused = place { return }
      context.fireChannelRead(data)
      return
    }
    place = .refused
    if start > buffer.readerIndex,
      let before = buffer.getSlice(at: buffer.readerIndex, length: start - buffer.readerIndex)
    {
      context.fireChannelRead(wrapInboundOut(before))
    }
    context.fireErrorCaught(NotShortestLength())
  }

  /// Where the first frame begins that is to be refused, or these bytes when it began before them; nil when there is none.
  private func firstRefused(in bytes: ByteBufferView) -> Int? {
    var index = bytes.startIndex
    var start = index
    while index < bytes.endIndex {
      switch place {
      case .refused: return nil
      case .payload(let left):
        let step = min(left, UInt64(bytes.endIndex - index))
        index += Int(step)
        place = left > step ? .payload(left: left - step) : .header([])
      case .header(var header):
        if header.isEmpty { start = index }
        header.append(bytes[index])
        index += 1
        place = .header(header)
        guard let length = FrameLengthCheck.length(in: header) else { continue }
        guard length.isShortest else { return start }
        let (left, isTooLong) = length.value.addingReportingOverflow(header[1] & 0x80 != 0 ? 4 : 0)
        // The decoder refuses that one for its size.
        place = isTooLong ? .payload(left: .max) : left > 0 ? .payload(left: left) : .header([])
      }
    }
    return nil
  }

  /// The payload's length once its last byte has come, and whether it could not be written shorter.
  private static func length(in header: [UInt8]) -> (value: UInt64, isShortest: Bool)? {
    guard header.count >= 2 else { return nil }
    let (width, least): (Int, UInt64) =
      switch header[1] & 0x7F {
      case 126: (2, 126)
      case 127: (8, 65_536)
      default: (0, 0)
      }
    guard header.count == 2 + width else { return nil }
    guard width > 0 else { return (UInt64(header[1] & 0x7F), true) }
    let value = header.dropFirst(2).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return (value, value >= least)
  }
}

@available(*, unavailable)
extension FrameLengthCheck: Sendable {}

/// A frame's length takes more bytes than it needs.
struct NotShortestLength: Error {}
