import Foundation

/// Query parameters as clients write them, in the order sent: `+` is a blank, `%2B` a plus. KIS's own cursors are
/// padded with blanks, so who reads them otherwise never gets past the first page.
func formParameters(_ query: String?) -> [(name: String, value: String)] {
  (query ?? "").split(separator: "&").map { part in
    let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { side in
      let text = String(side).replacing("+", with: " ")
      return text.removingPercentEncoding ?? text
    }
    return (name: sides[0], value: sides.count > 1 ? sides[1] : "")
  }
}
