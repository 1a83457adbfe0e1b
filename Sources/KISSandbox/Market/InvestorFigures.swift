/// Provisional net purchases (가집계) of one instrument by kind of investor, in shares, as staff keyed them in.
///
/// Always multiples of 1,000 (PROTOCOL section 2.6).
struct InvestorFigures: Sendable, Hashable {
  /// Foreigners (외국인).
  var foreign = 0
  /// Institutions (기관) in the order of the reply's columns: trusts (투신), banks (은행), insurers (보험), merchant
  /// banks (종금), funds (기금), others (기타 단체).
  var institutions = [Int](repeating: 0, count: 6)
  /// Other corporations (기타 법인).
  var corporations = 0

  /// All institutions together.
  var institutionTotal: Int { institutions.reduce(0, +) }

  /// When staff key figures in, in seconds since midnight, and whose: 09:30 foreigners, 10:00 institutions, 11:20, 13:20
  /// and 14:30 both, each up to ten minutes off (KIS's page of FHPTJ04400000).
  static func entryTimes(seed: UInt64) -> [(second: Int, foreign: Bool, institutions: Bool)] {
    var generator = SeededGenerator(seed: seed).fork("entry times")
    let planned = [
      (34_200, true, false), (36_000, false, true), (40_800, true, true), (48_000, true, true), (52_200, true, true),
    ]
    return planned.map { ($0.0 - 600 + Int(generator.next() % 1_201), $0.1, $0.2) }
  }

  /// Keys in what an instrument's investors have bought so far.
  ///
  /// - Parameters:
  ///   - volume: shares traded so far.
  ///   - generator: the instrument's own stream; the same one at every entry keeps investors' leanings.
  mutating func enter(foreign: Bool, institutions: Bool, volume: Int, generator: SeededGenerator, entry: Int) {
    var leanings = generator.fork("leanings")
    var noise = generator.fork("noise").fork(entry)
    func figure(_ leaning: Double) -> Int {
      Int((Double(volume) * leaning * (0.7 + 0.6 * noise.unit()) / 1_000).rounded()) * 1_000
    }
    let foreignLeaning = 0.09 * leanings.normal() / 2
    let institutionLeanings = [0.03, 0.002, 0.008, 0.0, 0.02, 0.002].map { $0 * leanings.normal() }
    let corporationLeaning = 0.004 * leanings.normal()
    if foreign { self.foreign = figure(foreignLeaning) }
    if institutions {
      self.institutions = institutionLeanings.map(figure)
      corporations = figure(corporationLeaning)
    }
  }
}
