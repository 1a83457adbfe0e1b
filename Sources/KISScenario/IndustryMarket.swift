/// A market whose program trading is published, by its industry code (업종코드).
public enum IndustryMarket: String, Sendable, Hashable, CaseIterable {
  case kospi = "0001"
  case kosdaq = "1001"
  case kospi200 = "2001"
}
