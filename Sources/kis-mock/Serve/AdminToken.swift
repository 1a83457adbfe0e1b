/// The admin token of a mock that listens beyond this machine and was given none.
enum AdminToken {
  /// 32 hexadecimal digits. They must not be guessed, so here, and only here, chance does not come from the seed.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
