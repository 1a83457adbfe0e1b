/// Makes the values of one record agree with each other: wholes with their parts, nets with what was bought and sold,
/// signs with differences. Which fields those are is found out once for all records with the same fields.
struct ConsistentRecord: Sendable {
  private let sums: [Sum]
  private let nets: [Net]
  private let signs: [Sign]

  /// A whole and its parts, by their places in the record.
  private struct Sum: Sendable {
    let whole: Int
    let parts: [Int]
    let sign: Int
  }

  /// What was bought less what was sold.
  private struct Net: Sendable {
    let net: Int
    let sold: Int
    let bought: Int
  }

  /// A sign code and the difference that it is of.
  private struct Sign: Sendable {
    let sign: Int
    let difference: Int
  }

  /// - Parameter fields: the names of the record's values, each once, in the record's own spelling.
  init(_ fields: [String]) {
    let places = Dictionary(zip(fields, fields.indices)) { first, _ in first }
    sums = ConsistentRecord.words.flatMap { word in word.sums(in: places) }
    // In the order of their names: some are parts of others.
    let sorted = fields.sorted()
    nets = sorted.compactMap { ConsistentRecord.net($0, in: places) }
    signs = sorted.compactMap { name in
      guard name.lowercased().hasSuffix("_sign"), let sign = places[name] else { return nil }
      return places[String(name.dropLast(5))].map { Sign(sign: sign, difference: $0) }
    }
  }

  /// - Parameters:
  ///   - values: of the fields, in their order.
  ///   - isKnown: whether a field's value comes from the market: then it stays, each rounded by itself.
  func agree(_ values: inout [String], isKnown: (Int) -> Bool = { _ in false }) {
    for sum in sums where !isKnown(sum.whole) {
      let numbers = sum.parts.compactMap { Int(values[$0]) }
      if numbers.count > 1 { values[sum.whole] = "\(sum.sign * numbers.reduce(0, +))" }
    }
    for net in nets where !isKnown(net.net) {
      if let sold = Int(values[net.sold]), let bought = Int(values[net.bought]) {
        values[net.net] = "\(bought - sold)"
      }
    }
    // A sign code says which way its difference goes; limits (1, 4) stay.
    for sign in signs where values[sign.sign] != "1" && values[sign.sign] != "4" {
      if let difference = Double(values[sign.difference]) { values[sign.sign] = signCode(difference) }
    }
  }

  /// Whether any of these fields is one that has to agree with others.
  static func concerns(_ fields: [String]) -> Bool {
    fields.contains { field in
      let name = field.lowercased()
      return name.holds("ntby") || name.hasSuffix("sign") || words.contains { name.hasPrefix("\($0.whole)_") }
    }
  }

  /// Net purchases are purchases minus sales, where the record has all three.
  private static func net(_ name: String, in places: [String: Int]) -> Net? {
    guard name.lowercased().holds("ntby"), let net = places[name] else { return nil }
    func place(_ side: String) -> Int? {
      let isCapital = name.first?.isUppercase == true
      let sibling = name.replacing(isCapital ? "NTBY" : "ntby", with: isCapital ? side.uppercased() : side)
      // Quantities of the sides are called volumes.
      let candidates = [sibling, sibling.replacing("_qty", with: "_vol"), sibling.replacing("_QTY", with: "_VOL")]
      return candidates.lazy.compactMap { places[$0] }.first
    }
    guard let sold = place("seln"), let bought = place("shnu") else { return nil }
    return Net(net: net, sold: sold, bought: bought)
  }

  /// What is the sum of what, as words of names: `orgn_ntby_qty` of `ivtr_ntby_qty`, `bank_ntby_qty` and so on.
  private static let words = [
    Words("whol", of: ["arbt", "nabt"]),
    Words("all", of: ["arbt", "nabt"]),
    Words("orgn", of: ["scrt", "ivtr", "pe_fund", "bank", "insu", "mrbn", "fund", "etc_orgt"]),
    Words("frgn", of: ["frgn_reg", "frgn_nreg"]),
    Words("etc", of: ["etc_orgt", "etc_corp"]),
    // Whatever somebody bought, somebody else sold.
    Words("prsn", of: ["frgn", "orgn", "etc_corp"], sign: -1, figures: ["ntby_qty", "ntby_vol", "ntby_tr_pbmn"]),
  ]

  /// A whole and its parts: figures whose names begin with these words and end alike.
  private struct Words {
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

    /// The sums of a record that has the whole and at least two of its parts.
    func sums(in places: [String: Int]) -> [Sum] {
      figures.compactMap { figure in
        guard let whole = places["\(whole)_\(figure)"] else { return nil }
        let found = parts.compactMap { part in
          let part = "\(part)_\(figure)"
          // Shares are called now quantity, now volume; one amount lacks its `tr_`.
          return places[part] ?? places[part.replacing("_qty", with: "_vol")]
            ?? places[part.replacing("_tr_pbmn", with: "_pbmn")]
        }
        return found.count > 1 ? Sum(whole: whole, parts: found, sign: sign) : nil
      }
    }
  }
}
