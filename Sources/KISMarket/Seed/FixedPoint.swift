/// Logarithms, exponentials and roots in integers, equal on every machine. A number in Q30 is a multiple of 2⁻³⁰.
enum FixedPoint {
  /// 1 in Q30.
  static let one = 1 << 30
  /// ln 2 in Q30.
  static let ln2 = 744_261_118

  /// The product of two numbers in Q30.
  @inline(__always)
  static func product(_ a: Int, _ b: Int) -> Int { Int(truncatingIfNeeded: (a &* b) >> 30) }

  /// e to the power of x, both in Q30. Accurate to about 10⁻⁸; below −20 it is 0, above 21 that of 21.
  static func exp(_ x: Int) -> Int {
    let (sum, halvings) = power(min(x, 21 * one))
    if x < -20 * one { return 0 }
    return halvings >= 0 ? sum << halvings : sum >> -halvings
  }

  /// e to the power of x as a number from 1 to 2 in Q30, and how many times that is doubled.
  @inline(__always)
  private static func power(_ x: Int) -> (sum: Int, doublings: Int) {
    var halvings = x / ln2
    var rest = x - halvings * ln2
    if rest < 0 {
      rest += ln2
      halvings -= 1
    }
    // Written out, so that every divisor is known to the compiler: a division is what takes longest.
    var sum = one + rest / 9
    sum = one + product(sum, rest) / 8
    sum = one + product(sum, rest) / 7
    sum = one + product(sum, rest) / 6
    sum = one + product(sum, rest) / 5
    sum = one + product(sum, rest) / 4
    sum = one + product(sum, rest) / 3
    sum = one + product(sum, rest) / 2
    sum = one + product(sum, rest)
    return (sum, halvings)
  }

  /// The natural logarithm of an integer in Q30; of anything below 1 that of 1.
  static func ln(_ number: Int) -> Int { ln(UInt64(max(1, number))) }

  /// The natural logarithm of an integer in Q30, by squaring: each squaring tells one binary digit.
  static func ln(_ number: UInt64) -> Int {
    let number = max(1, number)
    let digits = 63 - number.leadingZeroBitCount
    var mantissa = digits >= 30 ? Int(number >> UInt64(digits - 30)) : Int(number << UInt64(30 - digits))
    var fraction = 0
    for _ in 0..<24 {
      mantissa = product(mantissa, mantissa)
      // 1 when it is 2 or more. Digits come as by chance: a branch would be taken wrongly half of the time.
      let digit = mantissa &>> 31
      mantissa = mantissa &>> digit
      fraction = fraction &<< 1 | digit
    }
    return digits * ln2 + product(fraction << 6, ln2)
  }

  /// e to the power of x (Q30), rounded to an integer: the price of a logarithm. Above 40 that of 40.
  @inline(__always)
  static func integer(ofLn x: Int) -> Int {
    if x <= 21 * one { return (exp(x) + (1 << 29)) >> 30 }
    let (sum, doublings) = power(min(x, 40 * one))
    return doublings > 30 ? sum << (doublings - 30) : sum >> (30 - doublings)
  }

  /// The square root, rounded down (or off by one above 2⁵³); 0 for anything below 0. IEEE's square root is exact.
  @inline(__always)
  static func root(_ number: Int) -> Int { number <= 0 ? 0 : Int(Double(number).squareRoot()) }

  /// `a * b / c` without overflow in between; c is not 0.
  @inline(__always)
  static func ratio(_ a: Int, _ b: Int, _ c: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? Int(clamping: Int128(a) * Int128(b) / Int128(c)) : product / c
  }
}
