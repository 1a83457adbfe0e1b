import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite("A file of codes")
struct KnownCodesFileTests {
  @Test("Codes of the file stand beside those that are built in, and win over them")
  func addsToTheTable() throws {
    let codes = try KnownCodes(
      parsing: """
        # ours
        industry,0129,새 업종

        share, 950999 ,새종목,KOSDAQ,12500,1000,90000
        share,005930,다른 이름,KOSPI,100
        """, file: "codes.csv")
    #expect(codes.industry("0129")?.koreanName == "새 업종")
    #expect(codes.industry("0001")?.koreanName == "종합")
    #expect(codes.instrument("950999")?.dailyVolume == 1_000)
    #expect(codes.instrument("005930")?.koreanName == "다른 이름")
    #expect(codes.instruments.filter { $0.code == "005930" }.count == 1)
    #expect(codes.instruments.last?.code == "005930" && codes.industries.last?.code == "0129")
    #expect(KnownCodes.standard.industry("0129") == nil)
  }

  @Test(
    "Mistakes are named with line and column",
    arguments: [
      ("shar,1,a,b,1", "c:1:1: expected a kind: ", "did you mean `share`?"),
      ("# fine\nindustry,12,x", "c:2:10: expected a code of 4 digits, found `12`", ""),
      ("industry,0001", "c:1:14: expected a name, found nothing", ""),
      ("share,000001,이름,KOSPI, teuer", "c:1:24: expected a price above 0, such as 12500, found `teuer`", ""),
      ("share,000001,이름,KOSPI,5,-3", "c:1:25: expected a whole number of shares, found `-3`", ""),
    ])
  func mistakes(text: String, start: String, end: String) {
    #expect {
      _ = try KnownCodes(parsing: text, file: "c")
    } throws: { error in
      "\(error)".hasPrefix(start) && (end.isEmpty || "\(error)".contains(end))
    }
  }
}
