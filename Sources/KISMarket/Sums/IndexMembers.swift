/// The members of an index: shares that are known by name, and parts of the residual ones.
struct IndexMembers: Sendable {
  let definition: IndexDefinition
  let shares: [Instrument]
  /// Each with how many thousandths of it belong to the index.
  let residuals: [(instrument: Instrument, thousandths: Int)]
  /// How many shares the residual stands for.
  let residualIssues: Int

  init(_ definition: IndexDefinition, of instruments: [Instrument]) {
    self.definition = definition
    shares = instruments.filter(definition.contains)
    residuals = definition.residuals.map { (Instrument.residual(ofIndustry: $0.industry), $0.thousandths) }
    let board = definition.board == .kospi ? IndexDefinition.kospiResiduals : IndexDefinition.kosdaqResiduals
    let known = instruments.filter { $0.kind == .share && $0.board == definition.board }.count
    let others = max(0, (definition.board == .kospi ? 958 : 1_790) - known)
    let parts = definition.residuals.map { residual in
      (board.first { $0.industry == residual.industry }?.thousandths ?? 0) * residual.thousandths
    }
    residualIssues = others * parts.reduce(0, +) / 1_000_000
  }

  /// A sum over the members of a figure that adds up, of the residual ones their part.
  func sum(_ figure: (Instrument) -> Int) -> Int {
    shares.reduce(0) { $0 + figure($1) } + residualSum(figure)
  }

  /// The residual's part of a sum.
  func residualSum(_ figure: (Instrument) -> Int) -> Int {
    residuals.reduce(0) { $0 + figure($1.instrument) * $1.thousandths / 1_000 }
  }

  /// The value of all members in thousands of won, given their prices.
  func capitalization(_ price: (Instrument) -> Int) -> Int {
    sum { $0.listedShares / 1_000 * price($0) }
  }
}
