public import KISWire

/// The broker's own master files (종목마스터): every instrument of a day, one a line of fixed width, CP949.
///
/// `kospi_code.mst` and `kosdaq_code.mst` have a short code (9 bytes), a standard code (12), the name, and behind it 227
/// or 221 bytes of figures; `idxcode.mst` a market digit, a code of four digits and a name; those abroad (`nasmst.cod`
/// and its like) values with tabs between. The layouts are those of the broker's own header files, as its samples read
/// them.
public enum MasterFile: Sendable, Hashable {
  case kospi
  case kosdaq
  /// 업종코드
  case industries
  /// Shares abroad.
  case abroad

  /// Which file it is, by its name as the broker gives it; nil for any other file.
  public init?(name: String) {
    let name = name.lowercased()
    switch name {
    case _ where name.hasSuffix(".mst") && name.contains("kospi"): self = .kospi
    case _ where name.hasSuffix(".mst") && name.contains("kosdaq"): self = .kosdaq
    case _ where name.hasSuffix(".mst") && name.contains("idx"): self = .industries
    case _ where name.hasSuffix(".cod"): self = .abroad
    default: return nil
    }
  }
}

extension KnownCodes {
  /// Reads a master file: its codes beside those that are built in, and the list of its kind as complete.
  ///
  /// - Parameter text: the file, made text of CP949.
  /// - Throws: ``ScenarioError`` for the first line that is none of its kind, with line and column.
  public init(master kind: MasterFile, _ text: String, file: String) throws(ScenarioError) {
    var industries: [IndustryCode] = []
    var instruments: [ListedInstrument] = []
    var number = 0
    for row in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = MasterLine(row.last == UInt8(ascii: "\r") ? row.dropLast() : row, number: number, file: file)
      if line.isEmpty { continue }
      switch kind {
      case .kospi: instruments.append(try line.share(on: "KOSPI", figures: 227, price: 41))
      case .kosdaq: instruments.append(try line.share(on: "KOSDAQ", figures: 221, price: 36))
      case .industries: industries.append(try line.industry())
      case .abroad: if let share = try line.shareAbroad() { instruments.append(share) }
      }
    }
    let kinds: Set<ListedInstrument.Kind> =
      switch kind {
      case .kospi, .kosdaq: [.share]
      case .industries: []
      case .abroad: [.overseasShare]
      }
    self.init(adding: industries, instruments, complete: kinds)
  }
}

/// One line of such a file.
private struct MasterLine {
  private let bytes: Substring.UTF8View
  private let number: Int
  private let file: String

  init(_ bytes: Substring.UTF8View, number: Int, file: String) {
    (self.bytes, self.number, self.file) = (bytes, number, file)
  }

  var isEmpty: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x1A } }

  /// - Parameters:
  ///   - figures: the width of what stands behind the name.
  ///   - price: where in it the base price stands (기준가, nine digits). What follows it stands alike in both files: 31
  ///     bytes behind its end the volume of the day before, 63 bytes behind it the listed shares.
  func share(on market: String, figures: Int, price: Int) throws(ScenarioError) -> ListedInstrument {
    guard bytes.count > 21 + figures else {
      throw error("a line of a code, a name and \(figures) bytes of figures", column: 1)
    }
    let code = text(bytes.prefix(9))
    let tail = bytes.suffix(figures)
    let name = text(bytes.dropFirst(21).dropLast(figures))
    guard !code.isEmpty, code.allSatisfy({ $0.isASCII && !$0.isWhitespace }), !name.isEmpty else {
      throw error("a short code (단축코드), a standard code and a name", column: 1)
    }
    let nameWidth = bytes.count - 21 - figures
    func figure(_ offset: Int, _ width: Int) throws(ScenarioError) -> Int {
      let field = tail.dropFirst(offset).prefix(width)
      let digits = text(field)
      guard !digits.isEmpty else { return 0 }
      guard let value = Int(digits), value >= 0 else {
        throw error("a number of \(width) digits", column: 22 + nameWidth + offset, found: digits)
      }
      return value
    }
    let base = try figure(price, 9)
    let volume = try figure(price + 40, 12)
    let listed = try figure(price + 72, 15)
    return ListedInstrument(
      code: code, koreanName: name, kind: kind(of: text(tail.prefix(2)), code: code), market: market,
      // Of what has never traded, some price to start from.
      referencePrice: Double(base > 0 ? base : 1_000), dailyVolume: volume > 0 ? volume : nil,
      listedShares: listed > 0 ? min(listed, 1_000_000_000) * 1_000 : nil)
  }

  private func kind(of group: String, code: String) -> ListedInstrument.Kind {
    switch group {
    case "EF", "FE": .etf
    case "EN": .etn
    case "EW": .elw
    default: code.hasPrefix("Q") ? .etn : .share
    }
  }

  func industry() throws(ScenarioError) -> IndustryCode {
    let code = text(bytes.dropFirst().prefix(4))
    let name = text(bytes.dropFirst(5))
    guard code.count == 4, code.allSatisfy({ $0.isASCII && $0.isNumber }), !name.isEmpty else {
      throw error("a market digit, an industry code of four digits and a name", column: 1)
    }
    return IndustryCode(code: code, koreanName: name)
  }

  /// Nil for an index.
  func shareAbroad() throws(ScenarioError) -> ListedInstrument? {
    let values = bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { text($0) }
    guard values.count >= 15, !values[5].isEmpty else {
      throw error("at least 15 values with tabs between, the realtime symbol in the sixth", column: 1)
    }
    guard values[8] != "1" else { return nil }
    guard let price = Double(values[12].isEmpty ? "0" : values[12]), price >= 0, price < 1e9 else {
      let column = values.prefix(12).reduce(1) { $0 + $1.utf8.count + 1 }
      throw error("a base price", column: column, found: values[12])
    }
    let exchange = String(values[5].dropFirst().prefix(3))
    return ListedInstrument(
      code: values[5], koreanName: values[6].isEmpty ? values[7] : values[6], kind: .overseasShare,
      market: MasterLine.markets[exchange] ?? values[3], referencePrice: price > 0 ? price : 1,
      lot: Int(values[13]).flatMap { (1...1_000_000).contains($0) ? $0 : nil })
  }

  /// Exchanges by the letters that realtime symbols have.
  private static let markets = [
    "NAS": "NASDAQ", "NYS": "NYSE", "AMS": "AMEX", "HKS": "HKEX", "TSE": "TSE", "SHS": "SSE", "SZS": "SZSE",
    "HNX": "HNX", "HSX": "HSX", "BAQ": "NASDAQ", "BAY": "NYSE", "BAA": "AMEX",
  ]

  private func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self).trimmingBlanks
  }

  private func error(_ expected: String, column: Int, found: String? = nil) -> ScenarioError {
    ScenarioError(
      at: FilePosition(file: file, line: number, column: column), expected: expected,
      found: found.map { "`\($0)`" } ?? "`\(text(bytes))`",
      advice: "take the file as the broker gives it, unpacked and not converted")
  }
}
