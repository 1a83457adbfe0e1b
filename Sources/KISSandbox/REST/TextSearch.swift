extension String {
  /// Whether a text lies in it, byte by byte. The standard library's `contains` compares characters, which costs so much
  /// more that it showed in every generated answer.
  func holds(_ part: String) -> Bool {
    var (whole, part) = (self, part)
    return whole.withUTF8 { whole in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard whole.count >= part.count else { return false }
        for start in 0...(whole.count - part.count) where whole[start] == first {
          if whole[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
      }
    }
  }
}
