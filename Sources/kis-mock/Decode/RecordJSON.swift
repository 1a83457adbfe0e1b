import KISWire

/// Writes records of one layout as JSON without making a value of each: names are quoted once, values go over as bytes.
///
/// The text is that of `Record.json`.
struct RecordJSON {
  private let opening: [UInt8]
  /// `"NAME":` of each field.
  private let names: [[UInt8]]

  init(_ layout: Layout) {
    var opening = Array(#"{"tr_id":"#.utf8)
    JSONValue.appendQuoted(layout.transactionID.rawValue.utf8, to: &opening)
    opening += Array(#","fields":{"#.utf8)
    self.opening = opening
    names = layout.fields.map { field in
      var name: [UInt8] = []
      JSONValue.appendQuoted(field.utf8, to: &name)
      name.append(UInt8(ascii: ":"))
      return name
    }
  }

  func append(_ values: RecordValues, to output: inout [UInt8]) {
    output.append(contentsOf: opening)
    let named = min(names.count, values.count)
    for index in 0..<named {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: names[index])
      appendQuoted(values.bytes(at: index), to: &output)
    }
    output.append(contentsOf: #"},"extra":["#.utf8)
    for index in named..<values.count {
      if index > named { output.append(UInt8(ascii: ",")) }
      appendQuoted(values.bytes(at: index), to: &output)
    }
    output.append(contentsOf: "]}".utf8)
  }

  /// Nearly every value is a number or a word that needs no escape; broken UTF-8 becomes U+FFFD.
  private func appendQuoted(_ value: ArraySlice<UInt8>, to output: inout [UInt8]) {
    let isPlain = value.allSatisfy {
      $0 >= 0x20 && $0 < 0x80 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard isPlain else {
      JSONValue.appendQuoted(String(decoding: value, as: UTF8.self).utf8, to: &output)
      return
    }
    output.append(UInt8(ascii: "\""))
    output.append(contentsOf: value)
    output.append(UInt8(ascii: "\""))
  }
}
