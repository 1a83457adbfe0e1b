import KISSandbox
import KISScenario
import KISWire
import Testing

@testable import KISClient

@Suite("The REST client against the mock")
struct RESTClientTests {
  private let row =
    #"{"hts_kor_isnm":"삼성전자","mksc_shrn_iscd":"005930","ntby_qty":"-903000","stck_prpr":"81800","prdy_vrss_sign":"3","prdy_vrss":"0","prdy_ctrt":"0.00","acml_vol":"14471904","frgn_ntby_qty":"2272000","orgn_ntby_qty":"-903000","ivtr_ntby_qty":"-804000","bank_ntby_qty":"0","insu_ntby_qty":"-26000","mrbn_ntby_qty":"0","fund_ntby_qty":"-73000","etc_orgt_ntby_vol":"0","etc_corp_ntby_vol":"29000","frgn_ntby_tr_pbmn":"185850","orgn_ntby_tr_pbmn":"-73865","ivtr_ntby_tr_pbmn":"-65767","bank_ntby_tr_pbmn":"0","insu_ntby_tr_pbmn":"-2127","mrbn_ntby_tr_pbmn":"0","fund_ntby_tr_pbmn":"-5971","etc_orgt_ntby_tr_pbmn":"0","etc_corp_ntby_tr_pbmn":"2372"}"#

  private var ranking: String {
    #"{"t":0,"rest":{"method":"GET","path":"\#(ForeignInstitutionTotal.path)","tr_id":"FHPTJ04400000","parameters":{"FID_COND_MRKT_DIV_CODE":"V","FID_COND_SCR_DIV_CODE":"16449","FID_INPUT_ISCD":"0001","FID_DIV_CLS_CODE":"0","FID_RANK_SORT_CLS_CODE":"1","FID_ETC_CLS_CODE":"2"},"status":200,"headers":{"tr_cont":""},"body":{"output":[\#(row)],"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}}}"#
  }

  @Test("reads the ranking of net sellers as rows")
  func foreignInstitutionTotal() async throws {
    try await withMock([ranking]) { _, configuration in
      let rows = try await RESTClient(configuration).foreignInstitutionTotal(
        .init(industry: "0001", sort: .netSelling, investor: .institution))
      #expect(rows.map(\.name) == ["삼성전자"])
      #expect(rows.first?.net[.foreign] == .init(quantity: 2_272_000, amount: 185_850))
    }
  }

  @Test("carries KIS's code and text when it is refused")
  func refused() async throws {
    try await withMock([ranking]) { _, configuration in
      let error = await #expect(throws: ClientError.self) {
        try await RESTClient(configuration).call("FHPTJ04400000", ["FID_COND_MRKT_DIV_CODE": "V"])
      }
      #expect(error?.code == .refused)
      #expect(error?.messageCode == .invalidInput)
      #expect(error?.status == 200)
    }
  }

  @Test("fetches a token once for many calls, and a new approval key only when told")
  func reusesTokens() async throws {
    try await withMock { _, configuration in
      let tokens = TokenStore(configuration)
      let keys = try await withThrowingTaskGroup(of: Secret.self) { group in
        for _ in 0..<10 { group.addTask { try await tokens.approvalKey() } }
        return try await group.reduce(into: Set<Secret>()) { $0.insert($1) }
      }
      #expect(keys.count == 1)
      await tokens.forgetApprovalKey()
      let fresh = try await tokens.approvalKey()
      #expect(!keys.contains(fresh))
    }
  }

  @Test("a token that was revoked is replaced on the way")
  func renewsToken() async throws {
    var limits = Limits()
    limits.tokenReuse = .zero
    try await withMock([ranking], limits: limits) { _, configuration in
      let tokens = TokenStore(configuration)
      let client = RESTClient(configuration, tokens: tokens)
      let query = ForeignInstitutionTotal.Query(industry: "0001", sort: .netSelling, investor: .institution)
      let first = try await client.foreignInstitutionTotal(query)
      try await tokens.revoke()
      let second = try await client.foreignInstitutionTotal(query)
      #expect(first == second)
    }
  }

  @Test("OAuth refusals keep their code")
  func oauthRefusal() async throws {
    try await withMock(appKeys: ["another": nil]) { _, configuration in
      let error = await #expect(throws: ClientError.self) { try await TokenStore(configuration).accessToken() }
      #expect(error?.messageCode == .invalidAppKey)
      #expect(error?.status == 403)
      #expect(error?.message.contains("app-key") == false)
    }
  }
}
