import KISWire

/// The compression of bodies that a `Content-Encoding` names.
enum ContentCoding {
  /// Longer bodies than this are left as they are: a few packed kilobytes can unpack to gigabytes.
  private static let longest = 64 << 20

  /// The answer with its body unpacked and the header taken off; as it is when the coding is not known or broken.
  static func decode(_ response: CapturedExchange.Response) -> CapturedExchange.Response {
    guard let coding = response.headers.first(named: "content-encoding")?.lowercased(), !response.body.isEmpty else {
      return response
    }
    let body: [UInt8]? =
      switch coding {
      case "gzip", "x-gzip": unpack(gzip: response.body)
      // RFC 9110 says zlib's format; some servers send bare DEFLATE.
      case "deflate":
        response.body[0] & 0x0F == 8 && response.body.count > 6
          ? unpack(deflate: response.body.dropFirst(2)) ?? unpack(deflate: response.body[...])
          : unpack(deflate: response.body[...])
      default: nil
      }
    guard let body else { return response }
    var decoded = response
    decoded.body = body
    decoded.headers.removeAll { $0.name.lowercased() == "content-encoding" }
    for index in decoded.headers.indices where decoded.headers[index].name.lowercased() == "content-length" {
      decoded.headers[index].value = "\(body.count)"
    }
    return decoded
  }

  private static func unpack(gzip bytes: [UInt8]) -> [UInt8]? {
    var reader = GzipReader(rest: bytes)
    var output: [UInt8] = []
    do throws(CaptureError) {
      while output.count < longest, try reader.read(upTo: 1 << 16, from: nil, into: &output) {}
    } catch {
      return nil
    }
    return reader.isDamaged || output.count >= longest ? nil : output
  }

  static func unpack(deflate bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var inflate = Inflate()
    inflate.append(bytes)
    var output: [UInt8] = []
    while output.count < longest {
      switch inflate.read(1 << 16, into: &output, isEnd: true) {
      case .full: continue
      case .finished: return output
      case .hungry, .damaged: return nil
      }
    }
    return nil
  }
}
