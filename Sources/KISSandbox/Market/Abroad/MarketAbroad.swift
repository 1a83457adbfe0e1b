import KISMarket
import KISWire

/// A market abroad as the broker names it in its tables.
struct MarketAbroad: Sendable {
  let exchange: ForeignExchange
  /// As realtime keys call it: `NAS`.
  let key: String
  /// 거래시장명
  let name: String
  /// 거래시장코드
  let code: String
  /// 상품유형코드
  let productType: String
  let nation: Nation

  /// A country (국가).
  struct Nation: Sendable, Hashable {
    /// ISO 3166 in digits, as the broker has it: `840`.
    let code: String
    let name: String
    /// Two letters: `US`.
    let letters: String
    let currency: String
  }

  /// Every market on which orders are taken, in the broker's order.
  static let all: [MarketAbroad] = {
    let america = Nation(code: "840", name: "미국", letters: "US", currency: "USD")
    let hongKong = Nation(code: "344", name: "홍콩", letters: "HK", currency: "HKD")
    let china = Nation(code: "156", name: "중국", letters: "CN", currency: "CNY")
    let japan = Nation(code: "392", name: "일본", letters: "JP", currency: "JPY")
    let vietnam = Nation(code: "704", name: "베트남", letters: "VN", currency: "VND")
    return [
      MarketAbroad(exchange: .nasdaq, key: "NAS", name: "나스닥", code: "01", productType: "512", nation: america),
      MarketAbroad(exchange: .nyse, key: "NYS", name: "뉴욕거래소", code: "02", productType: "513", nation: america),
      MarketAbroad(exchange: .amex, key: "AMS", name: "아멕스", code: "05", productType: "529", nation: america),
      MarketAbroad(exchange: .hongKong, key: "HKS", name: "홍콩거래소", code: "01", productType: "501", nation: hongKong),
      MarketAbroad(exchange: .shanghai, key: "SHS", name: "상해A", code: "03", productType: "551", nation: china),
      MarketAbroad(exchange: .shenzhen, key: "SZS", name: "심천A", code: "04", productType: "552", nation: china),
      MarketAbroad(exchange: .tokyo, key: "TSE", name: "도쿄거래소", code: "01", productType: "515", nation: japan),
      MarketAbroad(exchange: .hanoi, key: "HNX", name: "하노이거래소", code: "01", productType: "507", nation: vietnam),
      MarketAbroad(exchange: .hoChiMinh, key: "HSX", name: "호치민거래소", code: "02", productType: "508", nation: vietnam),
    ]
  }()

  /// The market of an instrument; that of NASDAQ for one whose code names none.
  static func of(_ instrument: Instrument) -> MarketAbroad {
    let key = AnswerRequest.keyExchange(String(instrument.code.dropFirst().prefix(3)))
    return all.first { $0.key == key } ?? all[0]
  }
}
