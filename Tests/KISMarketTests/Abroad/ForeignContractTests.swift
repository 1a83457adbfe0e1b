import Testing

@testable import KISMarket

@Suite("Futures and options abroad by their codes")
struct ForeignContractTests {
  @Test(
    "A month ends when its product's do",
    arguments: [
      ("ESZ26", "2026-12-18"), ("CLZ26", "2026-11-20"), ("6AU26", "2026-09-14"), ("GCZ26", "2026-12-29"),
      ("BRNF25", "2024-11-29"), ("HSIU26", "2026-09-29"), ("ZCZ26", "2026-12-14"), ("BONU25", "2025-09-08"),
      // Christmas is no business day.
      ("ESH27", "2027-03-19"), ("CLF27", "2026-12-21"),
    ] as [(String, CalendarDate)])
  func endings(code: String, lastDay: CalendarDate) {
    let contract = ForeignContract(code)
    #expect(contract.lastDay == lastDay && contract.isListed && !contract.isOption)
    #expect(contract.firstDay < contract.lastDay)
  }

  @Test("Codes of no product, of months that it does not list, and of options without a strike are none")
  func strangers() {
    for code in [
      "", "ES", "ESZ", "ESF26", "XXZ26", "ESZ26 ", "ESZ26 X100", "ESZ26 C", "OESZ26 Cinf", "OESZ26 P-1", "ESZ2６", "Z26",
    ] {
      #expect(!ForeignContract(code).isListed, "\(code)")
    }
    #expect(ForeignContract("OESZ26 C6000").isListed && ForeignContract("O6AZ26 P0.65").isListed)
  }

  @Test("Every product can be written, has a price on its ticks, and one contract that is worth more than its margin")
  func products() {
    #expect(Set(ForeignProduct.all.map(\.root)).count == ForeignProduct.all.count && ForeignProduct.all.count >= 40)
    for product in ForeignProduct.all {
      let instrument = Instrument(
        unknown: ForeignContract.next(product.root, on: "2026-09-21"), kind: .overseasFuture, seed: 1)
      #expect(instrument.product == product && instrument.decimals == product.decimals)
      #expect(instrument.referencePrice == product.level, "\(product.root)")
      #expect(product.ticks.allows(instrument.referencePrice), "\(product.root)")
      let worth = Double(instrument.referencePrice) / Double(product.scale) * Double(product.pointValue)
      #expect(Double(product.margin ?? 0) < worth / 2 && worth > 1_000, "\(product.root) \(worth)")
    }
  }

  @Test("The contract that ends next is one that is listed and has not ended")
  func next() {
    #expect(ForeignContract.next("ES", on: "2026-09-21") == "ESZ26")
    #expect(ForeignContract.next("ES", on: "2026-12-18") == "ESZ26")
    #expect(ForeignContract.next("ES", on: "2026-12-19") == "ESH27")
    #expect(ForeignContract.next("CL", on: "2026-11-21") == "CLF27")
  }
}
