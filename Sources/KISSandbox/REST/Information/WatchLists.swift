import KISMarket
import KISWire

/// A list of shares that a customer watches (관심종목 그룹). Here every customer has the same ones; no API changes them.
struct WatchList: Sendable {
  /// 관심 그룹 코드
  let code: String
  /// 관심 그룹 명
  let name: String
  /// Which instruments are on it, of those that are known.
  fileprivate let members: @Sendable ([Instrument]) -> [Instrument]

  /// As many as the API of several prices takes (관심종목 멀티시세).
  private static let most = 30

  /// The lists, in the order of the HTS.
  static let all = [
    WatchList(code: "001", name: "관심종목") { known in
      Array(known.filter { $0.kind == .share && $0.board == .kospi && $0.size == .large }.prefix(10))
    },
    WatchList(code: "002", name: "코스닥") { known in
      Array(known.filter { $0.kind == .share && $0.board == .kosdaq }.prefix(10))
    },
    WatchList(code: "003", name: "ETF") { known in known.filter { $0.kind == .etf } },
  ]

  /// What is on it, in its order.
  func instruments(of known: [Instrument]) -> [Instrument] { Array(members(known).prefix(WatchList.most)) }
}

extension AnswerRequest {
  /// The customer's lists (관심종목 그룹조회).
  var watchLists: [InformationRow] {
    WatchList.all.enumerated().map { place, list in
      (
        [
          "date": moment.compactDate, "trnm_hour": moment.timeOfDay, "data_rank": "\(place + 1)",
          "inter_grp_code": list.code, "inter_grp_name": list.name,
          "ask_cnt": "\(list.instruments(of: listedAtHome).count)",
        ], nil
      )
    }
  }

  /// What is on one of them (관심종목 그룹별 종목조회), by INTER_GRP_CODE, the first one without it; nothing of a list that there
  /// is not.
  var watchedInstruments: JSONObject {
    let code = parameter("INTER_GRP_CODE").flatMap { Int($0) == 0 ? nil : $0 }
    guard let place = WatchList.all.firstIndex(where: { code == nil || code == $0.code }) else {
      return [key(of: 0): output(0, []), key(of: 1): output(1, [])]
    }
    let list = WatchList.all[place]
    let rows: [InformationRow] = list.instruments(of: listedAtHome).enumerated().map { place, instrument in
      (
        [
          "fid_mrkt_cls_code": "J", "data_rank": "\(place + 1)", "exch_code": "KRX", "jong_code": instrument.code,
          "color_code": "0", "memo": "", "hts_kor_isnm": instrument.name, "fxdt_ntby_qty": "0", "cntg_unpr": "0",
          "cntg_cls_code": "0",
        ], nil
      )
    }
    return [
      key(of: 0): output(0, [(["data_rank": "\(place + 1)", "inter_grp_name": list.name], nil)]),
      key(of: 1): output(1, rows),
    ]
  }

  /// Shares and funds of KRX, as they are listed.
  var listedAtHome: [Instrument] {
    quotes.listed.map(\.instrument).filter { $0.kind == .share || $0.kind == .etf }
  }
}
