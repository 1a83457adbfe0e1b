extension ForeignInstitutionTotal {
  /// One instrument of the answer: 26 values.
  public struct Row: Sendable, Hashable {
    /// 종목명
    public var name: String
    /// 종목코드: six characters, ETNs seven with a leading Q.
    public var code: String
    /// 순매수 수량 of the ranked investor, shares; provisional figures are multiples of 1,000.
    public var netQuantity: Int
    /// 현재가, won.
    public var price: Int
    /// 전일 대비 부호
    public var sign: PriceSign
    /// 전일 대비, won; negative for a fall.
    public var change: Int
    /// 전일 대비율, per cent with two decimals.
    public var changeRate: Double
    /// 누적 거래량, shares.
    public var totalQuantity: Int
    /// Net buying of each investor.
    public var net: [Investor: NetBuying]

    /// A row; investors that are not given bought nothing.
    public init(
      name: String, code: String, netQuantity: Int, price: Int, sign: PriceSign, change: Int, changeRate: Double,
      totalQuantity: Int, net: [Investor: NetBuying]
    ) {
      self.name = name
      self.code = code
      self.netQuantity = netQuantity
      self.price = price
      self.sign = sign
      self.change = change
      self.changeRate = changeRate
      self.totalQuantity = totalQuantity
      self.net = net
    }
  }

  /// Shares, and million won: quantity × price ÷ 1,000,000, rounded.
  public struct NetBuying: Sendable, Hashable {
    /// Shares.
    public var quantity: Int
    /// Million won.
    public var amount: Int

    /// A quantity and its amount.
    public init(quantity: Int, amount: Int) {
      self.quantity = quantity
      self.amount = amount
    }
  }

  /// Who buys and sells, in the order of the columns. `institution` is the sum of the six after it.
  public enum Investor: String, Sendable, Hashable, CaseIterable {
    /// 외국인
    case foreign = "frgn"
    /// 기관계
    case institution = "orgn"
    /// 투자신탁
    case investmentTrust = "ivtr"
    /// 은행
    case bank
    /// 보험
    case insurance = "insu"
    /// 종금
    case merchantBank = "mrbn"
    /// 기금
    case fund
    /// 기타 단체
    case otherInstitution = "etc_orgt"
    /// 기타 법인
    case otherCorporation = "etc_corp"

    var quantityName: String { rawValue + (rawValue.hasPrefix("etc") ? "_ntby_vol" : "_ntby_qty") }
    var amountName: String { rawValue + "_ntby_tr_pbmn" }
  }
}

extension ForeignInstitutionTotal.Row {
  /// - Throws: ``WireError`` with code `field`: the member that is missing or no number.
  public init(_ json: JSONObject) throws(WireError) {
    func text(_ name: String) throws(WireError) -> String {
      guard let text = json[name]?.string else {
        throw WireError(.field, expected: "text in \(name)", found: json[name]?.text ?? "none", at: 0)
      }
      return text
    }
    func integer(_ name: String) throws(WireError) -> Int {
      let text = try text(name)
      guard let number = Int(ascii: text.utf8) else {
        throw WireError(.field, expected: "a whole number in \(name)", found: "\"\(text)\"", at: 0)
      }
      return number
    }
    let rate = try text("prdy_ctrt")
    let sign = try text("prdy_vrss_sign")
    guard let changeRate = Double(rate), let priceSign = PriceSign(rawValue: sign) else {
      throw WireError(
        .field, expected: "a number in prdy_ctrt and 1 to 5 in prdy_vrss_sign", found: "\"\(rate)\", \"\(sign)\"", at: 0
      )
    }
    var net: [ForeignInstitutionTotal.Investor: ForeignInstitutionTotal.NetBuying] = [:]
    for investor in ForeignInstitutionTotal.Investor.allCases {
      net[investor] = .init(quantity: try integer(investor.quantityName), amount: try integer(investor.amountName))
    }
    self.init(
      name: try text("hts_kor_isnm"), code: try text("mksc_shrn_iscd"), netQuantity: try integer("ntby_qty"),
      price: try integer("stck_prpr"), sign: priceSign, change: try integer("prdy_vrss"), changeRate: changeRate,
      totalQuantity: try integer("acml_vol"), net: net)
  }

  /// The row in the document's order of members; every value is text.
  public var json: JSONObject {
    var json: JSONObject = [
      "hts_kor_isnm": .string(name), "mksc_shrn_iscd": .string(code), "ntby_qty": .string("\(netQuantity)"),
      "stck_prpr": .string("\(price)"), "prdy_vrss_sign": .string(sign.rawValue), "prdy_vrss": .string("\(change)"),
      "prdy_ctrt": .string(changeRate.twoDecimals), "acml_vol": .string("\(totalQuantity)"),
    ]
    let investors = ForeignInstitutionTotal.Investor.allCases
    json.members += investors.map { .init($0.quantityName, .string("\(net[$0]?.quantity ?? 0)")) }
    json.members += investors.map { .init($0.amountName, .string("\(net[$0]?.amount ?? 0)")) }
    return json
  }
}

extension Double {
  /// The number as KIS writes rates: two decimals, `-0.14`, `0.00`. Not-a-number becomes `0.00`.
  public var twoDecimals: String {
    guard let hundredths = Int(exactly: (self * 100).rounded()) else { return "0.00" }
    let digits = String(hundredths.magnitude)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return (hundredths < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
  }
}
