import KISMarket
import KISWire

/// The news of a day (시황, 공시): headlines about shares that exist, at the time they came in.
struct NewsDay {
  let date: CalendarDate
  /// The latest first.
  let headlines: [Headline]

  /// One headline; its words are made when somebody reads it.
  struct Headline {
    let second: Int
    let number: Int
    fileprivate let share: Int
    fileprivate let draws: SeededGenerator
  }

  /// - Parameter shares: how many there are to write about.
  init(_ date: CalendarDate, seed: UInt64, shares: Int) {
    self.date = date
    let day = SeededGenerator(seed: seed).fork("news").fork(date.number)
    let count = shares == 0 ? 0 : max(120, shares / 4)
    headlines = (0..<count).map { number in
      var draws = day.fork(number)
      // From seven in the morning until half past six.
      let second = 25_200 + Int(draws.next() % 41_400)
      return Headline(second: second, number: number, share: Int(draws.next() % UInt64(max(1, shares))), draws: draws)
    }.sorted { ($0.second, $0.number) > ($1.second, $1.number) }
  }
}

/// The headlines that a request asks for (종합 시황/공시): at most forty, the latest first, from a moment on backwards.
struct Headlines {
  private let request: AnswerRequest
  private let shares: [Instrument]
  private static let most = 40
  /// How many days it looks back for a share with little news.
  private static let mostDays = 120

  init(_ request: AnswerRequest) {
    self.request = request
    shares = request.quotes.shares
  }

  /// The values of each, by their names.
  var rows: [[String: String]] {
    let now = request.marketTime
    let day = min(request.date("FID_INPUT_DATE_1") ?? now.date, now.date)
    let hour = request.parameter("FID_INPUT_HOUR_1").flatMap { TimeOfDay(String($0.suffix(6))) }
    var last = hour.map { Int($0.nanoseconds / 1_000_000_000) } ?? 86_400
    if day == now.date { last = min(last, now.time.seconds) }
    let before = request.parameter("FID_INPUT_SRNO")
    let asked = Asked(request)
    var rows: [[String: String]] = []
    var date = TradingCalendar.tradingDay(onOrBefore: day)
    for _ in 0..<Headlines.mostDays where rows.count < Headlines.most {
      let until = date == day ? last : 86_400
      for headline in NewsDay(date, seed: request.seed, shares: shares.count).headlines where headline.second <= until {
        guard rows.count < Headlines.most, let row = row(headline, date, asked) else { continue }
        if let before, before.count == 19, row["cntt_usiq_srno"] ?? "" >= before { continue }
        rows.append(row)
      }
      date = TradingCalendar.tradingDay(before: date)
    }
    return rows
  }

  /// Which headlines are asked for; nil for any.
  private struct Asked {
    let code: String?
    let paper: String?
    let words: String?

    init(_ request: AnswerRequest) {
      code = request.subjectCode.flatMap { $0.count > 4 ? $0 : nil }
      paper = request.parameter("FID_NEWS_OFER_ENTP_CODE").flatMap { Int($0) == 0 ? nil : $0 }
      words = request.parameter("FID_TITL_CNTT").flatMap { $0.contains { !$0.isNumber } ? $0 : nil }
    }
  }

  /// What a headline says, when it is one that is asked for.
  private func row(_ headline: NewsDay.Headline, _ date: CalendarDate, _ asked: Asked) -> [String: String]? {
    let share = shares[headline.share]
    if let code = asked.code, code != share.code { return nil }
    var draws = headline.draws
    let isDisclosure = draws.chance(0.3)
    let papers = Headlines.papers
    let paper =
      isDisclosure
      ? (share.board == .kosdaq ? ("G", "코스닥공시") : ("F", "장내공시")) : papers[Int(draws.next() % UInt64(papers.count))]
    let words = isDisclosure ? Headlines.disclosures : Headlines.stories
    let title = words[Int(draws.next() % UInt64(words.count))].replacing("○", with: share.name)
    if let wanted = asked.paper, wanted != paper.0 { return nil }
    if let wanted = asked.words, !title.holds(wanted) { return nil }
    return [
      "cntt_usiq_srno": date.compact + clockDigits(headline.second) + padded(headline.number, to: 5),
      "news_ofer_entp_code": paper.0, "data_dt": date.compact, "data_tm": clockDigits(headline.second),
      "hts_pbnt_titl_cntt": title, "news_lrdv_code": isDisclosure ? "01" : "02", "dorg": paper.1, "iscd1": share.code,
      "iscd2": "", "iscd3": "", "iscd4": "", "iscd5": "",
    ]
  }

  private static let papers = [
    ("2", "한국경제"), ("4", "이데일리"), ("5", "머니투데이"), ("6", "연합뉴스"), ("7", "인포스탁"), ("8", "아시아경제"), ("9", "뉴스핌"),
    ("A", "매일경제"), ("B", "헤럴드경제"), ("C", "파이낸셜뉴스"), ("D", "이투데이"),
  ]

  private static let disclosures = [
    "○, 단일판매ㆍ공급계약체결", "○, 주식등의대량보유상황보고서", "○, 임원ㆍ주요주주특정증권등소유상황보고서", "○, 기업설명회(IR) 개최",
    "○, 신규시설투자등", "○, 타법인주식및출자증권취득결정", "○, 최대주주등소유주식변동신고서", "○, 자기주식취득 신탁계약 체결 결정",
  ]

  private static let stories = [
    "[특징주] ○, 거래량 늘며 관심 집중", "○, 해외 생산거점 확대 검토", "증권가 \"○ 실적 개선 흐름 이어질 것\"", "○, 차세대 제품 공개",
    "○, 협력사와 상생 협약", "외국인이 담은 종목은…○ 상위권", "○, ESG 평가 등급 발표", "[오늘의 종목] ○ 기술적 분석",
    "○, 채용 규모 확대", "기관 수급으로 본 ○", "○, 연구개발 투자 계획 발표", "[마감시황] ○ 등 업종 대표주 흐름",
  ]
}
