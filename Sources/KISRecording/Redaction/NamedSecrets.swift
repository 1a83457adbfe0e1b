import Foundation
import KISWire

/// Secrets that stand behind their names: `"appkey":"…"`, `CANO=…`, `authorization: Bearer …`, in JSON, forms, header
/// lines and error texts, also where one lies quoted in another.
struct NamedSecrets {
  private let text: UnsafeRawBufferPointer

  init(in text: UnsafeRawBufferPointer) { self.text = text }

  /// Shows each kind with its value, without escapes, and where that stands.
  func show(to visit: (SecretKind, String, Range<Int>) -> Void) {
    var index = 0
    while index < text.count {
      defer { index += 1 }
      guard text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "="),
        let kind = kind(before: index), let range = value(behind: index), let value = plain(Array(text[range]))
      else { continue }
      visit(kind, value, range)
    }
  }

  /// The kind of the name that ends in front of a separator, quoted or not.
  private func kind(before separator: Int) -> SecretKind? {
    var end = separator
    while end > 0, isBlank(text[end - 1]) { end -= 1 }
    while end > 0, isQuote(text[end - 1]) { end -= 1 }
    var start = end
    while start > 0, end - start <= SecretNames.longest, isName(text[start - 1]) { start -= 1 }
    // `\n` and its like in front of a name are no part of it.
    if start > 0, start < end, text[start - 1] == UInt8(ascii: "\\") { start += 1 }
    guard end > start, end - start <= SecretNames.longest else { return nil }
    return SecretNames.kind(of: text[start..<end])
  }

  private func value(behind separator: Int) -> Range<Int>? {
    var start = separator + 1
    while start < text.count, isBlank(text[start]) { start += 1 }
    var quoteAt = start
    while quoteAt < text.count, text[quoteAt] == UInt8(ascii: "\\") { quoteAt += 1 }
    var end = start
    if quoteAt < text.count, text[quoteAt] == UInt8(ascii: "\"") || text[quoteAt] == UInt8(ascii: "'") {
      // The value ends where the same quote stands again, behind as many backslashes.
      let (quote, escapes) = (text[quoteAt], quoteAt - start)
      start = quoteAt + 1
      end = start
      while end < text.count {
        if text[end] == quote, backslashes(before: end, from: start) <= escapes { break }
        end += 1
      }
      end -= min(escapes, end - start)
    } else {
      while end < text.count, !isEnd(text[end]) { end += 1 }
      if String(decoding: text[start..<end], as: UTF8.self).lowercased() == "bearer" {
        end = min(end + 1, text.count)
        while end < text.count, !isEnd(text[end]) { end += 1 }
      }
    }
    guard end > start, end - start <= 4_096 else { return nil }
    return start..<end
  }

  /// Without the escapes of JSON and of percent-encoding.
  private func plain(_ bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    if text.contains("\\") {
      let quoted = "\"" + text.replacing(#"\\"#, with: #"\"#) + "\""
      return (try? JSONValue(parsing: quoted))?.string ?? text
    }
    return text.contains("%") ? text.removingPercentEncoding ?? text : text
  }

  private func backslashes(before index: Int, from start: Int) -> Int {
    var count = 0
    while index - count > start, text[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
    return count
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
  }

  private func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: "\\"),
      UInt8(ascii: "{"), UInt8(ascii: "["):
      true
    default: false
    }
  }
}
