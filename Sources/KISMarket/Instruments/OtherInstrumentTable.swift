extension Instrument {
  /// Instruments beside shares: code, name, kind, exchange, reference price in the smallest units of its market, units
  /// traded on an ordinary day in thousands, units listed in thousands, volatility of a day in hundredths of a percent,
  /// and how many times the market's return it pays. Codes and names are real, figures only set a scale.
  static let otherLines = #"""
    069500|KODEX 200|etf|KOSPI|108500|5000|180000|130|1
    122630|KODEX 레버리지|etf|KOSPI|84500|10000|60000|260|2
    114800|KODEX 인버스|etf|KOSPI|1985|30000|400000|130|-1
    252670|KODEX 200선물인버스2X|etf|KOSPI|512|150000|2500000|260|-2
    229200|KODEX 코스닥150|etf|KOSPI|15600|6000|90000|170|1
    233740|KODEX 코스닥150레버리지|etf|KOSPI|11500|15000|120000|340|2
    091160|KODEX 반도체|etf|KOSPI|78500|800|20000|190|1
    305720|KODEX 2차전지산업|etf|KOSPI|15400|1200|80000|230|1
    360750|TIGER 미국S&P500|etf|KOSPI|24800|3000|400000|90|1
    133690|TIGER 미국나스닥100|etf|KOSPI|158500|250|45000|110|1
    102110|TIGER 200|etf|KOSPI|105000|1200|40000|130|1
    0074K0|KoAct K수출핵심기업TOP30액티브|etf|KOSPI|12000|60|3000|140|1
    Q500001|신한 K200 ETN|etn|KOSPI|22000|20|1000|150|1
    57JN53|한국JN53삼성전자콜|elw|KOSPI|270|900|54000|900|1
    KR103502GD31|국고03250-5303(23-2)|bond|KRX|998500|120|7200|12|1
    KBPR01|KIS국고채01Y|index|KRX|12000|200|12000|12|1
    A05608|미니 코스피 F|index-future|KRX|108030|250|15000|135|1
    101V06|코스피200 F 202406|index-future|KRX|36735|250|15000|135|1
    101W12|코스피200 F 202512|index-future|KRX|58000|250|15000|135|1
    201V06362|코스피200 C 202406 362.5|index-option|KRX|450|300|18000|1200|1
    301V06362|코스피200 P 202406 362.5|index-option|KRX|298|300|18000|1200|1
    111V06|삼성전자 F 202406|stock-future|KRX|77900|180|10800|210|1
    211V05059|삼성전자 C 202405|stock-option|KRX|114000|120|7200|1200|1
    175W12|미국달러 F 202512|commodity-future|KRX|145000|220|13200|60|1
    DNASAAPL|애플|overseas-share|NASDAQ|2550000|9000|540000|180|1
    DNASMSFT|마이크로소프트|overseas-share|NASDAQ|5100000|9000|540000|180|1
    DNASNVDA|엔비디아|overseas-share|NASDAQ|1800000|9000|540000|180|1
    DNASTSLA|테슬라|overseas-share|NASDAQ|4300000|9000|540000|180|1
    DNASGOOGL|알파벳 A|overseas-share|NASDAQ|3540000|9000|540000|180|1
    DNASAMZN|아마존닷컴|overseas-share|NASDAQ|2250000|9000|540000|180|1
    DNYSKO|코카콜라|overseas-share|NYSE|700000|9000|540000|180|1
    DAMSSPY|SPDR S&P500 ETF|overseas-share|AMEX|6900000|9000|540000|180|1
    RBAQAAPL|애플 (주간)|overseas-share|NASDAQ|2550000|9000|540000|180|1
    DHKS00700|텐센트|overseas-share|HKEX|6000000|9000|540000|180|1
    DTSE7203|토요타 자동차|overseas-share|TSE|29000000|9000|540000|180|1
    ESZ26|E-mini S&P 500 2026.12|overseas-future|CME|690000|300|18000|120|1
    CLZ26|WTI 원유 2026.12|overseas-future|NYMEX|6500|300|18000|120|1
    OESH23 C3900|E-mini S&P 500 2023.03 C 3900|overseas-future|CME|12000|300|18000|120|1
    """#
}
