import KISMarket

extension Quote {
  /// Who bought and sold, by KIS's words: whose trades (`frgn`, `orgn`, `prsn`, … or `pgtr` for programs), which side
  /// (`seln`, `shnu`, `ntby`), and shares (`qty`, `vol`) or money (`pbmn`); nil for what has no such figures:
  /// derivatives, bonds, and what is listed abroad.
  ///
  /// Shares of an index are thousands; money is million won, as in all lists of investors (PROTOCOL section 2.4).
  func value(of figure: FlowFigure) -> String? {
    guard [.kospi, .kosdaq, .etf, .index].contains(instrument.market) else { return nil }
    let flow = figure.party.map { details.investors[$0] } ?? details.programs
    let number = flow.number(of: figure)
    return figure.isMoney ? "\(number / 1_000_000)" : volumeText(number)
  }
}

extension Flow {
  /// What a figure tells of it.
  func number(of figure: FlowFigure) -> Int {
    switch figure.side {
    case .sold: figure.isMoney ? soldAmount : soldVolume
    case .bought: figure.isMoney ? boughtAmount : boughtVolume
    case .net: figure.isMoney ? netAmount : netVolume
    }
  }
}

/// What the name of a figure of somebody's trades says: `pe_fund_ntby_tr_pbmn`.
struct FlowFigure: Sendable, Hashable {
  /// Whose trades; nil: those of programs (`pgtr`).
  var party: InvestorFigures.Kind?
  var side: Side
  var isMoney: Bool

  enum Side: Sendable {
    case sold, bought, net
  }

  /// What a lower-case name says; nil when it is about something else.
  static func of(_ name: String) -> FlowFigure? { known[name] }

  private static let known: [String: FlowFigure] = {
    var known: [String: FlowFigure] = [:]
    // Of foreigners registered and not, sides are called by the quotes they met.
    let sides: [(String, Side)] = [
      ("seln", .sold), ("askp", .sold), ("shnu", .bought), ("bidp", .bought), ("ntby", .net),
    ]
    for party in InvestorFigures.Kind.allCases + [nil] {
      for (word, side) in sides {
        for (unit, isMoney) in [("qty", false), ("vol", false), ("tr_pbmn", true), ("pbmn", true)] {
          known["\(party?.rawValue ?? "pgtr")_\(word)_\(unit)"] = FlowFigure(party: party, side: side, isMoney: isMoney)
        }
      }
    }
    return known
  }()
}
