import KISMarket

/// Who bought and sold an instrument (투자자별 매매동향) on a day until a moment of it, by KIS's words for the kinds of
/// investors. Whatever somebody bought, somebody else sold.
struct InvestorFigures: Sendable, Hashable {
  /// Whose figures KIS lists, by its word: a kind of investor, or several together.
  enum Kind: String, Sendable, CaseIterable {
    /// 외국인
    case foreign = "frgn"
    /// 금융투자
    case securities = "scrt"
    /// 투자신탁
    case trusts = "ivtr"
    /// 사모펀드
    case privateFunds = "pe_fund"
    /// 은행
    case banks = "bank"
    /// 보험
    case insurers = "insu"
    /// 종합금융
    case merchantBanks = "mrbn"
    /// 기금
    case funds = "fund"
    /// 기타 단체
    case otherInstitutions = "etc_orgt"
    /// 기타 법인
    case corporations = "etc_corp"
    /// 개인
    case individuals = "prsn"
    /// All institutions together (기관계).
    case institutions = "orgn"
    /// 등록 외국인
    case registeredForeigners = "frgn_reg"
    /// 비등록 외국인
    case otherForeigners = "frgn_nreg"
    /// 기타: other institutions and corporations.
    case others = "etc"
  }

  private let flows: InvestorFlows

  init(_ flows: InvestorFlows) { self.flows = flows }

  subscript(kind: Kind) -> Flow {
    switch kind {
    case .foreign: flows.foreign
    case .securities: flows[.securities]
    case .trusts: flows[.investmentTrust]
    case .privateFunds: flows[.privateFund]
    case .banks: flows[.bank]
    case .insurers: flows[.insurance]
    case .merchantBanks: flows[.merchantBank]
    case .funds: flows[.pensionFund]
    case .otherInstitutions: flows[.otherOrganization]
    case .corporations: flows.others
    case .individuals: flows.individuals
    case .institutions: flows.institutions
    case .registeredForeigners: flows[.foreignRegistered]
    case .otherForeigners: flows[.foreignOther]
    case .others: self[.otherInstitutions] + self[.corporations]
    }
  }
}
