/// A number that is kept in 32 bits, so that a market of hundreds of instruments stays small; what does not fit is
/// clamped.
@propertyWrapper
struct Compact: Sendable, Hashable {
  private var stored: Int32

  init(wrappedValue: Int) { stored = Int32(clamping: wrappedValue) }

  @inline(__always)
  var wrappedValue: Int {
    get { Int(stored) }
    set { stored = Int32(clamping: newValue) }
  }
}

/// A price in 32 bits. From 2³¹ on (214,748 yen or dong in ten-thousandths) it is kept in hundreds, which loses nothing: steps
/// between such prices are wider.
@propertyWrapper
struct CompactPrice: Sendable, Hashable {
  private var stored: Int32

  init(wrappedValue: Int) { stored = CompactPrice.stored(wrappedValue) }

  @inline(__always)
  var wrappedValue: Int {
    get { stored >= 0 ? Int(stored) : -Int(stored) * 100 }
    set { stored = CompactPrice.stored(newValue) }
  }

  @inline(__always)
  private static func stored(_ price: Int) -> Int32 {
    price <= Int(Int32.max) ? Int32(clamping: max(0, price)) : Int32(clamping: -(price / 100))
  }
}
