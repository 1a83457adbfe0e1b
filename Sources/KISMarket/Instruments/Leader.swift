/// What another instrument's price follows: a preferred share its company's ordinary one, a warrant its underlying, a fund
/// or a contract its index.
struct Leader: Sendable, Hashable {
  /// The code of the share or the index that is followed.
  let code: String
  /// Whether it is an index.
  let isIndex: Bool
  /// How many times its move the follower makes, in 1,024ths; negative for the right to sell and for inverse funds.
  let elasticity: Int
  /// How much of its own deviation the follower moves for itself, in 1,024ths.
  let freedom: Int

  /// Nil for what follows nothing that is known here.
  init?(of instrument: Instrument) {
    if let warrant = Warrant(instrument) {
      (code, isIndex, elasticity, freedom) = (warrant.share.code, false, Int(warrant.elasticity * 1_024), 16)
    } else if let ordinary = instrument.ordinaryCode, Instrument.builtIn(ordinary) != nil {
      (code, isIndex, elasticity, freedom) = (ordinary, false, 920, 220)
    } else if instrument.kind == .stockFuture, let share = instrument.shareOfContract {
      (code, isIndex, elasticity, freedom) = (share.code, false, 1_024, 48)
    } else if let index = instrument.followedIndex, index.utf8.count == 4 {
      (code, isIndex, elasticity, freedom) = (index, true, instrument.leverage * 1_024, 48)
    } else {
      return nil
    }
  }

  /// Whether instruments of this kind follow something, which costs less to know than what.
  static func leads(_ instrument: Instrument) -> Bool {
    switch instrument.kind {
    case .elw, .etf, .etn, .indexFuture, .indexOption, .stockFuture: true
    case .share: instrument.isPreferred
    default: false
    }
  }
}

extension Instrument {
  /// Whether it is a preferred share (우선주): ordinary ones have codes that end in 0.
  public var isPreferred: Bool { kind == .share && code.utf8.count == 6 && code.utf8.last != UInt8(ascii: "0") }

  /// The code of the ordinary share (보통주) of the company of which this is a preferred one (우선주): those end in 0, these in
  /// another digit or a letter. Nil for anything else.
  public var ordinaryCode: String? {
    isPreferred ? code.dropLast() + "0" : nil
  }

  /// The share that a contract is on by its name or its code; nil for contracts on other shares.
  public var shareOfContract: Instrument? { shareInName ?? ContractCode(code)?.share }

  /// The code of the index that a fund follows by its name, KOSPI200 when the name has none of the words that tell, and
  /// that a contract is on by its code; nil for options of which only a price is known, and for anything else.
  public var followedIndex: String? {
    switch kind {
    case .etf, .etn: Instrument.indicesOfFunds.first { name.contains($0.word) }?.index ?? "2001"
    case .indexFuture: ContractCode(code)?.index ?? "2001"
    case .indexOption where leverage != 1: ContractCode(code)?.index ?? "2001"
    default: nil
    }
  }

  /// Words in the names of funds, with the index that they follow, at home by its digits.
  private static let indicesOfFunds: [(word: String, index: String)] = [
    ("코스닥150", "3003"), ("S&P500", "SPX"), ("나스닥100", "NDX"), ("반도체", "4003"), ("자동차", "4002"),
    ("헬스케어", "4004"), ("KRX100", "4001"),
  ]
}
