import Foundation
import KISWire

/// Whether a text out of a log is a message as it was sent, not what a logger made of it.
enum MessageCheck {
  /// Why it cannot be imported; nil when nothing is wrong with it.
  static func trouble(of text: [UInt8]) -> String? {
    if text.first == UInt8(ascii: "{") {
      guard (try? JSONValue(parsing: text)) != nil else { return elided }
      return nil
    }
    guard let head = text.withUnsafeBytes({ FrameHead($0) }) else { return elided }
    let payload = text[head.payload...]
    if payload.hasEllipsis { return elided }
    if head.isEncrypted {
      // A log can hold them decrypted.
      guard !payload.contains(UInt8(ascii: "^")) else { return nil }
      return payload.count % 4 == 0 && Data(base64Encoded: Data(payload)) != nil ? nil : cut
    }
    let values = payload.count { $0 == UInt8(ascii: "^") } + 1
    let transaction = TransactionID(String(decoding: text[head.transactionID], as: UTF8.self))
    guard head.count > 0 else { return nil }
    // Frames get wider from time to time, never narrower than the oldest layout by much.
    if Catalogue.realtime(transaction) != nil {
      let narrowest = min(
        oldest.layout(of: transaction).width, Dialect.latest().layout(of: transaction).width)
      return values < head.count * narrowest ? cut : nil
    }
    return values % head.count == 0 ? nil : cut
  }

  static let elided = "messages of which the logger left out the middle (`...`)"
  static let cut = "messages that are cut: values are missing at their end"

  static let oldest = (try? Dialect(day: "2020-01-01")) ?? .latest()

  /// Who sends such a message; nil for a PINGPONG, which goes both ways.
  static func side(of text: [UInt8]) -> CapturedEvent.Side? {
    guard text.first == UInt8(ascii: "{") else { return .server }
    guard let json = try? JSONValue(parsing: text) else { return nil }
    if json["body"]?["input"] != nil || json["header"]?["approval_key"] != nil { return .client }
    return json["body"]?["rt_cd"] != nil ? .server : nil
  }
}

extension ArraySlice<UInt8> {
  /// Whether three dots or U+2026 stand in it.
  fileprivate var hasEllipsis: Bool {
    var dots = 0
    for byte in self {
      dots = byte == UInt8(ascii: ".") ? dots + 1 : 0
      if dots == 3 { return true }
    }
    return false
  }
}
