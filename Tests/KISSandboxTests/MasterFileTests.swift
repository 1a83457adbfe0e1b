import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("The broker's master files")
struct MasterFileTests {
  /// A line of kospi_code.mst (or, without five flags, of kosdaq_code.mst), as the broker's header file lays it out.
  private static func line(
    _ code: String, _ name: String, group: String = "ST", price: Int, volume: Int, thousands: Int, flags: Int = 26
  ) -> String {
    func digits(_ number: Int, _ width: Int) -> String { padded(number, to: width) }
    func blanks(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    var tail = group + "1" + "0013" + "0000" + "0000" + String(repeating: "N", count: flags)
    tail += digits(price, 9) + digits(1, 5) + digits(1, 5) + "NNN" + "00" + "NNN" + "000000" + digits(20, 3) + "Y"
    tail += digits(90, 3) + digits(volume, 12) + digits(100, 12) + "19750611" + digits(thousands, 15)
    tail += digits(778_047_000_000, 21) + "12" + digits(0, 7) + "0" + "NN" + "Y" + (flags == 26 ? "Y" : "")
    tail += digits(1, 9) + digits(1, 9) + digits(1, 9) + digits(1, 5) + "    10.00" + "20260630" + digits(1, 9)
    tail += "001" + "NYY"
    return blanks(code, 9) + blanks("KR7\(code)003", 12) + blanks(name, 40) + tail
  }

  static let kospi =
    [
      line("005930", "삼성전자", price: 61_500, volume: 12_345_678, thousands: 5_919_638),
      line("069500", "KODEX 200", group: "EF", price: 35_150, volume: 5_000_000, thousands: 180_000),
      line("Q500001", "신한 레버리지 ETN", group: "EN", price: 10_000, volume: 0, thousands: 1_000),
    ].joined(separator: "\r\n") + "\r\n"
  static let kosdaq =
    line("247540", "에코프로비엠", price: 120_000, volume: 400_000, thousands: 97_801, flags: 21) + "\n"

  @Test("Shares are read with price, volume and listed shares, funds as what they are")
  func shares() throws {
    let codes = try KnownCodes(master: .kospi, MasterFileTests.kospi, file: "kospi_code.mst")
      .adding(try KnownCodes(master: .kosdaq, MasterFileTests.kosdaq, file: "kosdaq_code.mst"))
    let samsung = try #require(codes.instrument("005930"))
    #expect(samsung.koreanName == "삼성전자" && samsung.market == "KOSPI" && samsung.referencePrice == 61_500)
    #expect(samsung.dailyVolume == 12_345_678 && samsung.listedShares == 5_919_638_000)
    #expect(codes.instrument("069500")?.kind == .etf && codes.instrument("Q500001")?.kind == .etn)
    let ecopro = try #require(codes.instrument("247540"))
    #expect(ecopro.market == "KOSDAQ" && ecopro.referencePrice == 120_000 && ecopro.listedShares == 97_801_000)
    #expect(codes.mayExist("005930", as: .share) && !codes.mayExist("999999", as: .share))
    #expect(KnownCodes.standard.mayExist("400400", as: .share), "without a master file nobody knows all")
    #expect(["999999", "000000", "960000"].allSatisfy { !KnownCodes.standard.mayExist($0, as: .share) })
  }

  @Test("Industries and shares abroad, with the lots of Hong Kong")
  func others() throws {
    let industries = try KnownCodes(master: .industries, "00001종합\n11001코스닥\n", file: "idxcode.mst")
    #expect(industries.industry("0001")?.koreanName == "종합" && industries.industries.map(\.code).contains("1001"))
    let row = [
      "HK", "HKS", "HKS", "홍콩", "00005", "DHKS00005", "HSBC홀딩스", "HSBC HOLDINGS", "2", "HKD", "3", "4", "101.5", "400",
      "400", "1030", "1700", "N", "", "", "0", "1", "", "",
    ].joined(separator: "\t")
    let index = row.replacing("DHKS00005", with: "DHKSHSI").replacing("\t2\tHKD", with: "\t1\tHKD")
    let abroad = try KnownCodes(master: .abroad, row + "\n" + index + "\n", file: "hksmst.cod")
    let bank = try #require(abroad.instrument("DHKS00005"))
    #expect(bank.koreanName == "HSBC홀딩스" && bank.lot == 400 && bank.referencePrice == 101.5 && bank.market == "HKEX")
    #expect(abroad.instrument("DHKSHSI") == nil, "an index is no share")
    #expect(Instrument(code: "DHKS00005", codes: abroad).lot(side: .buy, codes: abroad) == 400)
  }

  @Test("A line of another layout is named with its place")
  func mistakes() {
    #expect {
      _ = try KnownCodes(master: .kospi, MasterFileTests.kospi + "005930 short\n", file: "k.mst")
    } throws: { "\($0)".hasPrefix("k.mst:4:1: expected a line of a code, a name and 227 bytes of figures") }
    #expect(MasterFile(name: "kospi_code.mst") == .kospi && MasterFile(name: "KOSDAQ_CODE.MST") == .kosdaq)
    #expect(MasterFile(name: "idxcode.mst") == .industries && MasterFile(name: "nasmst.cod") == .abroad)
    #expect(MasterFile(name: "mine.csv") == nil)
  }

  @Test("With a master file, a code that it does not have is refused on every TR and over REST")
  func strict() async throws {
    let codes = try KnownCodes(master: .kospi, MasterFileTests.kospi, file: "kospi_code.mst")
    let fixture = try SandboxFixture {
      $0.knownCodes = codes
      $0.limits.requestsPerSecond = 0
    }
    let caller = await fixture.caller()
    #expect(await caller.price("999999").json["output"]?["stck_prpr"] == "0")
    #expect(await caller.price("005930").json["output"]?["stck_prpr"] != "0")
    #expect(await caller.order("TTTC0012U", code: "999999", price: 10_000).code == "APBK0656")
    for tr in Catalogue.realtime where tr.key == .stock && tr.id(on: .real) != nil {
      let reply = try await fixture.listener(tr.id, "999999", appKey: "\(tr.id)").reply
      #expect(reply?.code == .invalidKey, "\(tr.id): \(String(describing: reply))")
    }
    #expect(try await fixture.listener("H0STCNT0", "005930", appKey: "known").reply?.code == .subscribed)
  }
}
