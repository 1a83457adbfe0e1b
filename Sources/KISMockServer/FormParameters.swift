import Foundation

/// Query parameters as clients write them, in the order sent: `+` is a blank, `%2B` a plus. KIS's own cursors are
/// padded with blanks, so who reads them otherwise never gets past the first page.
func formParameters(_ query: String?) -> [(name: String, value: String)] {
  guard let query else { return [] }
  return query.utf8.split(separator: UInt8(ascii: "&")).map { part in
    let name = part.prefix { $0 != UInt8(ascii: "=") }
    return (name: formText(name), value: formText(part[name.endIndex...].dropFirst()))
  }
}

/// Most names and values are written as they are.
private func formText(_ written: Substring.UTF8View) -> String {
  let text = String(Substring(written))
  guard written.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else { return text }
  let spaced = text.replacing("+", with: " ")
  return spaced.removingPercentEncoding ?? spaced
}
