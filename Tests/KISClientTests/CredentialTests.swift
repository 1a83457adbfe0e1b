import Testing

@testable import KISClient

@Suite("A credential")
struct CredentialTests {
  @Test("is fetched by one caller, used by all, and fetched again shortly before it expires")
  func life() {
    var credential = Credential()
    let advice1 = credential.advice(at: .zero)
    #expect(advice1 == .fetch)
    let advice2 = credential.advice(at: .zero)
    #expect(advice2 == .wait)
    credential.stored("t1", lifetime: .seconds(86_400), at: .zero)
    let advice3 = credential.advice(at: .seconds(86_339))
    #expect(advice3 == .use("t1"))
    let advice4 = credential.advice(at: .seconds(86_340))
    #expect(advice4 == .fetch)
    let advice5 = credential.advice(at: .seconds(86_340))
    #expect(advice5 == .wait)
  }

  @Test("that lives for seconds is used for nine tenths of them")
  func shortLife() {
    var credential = Credential()
    credential.stored("t", lifetime: .seconds(10), at: .seconds(5))
    let advice6 = credential.advice(at: .seconds(13))
    #expect(advice6 == .use("t"))
    let advice7 = credential.advice(at: .seconds(14))
    #expect(advice7 == .fetch)
  }

  @Test("is fetched anew after a failure, and after the server forgot it")
  func again() {
    var credential = Credential()
    let advice8 = credential.advice(at: .zero)
    #expect(advice8 == .fetch)
    credential.failed()
    let advice9 = credential.advice(at: .zero)
    #expect(advice9 == .fetch)
    credential.stored("t", lifetime: .seconds(100), at: .zero)
    credential.forget()
    let advice10 = credential.advice(at: .zero)
    #expect(advice10 == .fetch)
  }
}
