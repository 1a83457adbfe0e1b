/// Makes the values of one record agree with each other: nets with what was bought and sold, signs with differences.
enum ConsistentRecord {
  /// - Parameter values: by field, in the record's own spelling.
  static func agree(_ values: inout [String: String]) {
    for name in values.keys.sorted() where name.lowercased().contains("ntby") { net(name, in: &values) }
    for name in values.keys.sorted() where name.lowercased().hasSuffix("sign") { sign(name, in: &values) }
  }

  /// Net purchases are purchases minus sales, where the record has all three.
  private static func net(_ name: String, in values: inout [String: String]) {
    func number(_ side: String) -> Int? {
      let spelled = name.first?.isUppercase == true ? side.uppercased() : side
      let ntby = name.first?.isUppercase == true ? "NTBY" : "ntby"
      let sibling = name.replacing(ntby, with: spelled)
      // Quantities of the sides are called volumes.
      let candidates = [sibling, sibling.replacing("_qty", with: "_vol"), sibling.replacing("_QTY", with: "_VOL")]
      return candidates.compactMap { values[$0] }.first.flatMap { Int($0) }
    }
    guard let sold = number("seln"), let bought = number("shnu") else { return }
    values[name] = "\(bought - sold)"
  }

  /// A sign code says which way its difference goes; limits (1, 4) stay.
  private static func sign(_ name: String, in values: inout [String: String]) {
    let stem = name.dropLast(5)
    guard name.lowercased().hasSuffix("_sign"), values[name] != "1", values[name] != "4",
      let difference = values[String(stem)].flatMap({ Double($0) })
    else { return }
    values[name] = signCode(difference)
  }
}
