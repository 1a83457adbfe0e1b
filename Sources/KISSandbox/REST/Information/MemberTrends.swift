import KISMarket
import KISWire

/// What was traded through members of the exchange (회원사), minute by minute: through one that is named, or through all
/// foreign ones (외국계).
extension AnswerRequest {
  /// 종목별 외국계 순매수추이: a share's minutes, the latest first.
  var memberPurchases: [InformationRow] {
    let share = instrument ?? defaultInstrument
    let quotes = memberMinutes(of: share, count: 31)
    let nets = quotes.map { memberFlow(in: $0).netVolume }
    return quotes.enumerated().prefix(30).map { place, quote in
      let flow = memberFlow(in: quote)
      let before = nets.indices.contains(place + 1) ? nets[place + 1] : 0
      return (
        [
          "bsop_hour": clockDigits(quote.second), "frgn_seln_vol": "\(flow.soldVolume)",
          "frgn_shnu_vol": "\(flow.boughtVolume)", "glob_ntby_qty": "\(flow.netVolume)",
          "frgn_ntby_qty_icdc": "\(flow.netVolume - before)",
        ], quote
      )
    }
  }

  /// 회원사 실시간 매매동향(틱): what members traded of a share, or of the most traded ones of a market, the latest first; of at
  /// least FID_VOL_CNT shares. Members are looked at once a minute.
  var memberTrades: JSONObject {
    let least = max(1, parameter("FID_VOL_CNT").flatMap { Int($0) } ?? 0)
    var rows: [(second: Int, row: InformationRow)] = []
    var total = Flow()
    for share in sharesOfMembers {
      let minutes = memberMinutes(of: share, count: sharesOfMembers.count == 1 ? 16 : 4)
      if let now = minutes.first { total += memberFlow(in: now, orAll: true) }
      for (quote, before) in zip(minutes, minutes.dropFirst()) {
        let earlier = Dictionary(before.details.brokers.map { ($0.broker.code, $0.flow) }) { first, _ in first }
        let (foreign, foreignBefore) = (MemberTrading(quote).foreign, MemberTrading(before).foreign)
        for member in quote.details.brokers where memberAsked.map({ $0 == member.broker.code }) ?? true {
          let traded = member.flow.netVolume - (earlier[member.broker.code]?.netVolume ?? 0)
          guard abs(traded) >= least else { continue }
          rows.append(
            (
              quote.second,
              (
                [
                  "bsop_hour": clockDigits(quote.second), "mbcr_name": member.broker.name,
                  "cntg_vol": "\(traded)", "acml_ntby_qty": "\(member.flow.netVolume)",
                  "glob_ntby_qty": "\(foreign.netVolume)",
                  "frgn_ntby_qty_icdc": "\(foreign.netVolume - foreignBefore.netVolume)",
                ], quote
              )
            ))
        }
      }
    }
    let latest = rows.enumerated().sorted { ($0.element.second, $1.offset) > ($1.element.second, $0.offset) }
    let head = ["total_seln_qty": "\(total.soldVolume)", "total_shnu_qty": "\(total.boughtVolume)"]
    return [key(of: 0): output(0, [(head, nil)]), key(of: 1): output(1, latest.prefix(30).map(\.element.row))]
  }

  /// One share, or those of a market (FID_MRKT_CLS_CODE K, Q, K2 the KOSPI200, else all) of which most is traded.
  private var sharesOfMembers: [Instrument] {
    let market = parameter("FID_MRKT_CLS_CODE")
    if let code = parameter("FID_INPUT_ISCD"), code.count > 4 { return [quotes.instrument(code)] }
    let shares = quotes.shares.filter { share in
      switch market {
      case "K": share.board == .kospi
      case "Q": share.board == .kosdaq
      case "K2": share.memberships.contains(.kospi200)
      default: true
      }
    }
    // It is not known who traded warrants.
    guard market != "W" else { return [] }
    return Array(shares.sorted { ($0.ordinaryVolume, $1.code) > ($1.ordinaryVolume, $0.code) }.prefix(10))
  }

  /// A share at the end of each of its last minutes, the latest first; after the close those before it.
  private func memberMinutes(of share: Instrument, count: Int) -> [Quote] {
    let day = tradingDay
    guard let minutes = share.minutesOfDay(day) else { return [] }
    let now = day == marketTime.date ? marketTime.time : ClockTime(24, 0)
    guard now.minutes >= minutes.lowerBound else { return [] }
    let last = min(now.minutes, minutes.upperBound)
    return (max(minutes.lowerBound, last - count + 1)...last).reversed().map { minute in
      let end = ClockTime(milliseconds: minute * 60_000 + 59_999)
      return quotes.quote(share, at: TradingMoment(day, min(now, end)))
    }
  }

  /// The member that is asked about (FID_INPUT_ISCD_2); nil for everybody, or all foreign members.
  private var memberAsked: String? {
    parameter("FID_INPUT_ISCD_2").flatMap { $0 == "99999" || Int($0) == 0 ? nil : $0 }
  }

  private func memberFlow(in quote: Quote, orAll: Bool = false) -> Flow {
    let member = memberAsked
    if member == nil, !orAll { return MemberTrading(quote).foreign }
    return quote.details.brokers.filter { member == nil || $0.broker.code == member }.reduce(Flow()) { $0 + $1.flow }
  }
}
