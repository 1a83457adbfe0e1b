/// An industry or index code (업종코드), the `tr_key` of index TRs and the FID_INPUT_ISCD of index APIs.
public struct IndustryCode: Sendable, Hashable {
  /// Four digits, without the market digit that the master file `idxcode.mst` puts before them.
  public let code: String
  /// 업종명
  public let koreanName: String

  /// A code with its name.
  public init(code: String, koreanName: String) {
    self.code = code
    self.koreanName = koreanName
  }
}

/// A listed instrument, as far as a mock has to know it.
public struct ListedInstrument: Sendable, Hashable {
  /// Its `tr_key`: `005930`, `Q500001`, `DNASAAPL`, `101W12`.
  public let code: String
  /// 종목명
  public let koreanName: String
  /// What it is.
  public let kind: Kind
  /// Where it trades: `KOSPI`, `KOSDAQ`, `KRX`, `NASDAQ` …
  public let market: String
  /// A round price to start a simulation from, in the currency of its market. Not a fact about any day.
  public let referencePrice: Double
  /// Shares traded on an ordinary day; nil where a simulation may choose.
  public let dailyVolume: Int?
  /// Listed shares (상장주수); nil where a simulation may choose.
  public let listedShares: Int?
  /// What quantities of orders are multiples of (매매수량단위); nil where the exchange's own rule says.
  public let lot: Int?

  /// What kind of instrument it is. Open, since KIS adds kinds.
  public struct Kind: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The kind as it is written in the table.
    public let description: String
    /// Any text is a kind.
    public init(stringLiteral value: String) { description = value }
    /// Any text is a kind.
    public init(_ text: String) { description = text }

    /// 주권
    public static let share: Kind = "share"
    /// 상장지수펀드
    public static let etf: Kind = "etf"
    /// 상장지수증권
    public static let etn: Kind = "etn"
    /// 주식워런트증권
    public static let elw: Kind = "elw"
    /// 채권
    public static let bond: Kind = "bond"
    /// 채권지수
    public static let bondIndex: Kind = "bond-index"
    /// 지수선물
    public static let indexFuture: Kind = "index-future"
    /// 지수옵션
    public static let indexOption: Kind = "index-option"
    /// 주식선물
    public static let stockFuture: Kind = "stock-future"
    /// 주식옵션
    public static let stockOption: Kind = "stock-option"
    /// 상품선물
    public static let commodityFuture: Kind = "commodity-future"
    /// 해외주식
    public static let overseasShare: Kind = "overseas-share"
    /// 해외선물옵션
    public static let overseasFuture: Kind = "overseas-future"
  }

  /// An instrument beside those of the table.
  public init(
    code: String, koreanName: String, kind: Kind, market: String, referencePrice: Double, dailyVolume: Int? = nil,
    listedShares: Int? = nil, lot: Int? = nil
  ) {
    self.code = code
    self.koreanName = koreanName
    self.kind = kind
    self.market = market
    self.referencePrice = referencePrice
    self.dailyVolume = dailyVolume
    self.listedShares = listedShares
    self.lot = lot
  }
}

/// Codes that exist: all industry codes of the public master layout that are known to us, and some instruments.
public enum CodeTable {
  /// Every industry code, KOSPI first.
  public static let industries: [IndustryCode] = parts(of: industryLines, by: " ", most: 2).compactMap { parts in
    parts.count == 2 ? IndustryCode(code: parts[0], koreanName: parts[1]) : nil
  }

  /// Every instrument, shares first.
  public static let instruments: [ListedInstrument] = parts(of: instrumentLines, by: "|").compactMap { parts in
    guard parts.count >= 5, let price = Double(parts[4]) else { return nil }
    let thousands = parts.dropFirst(5).prefix(2).compactMap { Int($0) }
    return ListedInstrument(
      code: parts[0], koreanName: parts[1], kind: .init(parts[2]), market: parts[3], referencePrice: price,
      dailyVolume: thousands.first.map { $0 * 1_000 }, listedShares: thousands.last.map { $0 * 1_000 },
      lot: parts.count > 7 ? Int(parts[7]) : nil)
  }

  /// The parts of each line, split by bytes: every start waits for it, and characters cost twenty times as much.
  private static func parts(of lines: String, by separator: Unicode.Scalar, most: Int = .max) -> [[String]] {
    lines.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: separator), maxSplits: most - 1, omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
    }
  }

  /// The industry of that code; nil when the table has none.
  public static func industry(_ code: String) -> IndustryCode? { industryByCode[code] }

  /// The instrument of that code; nil when the table has none.
  public static func instrument(_ code: String) -> ListedInstrument? { instrumentByCode[code] }

  private static let industryByCode = Dictionary(industries.map { ($0.code, $0) }) { first, _ in first }
  private static let instrumentByCode = Dictionary(instruments.map { ($0.code, $0) }) { first, _ in first }
}

extension CodeTable {
  /// Code and name. Names of 2025 and later; 0128 is registered by the official sample, its name is unknown to us.
  private static let industryLines = #"""
    0001 종합
    0002 대형주
    0003 중형주
    0004 소형주
    0005 음식료·담배
    0006 섬유·의류
    0007 종이·목재
    0008 화학
    0009 제약
    0010 비금속
    0011 금속
    0012 기계·장비
    0013 전기·전자
    0014 의료·정밀기기
    0015 운송장비·부품
    0016 유통
    0017 전기·가스
    0018 건설
    0019 운송·창고
    0020 통신
    0021 금융
    0022 은행
    0024 증권
    0025 보험
    0026 일반서비스
    0027 제조
    0028 부동산
    0029 IT 서비스
    0030 오락·문화
    0128 업종 0128
    1001 KOSDAQ
    1002 코스닥 대형주
    1003 코스닥 중형주
    1004 코스닥 소형주
    1006 일반서비스
    1009 제조
    1010 건설
    1011 유통
    1013 운송·창고
    1014 금융
    1015 오락·문화
    1019 음식료·담배
    1020 섬유·의류
    1021 종이·목재
    1022 출판·매체복제
    1023 화학
    1024 제약
    1025 비금속
    1026 금속
    1027 기계·장비
    1028 전기·전자
    1029 의료·정밀기기
    1030 운송장비·부품
    1031 기타제조
    1032 통신
    1033 IT 서비스
    2001 KOSPI200
    3003 코스닥 150
    4001 KRX 100
    4002 KRX 자동차
    4003 KRX 반도체
    4004 KRX 헬스케어
    4008 KRX 철강
    4010 KRX 방송통신
    """#
}
