import Testing

@testable import KISMarket

@Suite("Codes of futures and options")
struct ContractCodeTests {
  @Test(
    "A code tells the product, the month, the strike and the last trading day",
    arguments: [
      ("A01612", "F 202612", "2026-12-10", nil), ("101V06", "F 202406", "2024-06-13", nil),
      ("101W12", "F 202512", "2025-12-11", nil), ("A05608", "미니 F 202608", "2026-08-13", nil),
      ("201V06362", "C 202406 362.5", "2024-06-13", 36_250), ("B01612960", "C 202612 960.0", "2026-12-10", 96_000),
      ("C01612B02", "P 202612 1102.5", "2026-12-10", 110_250), ("A06703", "코스닥150 F 202703", "2027-03-11", nil),
      // The second Thursday of May 2027 is Buddha's birthday.
      ("A05705", "미니 F 202705", "2027-05-12", nil),
    ] as [(String, String, String, Int?)])
  func reads(code: String, name: String, lastDay: String, strike: Int?) throws {
    let contract = try #require(ContractCode(code))
    #expect(contract.name == name)
    #expect(contract.lastTradingDay.description == lastDay)
    #expect(contract.strike == strike)
  }

  @Test(
    "What is no code of a contract is none", arguments: ["005930", "A0161", "A01613", "B01612", "ESZ26", "175W12", ""])
  func refuses(code: String) { #expect(ContractCode(code) == nil) }

  @Test("Every month and strike has a code of its own that says the same again")
  func roundTrip() throws {
    var codes: Set<String> = []
    for year in 2026...2028 {
      for month in 1...12 {
        for right in ContractCode.Right.allCases {
          for strike in right == .future ? [nil] : stride(from: 25_000, through: 260_000, by: 250).map({ Int?($0) }) {
            let contract = try #require(ContractCode(right, product: "01", year: year, month: month, strike: strike))
            #expect(ContractCode(contract.code) == contract, "\(contract.code)")
            #expect(codes.insert(contract.code).inserted, "\(contract.code)")
            let day = contract.lastTradingDay
            #expect(TradingCalendar.isTradingDay(day) && day.parts.month == month)
          }
        }
      }
    }
  }

  @Test("An option nobody has listed costs more than exercising it brings, and less the further its strike is away")
  func premiums() throws {
    for seed in [1, 7] as [UInt64] {
      for (right, first) in [(ContractCode.Right.call, "B01612"), (.put, "C01612")] {
        var prices: [Int] = []
        for strike in stride(from: 90_000, through: 130_000, by: 2_500) {
          let contract = try #require(ContractCode(right, product: "01", year: 2026, month: 12, strike: strike))
          #expect(contract.code.hasPrefix(first))
          let option = Instrument(unknown: contract.code, kind: .indexOption, seed: seed)
          let intrinsic = right == .call ? 110_100 - strike : strike - 110_100
          #expect(option.referencePrice > max(0, intrinsic), "\(contract.code)")
          #expect(option.name == contract.name)
          prices.append(option.referencePrice)
        }
        #expect(prices == prices.sorted(by: right == .call ? { $0 > $1 } : { $0 < $1 }))
      }
    }
  }

  @Test("A share is no contract, whatever its code looks like")
  func shares() {
    #expect(ContractCode("106110") != nil)
    #expect(!Instrument(unknown: "106110", seed: 1).name.contains("F 20"))
  }

  @Test("Calls and puts of a strike differ by what exercising brings, and their greeks have a buyer's signs")
  func values() {
    for strike in stride(from: 900.0, through: 1_300, by: 50) {
      for days in [1.0, 30, 180] {
        let call = OptionValue(spot: 1_101, strike: strike, days: days, volatility: 0.21, isCall: true)
        let put = OptionValue(spot: 1_101, strike: strike, days: days, volatility: 0.21, isCall: false)
        #expect(abs(call.price - put.price - (1_101 - strike)) < 0.01)
        #expect((0...1).contains(call.delta) && (-1...0).contains(put.delta) && abs(call.delta - put.delta - 1) < 1e-6)
        #expect(call.gamma >= 0 && call.vega >= 0 && call.theta <= 0 && call.rho >= 0 && put.rho <= 0)
      }
    }
    let value = OptionValue(spot: 1_101, strike: 1_120, days: 80, volatility: 0.25, isCall: true)
    let implied = OptionValue.volatility(ofPrice: value.price, spot: 1_101, strike: 1_120, days: 80, isCall: true)
    #expect(abs(implied - 0.25) < 0.0005, "the volatility that a price stands for is the one it was made of")
  }
}
