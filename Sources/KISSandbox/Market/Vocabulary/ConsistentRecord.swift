/// Makes the values of one record agree with each other: wholes with their parts, nets with what was bought and sold,
/// signs with differences.
enum ConsistentRecord {
  /// - Parameters:
  ///   - values: by field, in the record's own spelling.
  ///   - known: the fields whose values the market tells; they stay, each rounded by itself.
  static func agree(_ values: inout [String: String], known: Set<String> = []) {
    for sum in sums { sum.enter(in: &values, known: known) }
    for name in values.keys.sorted() where name.lowercased().holds("ntby") && !known.contains(name) {
      net(name, in: &values)
    }
    for name in values.keys.sorted() where name.lowercased().hasSuffix("sign") { sign(name, in: &values) }
  }

  /// Whether any of these fields is one that has to agree with others.
  static func concerns(_ fields: [String]) -> Bool {
    fields.contains { field in
      let name = field.lowercased()
      return name.holds("ntby") || name.hasSuffix("sign") || sums.contains { name.hasPrefix("\($0.whole)_") }
    }
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

  /// What is the sum of what, as words of names: `orgn_ntby_qty` of `ivtr_ntby_qty`, `bank_ntby_qty` and so on.
  private static let sums = [
    Sum("whol", of: ["arbt", "nabt"]),
    Sum("all", of: ["arbt", "nabt"]),
    Sum("orgn", of: ["scrt", "ivtr", "pe_fund", "bank", "insu", "mrbn", "fund", "etc_orgt"]),
    Sum("frgn", of: ["frgn_reg", "frgn_nreg"]),
    Sum("etc", of: ["etc_orgt", "etc_corp"]),
    // Whatever somebody bought, somebody else sold.
    Sum("prsn", of: ["frgn", "orgn", "etc_corp"], sign: -1, figures: ["ntby_qty", "ntby_vol", "ntby_tr_pbmn"]),
  ]

  /// A whole and its parts: figures whose names begin with these words and end alike.
  private struct Sum {
    let whole: String
    let parts: [String]
    let sign: Int
    let figures: [String]

    init(
      _ whole: String, of parts: [String], sign: Int = 1,
      figures: [String] = [
        "seln_vol", "shnu_vol", "seln_qty", "shnu_qty", "ntby_qty", "ntby_vol", "seln_tr_pbmn", "shnu_tr_pbmn",
        "ntby_tr_pbmn", "seln_amt", "shnu_amt",
      ]
    ) {
      (self.whole, self.parts, self.sign, self.figures) = (whole, parts, sign, figures)
    }

    /// Writes the sum into a record that has the whole and at least two of its parts.
    func enter(in values: inout [String: String], known: Set<String>) {
      for figure in figures {
        let name = "\(whole)_\(figure)"
        guard values[name] != nil, !known.contains(name) else { continue }
        let numbers = parts.compactMap { part in
          let part = "\(part)_\(figure)"
          // Shares are called now quantity, now volume; one amount lacks its `tr_`.
          let text = values[part] ?? values[part.replacing("_qty", with: "_vol")]
          return (text ?? values[part.replacing("_tr_pbmn", with: "_pbmn")]).flatMap { Int($0) }
        }
        if numbers.count > 1 { values[name] = "\(sign * numbers.reduce(0, +))" }
      }
    }
  }
}
