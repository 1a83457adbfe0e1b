import KISMarket

/// What is known of companies abroad beside their quotes: the English name and the industry.
struct CompanyAbroad: Sendable {
  /// As lists call it: `APPLE INC`.
  let englishName: String
  /// The code of its industry (업종코드), one of ``industries``.
  let industry: String

  /// The company of an instrument; of one that nobody knows its symbol is its name.
  init(_ instrument: Instrument) {
    if let known = CompanyAbroad.table[instrument.code] {
      self = known
    } else {
      let codes = CompanyAbroad.industries.map(\.code)
      var generator = SeededGenerator(seed: 0).fork("company abroad").fork(instrument.code)
      self.init(
        englishName: instrument.symbol.uppercased(), industry: codes[Int(generator.next() % UInt64(codes.count))])
    }
  }

  private init(englishName: String, industry: String) {
    (self.englishName, self.industry) = (englishName, industry)
  }

  /// The name of its industry.
  var industryName: String { CompanyAbroad.industries.first { $0.code == industry }?.name ?? "" }

  /// The industries of exchanges abroad: KIS documents no list, so these are the eleven sectors that its HTS shows.
  static let industries: [(code: String, name: String)] = [
    ("010", "에너지"), ("020", "소재"), ("030", "산업재"), ("040", "경기관련소비재"), ("050", "필수소비재"), ("060", "건강관리"),
    ("070", "금융"), ("080", "정보기술"), ("090", "커뮤니케이션서비스"), ("100", "유틸리티"), ("110", "부동산"),
  ]

  private static let table: [String: CompanyAbroad] = Dictionary(
    uniqueKeysWithValues: lines.split(separator: "\n").map { line in
      let values = line.split(separator: "|").map(String.init)
      return (values[0], CompanyAbroad(englishName: values[1], industry: values[2]))
    })

  private static let lines = """
    DNASAAPL|APPLE INC|080
    DNASMSFT|MICROSOFT CORP|080
    DNASNVDA|NVIDIA CORP|080
    DNASTSLA|TESLA INC|040
    DNASGOOGL|ALPHABET INC CL A|090
    DNASAMZN|AMAZON.COM INC|040
    DNYSKO|COCA-COLA CO|050
    DAMSSPY|SPDR S&P 500 ETF TRUST|070
    DHKS00700|TENCENT HOLDINGS LTD|090
    DTSE7203|TOYOTA MOTOR CORP|040
    DNASMETA|META PLATFORMS INC|090
    DNASAVGO|BROADCOM INC|080
    DNASCOST|COSTCO WHOLESALE CORP|050
    DNASNFLX|NETFLIX INC|090
    DNASAMD|ADVANCED MICRO DEVICES|080
    DNASINTC|INTEL CORP|080
    DNASMU|MICRON TECHNOLOGY INC|080
    DNASQCOM|QUALCOMM INC|080
    DNASPLTR|PALANTIR TECHNOLOGIES INC|080
    DNASADBE|ADOBE INC|080
    DNASPEP|PEPSICO INC|050
    DNASSBUX|STARBUCKS CORP|040
    DNASPYPL|PAYPAL HOLDINGS INC|070
    DNASQQQ|INVESCO QQQ TRUST|070
    DNYSBRK/B|BERKSHIRE HATHAWAY CL B|070
    DNYSJPM|JPMORGAN CHASE & CO|070
    DNYSV|VISA INC CL A|070
    DNYSJNJ|JOHNSON & JOHNSON|060
    DNYSWMT|WALMART INC|050
    DNYSXOM|EXXON MOBIL CORP|010
    DNYSPG|PROCTER & GAMBLE CO|050
    DNYSDIS|WALT DISNEY CO|090
    DNYSBA|BOEING CO|030
    DNYSGE|GE AEROSPACE|030
    DNYSBABA|ALIBABA GROUP ADR|040
    DNYSTSM|TAIWAN SEMICONDUCTOR ADR|080
    DNYSNKE|NIKE INC CL B|040
    DNYSUBER|UBER TECHNOLOGIES INC|030
    DAMSVTI|VANGUARD TOTAL STOCK MARKET ETF|070
    DAMSGLD|SPDR GOLD SHARES|070
    DAMSSOXL|DIREXION SEMICONDUCTOR BULL 3X|070
    DAMSTQQQ|PROSHARES ULTRAPRO QQQ|070
    DAMSSCHD|SCHWAB US DIVIDEND EQUITY ETF|070
    DHKS09988|ALIBABA GROUP HOLDING|040
    DHKS03690|MEITUAN|040
    DHKS01810|XIAOMI CORP|080
    DHKS00005|HSBC HOLDINGS PLC|070
    DHKS00941|CHINA MOBILE LTD|090
    DHKS01211|BYD CO LTD|040
    DHKS02318|PING AN INSURANCE|070
    DTSE6758|SONY GROUP CORP|040
    DTSE9984|SOFTBANK GROUP CORP|090
    DTSE6861|KEYENCE CORP|080
    DTSE8306|MITSUBISHI UFJ FINANCIAL|070
    DTSE9983|FAST RETAILING CO|040
    DTSE7974|NINTENDO CO LTD|090
    DTSE8035|TOKYO ELECTRON LTD|080
    DSHS600519|KWEICHOW MOUTAI|050
    DSHS601318|PING AN INSURANCE A|070
    DSHS600036|CHINA MERCHANTS BANK|070
    DSHS601899|ZIJIN MINING GROUP|020
    DSZS300750|CONTEMPORARY AMPEREX|030
    DSZS000858|WULIANGYE YIBIN|050
    DSZS002594|BYD CO LTD A|040
    DSZS000333|MIDEA GROUP|040
    DHSXVIC|VINGROUP JSC|110
    DHSXVCB|VIETCOMBANK|070
    DHSXFPT|FPT CORP|080
    DHSXHPG|HOA PHAT GROUP|020
    DHNXSHS|SAIGON-HANOI SECURITIES|070
    DHNXPVS|PETROVIETNAM TECHNICAL SERVICES|010
    DHNXIDC|IDICO CORP|110
    """
}
