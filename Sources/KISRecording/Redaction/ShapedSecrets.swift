/// Secrets that are known by their shape, wherever they stand: JWTs, account and phone numbers, addresses.
struct ShapedSecrets {
  private let text: UnsafeRawBufferPointer

  init(in text: UnsafeRawBufferPointer) { self.text = text }

  /// Shows each kind with what has its shape.
  func show(to visit: (SecretKind, String) -> Void) {
    var index = 0
    while index < text.count {
      guard isWord(text[index]) else {
        index += 1
        continue
      }
      let run = run(from: index)
      if let (kind, secret) = secret(in: run) { visit(kind, secret) }
      index = max(run.upperBound, index + 1)
    }
  }

  /// Characters that belong together in any of the shapes.
  private func run(from start: Int) -> Range<Int> {
    var end = start
    while end < text.count, isWord(text[end]) || isJoint(text[end]) { end += 1 }
    while end > start, isJoint(text[end - 1]), text[end - 1] != UInt8(ascii: ":") { end -= 1 }
    return start..<end
  }

  private func secret(in run: Range<Int>) -> (SecretKind, String)? {
    guard run.count >= 7, run.count <= 4_096 else { return nil }
    // A version behind a slash (`Chrome/120.0.0.0`) is no address.
    let isVersion = run.lowerBound > 0 && text[run.lowerBound - 1] == UInt8(ascii: "/")
    let word = String(decoding: text[run], as: UTF8.self)
    if word.hasPrefix("eyJ"), word.split(separator: ".", omittingEmptySubsequences: false).count == 3 {
      return (.token, word)
    }
    guard run.count <= 45 else { return nil }
    if ShapedSecrets.isHardwareAddress(word) { return (.hardwareAddress, word) }
    if !isVersion, let address = ShapedSecrets.address(in: word) { return (.address, address) }
    if ShapedSecrets.isPhone(word) { return (.phone, word) }
    if let account = ShapedSecrets.account(in: word) { return (.account, account) }
    return nil
  }

  private static func isHardwareAddress(_ word: String) -> Bool {
    guard word.utf8.count == 17 else { return false }
    return [":", "-"].contains { (joint: Character) in
      let parts = word.split(separator: joint, omittingEmptySubsequences: false)
      return parts.count == 6 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }
  }

  /// An address that is not the machine's own, without its port.
  private static func address(in word: String) -> String? {
    let host = word.split(separator: ":", omittingEmptySubsequences: false)
    let parts = host[0].split(separator: ".", omittingEmptySubsequences: false)
    if host.count <= 2, parts.count == 4, parts.allSatisfy({ (1...3).contains($0.count) }),
      parts.allSatisfy({ UInt8($0).map(String.init) == String($0) })
    {
      let isOwn = parts[0] == "127" || parts[0] == "0" || parts[0] == "255"
      return isOwn ? nil : String(host[0])
    }
    // Eight groups, or fewer with `::` between; a time of day has neither.
    guard host.count == 8 || word.contains("::") && host.count >= 3, host.count <= 9,
      host.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) })
    else { return nil }
    return word.filter { $0 != ":" && $0 != "0" } == "1" ? nil : word
  }

  private static func isPhone(_ word: String) -> Bool {
    guard word.hasPrefix("01"), word.allSatisfy({ $0.isNumber || $0 == "-" }) else { return false }
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 1 { return word.hasPrefix("010") && word.count == 11 }
    return parts.count == 3 && parts[0].count == 3 && (3...4).contains(parts[1].count) && parts[2].count == 4
  }

  /// `12345678-01`; a day with two digits behind is none.
  private static func account(in word: String) -> String? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 8, parts[1].count == 2, word.allSatisfy({ $0.isNumber || $0 == "-" }),
      let number = Int(parts[0])
    else { return nil }
    let isDay =
      (1900...2100).contains(number / 10_000) && (1...12).contains(number / 100 % 100)
      && (1...31).contains(number % 100)
    return isDay ? nil : word
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func isJoint(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
  }
}
