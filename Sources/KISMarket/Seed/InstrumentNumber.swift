/// The number that names an instrument's cells, made of its code (FNV-1a): nothing else of it changes its figures.
package struct InstrumentNumber: Sendable, Hashable {
  package let value: UInt64

  package init(_ code: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in code.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    value = CellGenerator.mixed(hash)
  }
}
