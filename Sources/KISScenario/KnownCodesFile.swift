public import KISWire

/// A file of codes beside those that are built in, one a line, values separated by commas:
///
///     # kind, code, name, market, price, shares a day, listed shares
///     industry,0129,새 업종
///     share,950999,새종목,KOSDAQ,12500
///     overseas-share,DNASNEWS,뉴스,NASDAQ,31.5
///
/// Of an industry the code and the name are needed, of an instrument the first five values. Empty lines and what
/// follows `#` at the beginning of a line say nothing.
extension KnownCodes {
  /// - Throws: ``ScenarioError`` for the first line that is none of these, with line and column.
  public init(parsing text: String, file: String) throws(ScenarioError) {
    var industries: [IndustryCode] = []
    var instruments: [ListedInstrument] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let written = String(line).trimmingBlanks
      guard !written.isEmpty, !written.hasPrefix("#") else { continue }
      let values = CodeLine(line, number: number, file: file)
      if try values.kind() == CodeLine.industry {
        industries.append(IndustryCode(code: try values.code(ofDigits: 4), koreanName: try values.text(2, "a name")))
      } else {
        instruments.append(try values.instrument())
      }
    }
    self.init(adding: industries, instruments)
  }
}

/// One line of such a file.
private struct CodeLine {
  static let industry = "industry"
  private static let kinds = [
    industry, "share", "etf", "etn", "elw", "bond", "bond-index", "index-future", "index-option", "stock-future",
    "stock-option", "commodity-future", "overseas-share", "overseas-future",
  ]

  private let values: [(text: String, column: Int)]
  private let number: Int
  private let file: String
  private let width: Int

  init(_ line: Substring, number: Int, file: String) {
    var values: [(text: String, column: Int)] = []
    var column = 1
    for part in line.split(separator: ",", omittingEmptySubsequences: false) {
      values.append((String(part).trimmingBlanks, column + part.prefix { $0 == " " }.count))
      column += part.count + 1
    }
    self.values = values
    self.number = number
    self.file = file
    width = line.count
  }

  func kind() throws(ScenarioError) -> String {
    let kind = values.first?.text ?? ""
    guard CodeLine.kinds.contains(kind) else {
      let nearest = Similarity.nearest(to: kind, in: CodeLine.kinds, count: 1).first
      throw error(0, "a kind: \(CodeLine.kinds.joined(separator: ", "))", nearest: nearest)
    }
    return kind
  }

  func code(ofDigits count: Int) throws(ScenarioError) -> String {
    let code = try text(1, "a code")
    guard code.utf8.count == count, code.isAllDigits else {
      throw error(1, "a code of \(count) digits")
    }
    return code
  }

  func text(_ index: Int, _ expected: String) throws(ScenarioError) -> String {
    guard index < values.count, !values[index].text.isEmpty else { throw error(index, expected) }
    return values[index].text
  }

  func instrument() throws(ScenarioError) -> ListedInstrument {
    let price = try text(4, "a price to start simulations from")
    guard let price = Double(price), price > 0, price < 1e9 else { throw error(4, "a price above 0, such as 12500") }
    return ListedInstrument(
      code: try text(1, "a code"), koreanName: try text(2, "a name"), kind: .init(try kind()),
      market: try text(3, "a market, such as KOSDAQ"), referencePrice: price, dailyVolume: try count(5),
      listedShares: try count(6))
  }

  private func count(_ index: Int) throws(ScenarioError) -> Int? {
    guard index < values.count, !values[index].text.isEmpty else { return nil }
    guard let count = Int(values[index].text), (1...1_000_000_000_000).contains(count) else {
      throw error(index, "a whole number of shares")
    }
    return count
  }

  private func error(_ index: Int, _ expected: String, nearest: String? = nil) -> ScenarioError {
    let isThere = index < values.count
    return ScenarioError(
      at: FilePosition(file: file, line: number, column: isThere ? values[index].column : width + 1),
      expected: expected,
      found: isThere && !values[index].text.isEmpty ? "`\(values[index].text)`" : "nothing", nearest: nearest)
  }
}
