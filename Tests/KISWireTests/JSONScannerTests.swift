import KISWire
import Testing

@Suite("Stepping over JSON")
struct JSONScannerTests {
  @Test("accepts what the parser accepts, and stops where it stops", arguments: [UInt64](1...20))
  func agreement(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let samples = [
      #"{"t":1,"rest":{"body":{"a":[1,-2.5e3,true,false,null],"b":"\u00e9\"\\"}}}"#, #"[[],{},"x",0,[{"k":[[]]}]]"#,
      #" { "a" : "b" , "c" : [ ] } "#,
    ]
    for _ in 0..<500 {
      var bytes = Array((samples.randomElement(using: &generator) ?? "").utf8)
      for _ in 0..<Int.random(in: 0...3, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = Array("\"\\{}[]:,0 -.eu\n".utf8).randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      #expect(scanned(bytes) == parsed(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// The offset at which reading stopped; nil when all of it is JSON.
  private func scanned(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { text in
      var scanner = JSONScanner(text, depth: 4)
      do throws(WireError) {
        _ = try scanner.value()
        try scanner.end()
        return nil
      } catch {
        return error.offset
      }
    }
  }

  private func parsed(_ bytes: [UInt8]) -> Int? {
    do throws(WireError) {
      _ = try JSONValue(parsing: bytes, depth: 4)
      return nil
    } catch {
      return error.offset
    }
  }
}
