/// Finds and replaces many pieces of text in one pass, most of which it never looks at (Wu and Manber, 1994).
///
/// A window as long as the shortest piece moves over the text; its last two bytes say how far it may jump.
struct SecretSearch: Sendable {
  private var needles: [SecretSpellings.Spelling] = []
  private var known: Set<[UInt8]> = []
  private var window = 0
  private var jumps: [UInt8] = []
  /// Needles by the last two bytes of their beginning that is as long as the window; the longest first.
  private var buckets: [UInt16: [Int]] = [:]

  var isEmpty: Bool { needles.isEmpty }

  mutating func add(_ spellings: [SecretSpellings.Spelling]) {
    let new = spellings.filter { $0.secret.count >= SecretSpellings.shortest && known.insert($0.secret).inserted }
    guard !new.isEmpty else { return }
    needles += new
    let shortest = needles.map(\.secret.count).min() ?? 0
    if jumps.isEmpty || shortest < window {
      window = shortest
      jumps = [UInt8](repeating: UInt8(clamping: window - 1), count: 1 << 16)
      buckets = [:]
      for index in needles.indices { enter(index) }
    } else {
      for index in needles.indices.suffix(new.count) { enter(index) }
    }
  }

  private mutating func enter(_ index: Int) {
    let bytes = needles[index].secret
    for end in 1..<window {
      let block = SecretSearch.block(bytes[end - 1], bytes[end])
      jumps[Int(block)] = min(jumps[Int(block)], UInt8(clamping: window - 1 - end))
    }
    let block = SecretSearch.block(bytes[window - 2], bytes[window - 1])
    var bucket = buckets[block] ?? []
    bucket.append(index)
    bucket.sort { needles[$0].secret.count > needles[$1].secret.count }
    buckets[block] = bucket
  }

  /// Replaces every piece, the longest where several begin.
  ///
  /// - Returns: nil when there is none.
  func replaced(in text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard window > 1, text.count >= window else { return nil }
    var out: [UInt8]?
    var copied = 0
    var end = window - 1
    while end < text.count {
      let block = SecretSearch.block(text[end - 1], text[end])
      let jump = jumps[Int(block)]
      guard jump == 0 else {
        end += Int(jump)
        continue
      }
      let start = end - window + 1
      guard let index = buckets[block]?.first(where: { matches($0, text, at: start) }) else {
        end += 1
        continue
      }
      var bytes = out ?? []
      bytes.append(contentsOf: text[copied..<start])
      bytes.append(contentsOf: needles[index].placeholder)
      out = bytes
      copied = start + needles[index].secret.count
      end = copied + window - 1
    }
    guard var out else { return nil }
    out.append(contentsOf: text[copied...])
    return out
  }

  private func matches(_ index: Int, _ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let needle = needles[index]
    let end = start + needle.secret.count
    guard end <= text.count, text[start..<end].elementsEqual(needle.secret) else { return false }
    guard needle.needsBoundary else { return true }
    return !continues(text, before: start) && (end == text.count || !SecretSearch.isWord(text[end]))
  }

  /// Whether a word goes on in front of an index; the letter of an escape such as `\n` is none.
  private func continues(_ text: UnsafeRawBufferPointer, before start: Int) -> Bool {
    guard start > 0, SecretSearch.isWord(text[start - 1]) else { return false }
    return start < 2 || text[start - 2] != UInt8(ascii: "\\")
  }

  private static func block(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
