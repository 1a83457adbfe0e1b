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
