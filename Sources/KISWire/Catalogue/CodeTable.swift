/// An industry or index code (업종코드), the `tr_key` of index TRs and the FID_INPUT_ISCD of index APIs.
public struct IndustryCode: Sendable, Hashable {
  /// Four digits, without the market digit that the master file `idxcode.mst` puts before them.
  public let code: String
  public let koreanName: String

  public init(code: String, koreanName: String) {
    self.code = code
    self.koreanName = koreanName
  }
}

/// A listed instrument, as far as a mock has to know it.
public struct ListedInstrument: Sendable, Hashable {
  /// Its `tr_key`: `005930`, `Q500001`, `DNASAAPL`, `101W12`.
  public let code: String
  public let koreanName: String
  public let kind: Kind
  /// Where it trades: `KOSPI`, `KOSDAQ`, `KRX`, `NASDAQ` …
  public let market: String
  /// A round price to start a simulation from, in the currency of its market. Not a fact about any day.
  public let referencePrice: Double

  /// What kind of instrument it is. Open, since KIS adds kinds.
  public struct Kind: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let description: String
    public init(stringLiteral value: String) { description = value }
    public init(_ text: String) { description = text }

    public static let share: Kind = "share"
    public static let etf: Kind = "etf"
    public static let etn: Kind = "etn"
    public static let elw: Kind = "elw"
    public static let bond: Kind = "bond"
    public static let bondIndex: Kind = "bond-index"
    public static let indexFuture: Kind = "index-future"
    public static let indexOption: Kind = "index-option"
    public static let stockFuture: Kind = "stock-future"
    public static let stockOption: Kind = "stock-option"
    public static let commodityFuture: Kind = "commodity-future"
    public static let overseasShare: Kind = "overseas-share"
    public static let overseasFuture: Kind = "overseas-future"
  }

  public init(code: String, koreanName: String, kind: Kind, market: String, referencePrice: Double) {
    self.code = code
    self.koreanName = koreanName
    self.kind = kind
    self.market = market
    self.referencePrice = referencePrice
  }
}

/// Codes that exist: all industry codes of the public master layout that are known to us, and some instruments.
public enum CodeTable {
  public static let industries: [IndustryCode] = industryLines.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    return parts.count == 2 ? IndustryCode(code: parts[0], koreanName: parts[1]) : nil
  }

  public static let instruments: [ListedInstrument] = instrumentLines.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: "|").map(String.init)
    guard parts.count == 5, let price = Double(parts[4]) else { return nil }
    return ListedInstrument(
      code: parts[0], koreanName: parts[1], kind: .init(parts[2]), market: parts[3], referencePrice: price)
  }

  public static func industry(_ code: String) -> IndustryCode? { industryByCode[code] }

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

  /// Code, name, kind, market, reference price.
  private static let instrumentLines = #"""
    005930|삼성전자|share|KOSPI|252000
    000660|SK하이닉스|share|KOSPI|1996000
    373220|LG에너지솔루션|share|KOSPI|410000
    207940|삼성바이오로직스|share|KOSPI|1250000
    005380|현대차|share|KOSPI|290000
    000270|기아|share|KOSPI|125000
    068270|셀트리온|share|KOSPI|190000
    105560|KB금융|share|KOSPI|120000
    055550|신한지주|share|KOSPI|72000
    035420|NAVER|share|KOSPI|250000
    035720|카카오|share|KOSPI|60000
    005490|POSCO홀딩스|share|KOSPI|310000
    012330|현대모비스|share|KOSPI|300000
    028260|삼성물산|share|KOSPI|190000
    051910|LG화학|share|KOSPI|330000
    006400|삼성SDI|share|KOSPI|270000
    032830|삼성생명|share|KOSPI|160000
    066570|LG전자|share|KOSPI|90000
    009150|삼성전기|share|KOSPI|210000
    012450|한화에어로스페이스|share|KOSPI|950000
    034020|두산에너빌리티|share|KOSPI|75000
    042660|한화오션|share|KOSPI|110000
    329180|HD현대중공업|share|KOSPI|520000
    015760|한국전력|share|KOSPI|42000
    017670|SK텔레콤|share|KOSPI|55000
    030200|KT|share|KOSPI|52000
    033780|KT&G|share|KOSPI|140000
    323410|카카오뱅크|share|KOSPI|24000
    011200|HMM|share|KOSPI|21000
    000400|롯데손해보험|share|KOSPI|2900
    088350|한화생명|share|KOSPI|6140
    003160|디아이|share|KOSPI|24000
    136480|하림|share|KOSDAQ|3190
    247540|에코프로비엠|share|KOSDAQ|160000
    086520|에코프로|share|KOSDAQ|90000
    196170|알테오젠|share|KOSDAQ|480000
    028300|HLB|share|KOSDAQ|50000
    141080|리가켐바이오|share|KOSDAQ|150000
    277810|레인보우로보틱스|share|KOSDAQ|350000
    035900|JYP Ent.|share|KOSDAQ|75000
    041510|에스엠|share|KOSDAQ|120000
    293490|카카오게임즈|share|KOSDAQ|16000
    036540|SFA반도체|share|KOSDAQ|5000
    078350|한양디지텍|share|KOSDAQ|18000
    396300|세아메카닉스|share|KOSDAQ|3000
    069500|KODEX 200|etf|KOSPI|105000
    102110|TIGER 200|etf|KOSPI|105000
    122630|KODEX 레버리지|etf|KOSPI|60000
    252670|KODEX 200선물인버스2X|etf|KOSPI|500
    114800|KODEX 인버스|etf|KOSPI|2000
    229200|KODEX 코스닥150|etf|KOSPI|15000
    360750|TIGER 미국S&P500|etf|KOSPI|24000
    0074K0|KoAct K수출핵심기업TOP30액티브|etf|KOSPI|12000
    Q500001|신한 K200 ETN|etn|KOSPI|22000
    57JN53|한국JN53삼성전자콜|elw|KOSPI|270
    KR103502GD31|국고03250-5303(23-2)|bond|KRX|9985
    KBPR01|KIS국고채01Y|bond-index|KRX|120
    A05608|미니 코스피 F|index-future|KRX|1080.3
    101V06|코스피200 F 202406|index-future|KRX|367.35
    101W12|코스피200 F 202512|index-future|KRX|580
    201V06362|코스피200 C 202406 362.5|index-option|KRX|4.5
    301V06362|코스피200 P 202406 362.5|index-option|KRX|2.98
    111V06|삼성전자 F 202406|stock-future|KRX|77900
    211V05059|삼성전자 C 202405|stock-option|KRX|1140
    175W12|미국달러 F 202512|commodity-future|KRX|1450
    DNASAAPL|애플|overseas-share|NASDAQ|255
    DNASMSFT|마이크로소프트|overseas-share|NASDAQ|510
    DNASNVDA|엔비디아|overseas-share|NASDAQ|180
    DNASTSLA|테슬라|overseas-share|NASDAQ|430
    DNASGOOGL|알파벳 A|overseas-share|NASDAQ|354
    DNASAMZN|아마존닷컴|overseas-share|NASDAQ|225
    DNYSKO|코카콜라|overseas-share|NYSE|70
    DAMSSPY|SPDR S&P500 ETF|overseas-share|AMEX|690
    RBAQAAPL|애플 (주간)|overseas-share|NASDAQ|255
    DHKS00700|텐센트|overseas-share|HKEX|600
    DTSE7203|토요타 자동차|overseas-share|TSE|2900
    ESZ26|E-mini S&P 500 2026.12|overseas-future|CME|6900
    CLZ26|WTI 원유 2026.12|overseas-future|NYMEX|65
    OESH23 C3900|E-mini S&P 500 2023.03 C 3900|overseas-future|CME|120
    """#
}
