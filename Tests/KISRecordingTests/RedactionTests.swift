import Foundation
import KISRecording
import KISWire
import Testing

@Suite("Redaction")
struct RedactionTests {
  /// Secrets of every kind, with the name under which each is first seen.
  static let canaries: [(name: String, value: String)] = [
    ("appkey", "PSq7Zx91kLmN2vB8cD4fG6hJ0wE3rT5yU7i9"),
    ("appsecret", "a8/Kd+93jfQz0Lm=="),
    ("access_token", "eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJ0b2tlbiJ9.QmFzZTY0U2lnbmF0dXJl"),
    ("approval_key", "7d0f5ff9-dcb6-46c5-bcff-f54584909d26"),
    ("hashkey", "6e4d2f0a9b8c7d6e5f4a3b2c1d0e9f8a"),
    ("personalseckey", "corp-personal-key-0001Z"),
    ("CANO", "81234567"),
    ("ACNT_NO", "8765432101"),
    ("user_id", "hong1234"),
    ("acnt_name", "홍길동"),
    ("phone_number", "01098765432"),
    ("ip_addr", "211.34.56.78"),
    ("mac_address", "A1:B2:C3:D4:E5:F6"),
    ("cookie", "JSESSIONID=9f8e7d6c5b4a39281706"),
  ]

  private static var values: [String] {
    canaries.map { $0.name == "cookie" ? String($0.value.split(separator: "=")[1]) : $0.value }
  }

  private static func hex(_ text: String) -> String {
    text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// What a leak of some text would look like.
  private static func leaks(of secret: String) -> [String] {
    [
      secret, hex(secret), hex(secret).uppercased(), Data(secret.utf8).base64EncodedString(),
      Data(("x" + secret).utf8).base64EncodedString(), Data(("xy" + secret).utf8).base64EncodedString(),
      secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
    ]
  }

  /// An exchange in which every canary stands in each header, in the parameters and in both bodies.
  private static func exchange() -> RecordedEvent {
    let headers = canaries.map { NameValue($0.name, $0.name == "access_token" ? "Bearer " + $0.value : $0.value) }
    let members = canaries.map { ($0.name, JSONValue.string($0.value)) }
    let body = JSONValue.object(JSONObject(members)).utf8
    return RecordedEvent(
      at: 0,
      .exchange(
        RecordedExchange(
          method: "POST", path: "/x", transactionID: "", parameters: headers, requestHeaders: headers,
          requestBody: body, headers: headers, body: body)))
  }

  private static func line(_ event: RecordedEvent) -> String {
    var bytes: [UInt8] = []
    event.appendLine(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("leaves no canary where it was named, in headers, parameters and bodies")
  func named() {
    var redaction = Redaction()
    let line = Self.line(redaction.redacted(Self.exchange()))
    for value in Self.values { #expect(!line.contains(value), "\(value)") }
    #expect(redaction.changed == 1)
  }

  @Test("finds what it knows in any spelling, in texts that name nothing")
  func spellings() {
    var redaction = Redaction()
    redaction.learn(from: Self.exchange())
    for value in Self.values {
      for spelling in Self.leaks(of: value) {
        let text = "upstream said: no such thing as '\(spelling)', sorry"
        let messages: [RecordedEvent.Content] = [
          .message(Array(text.utf8), from: .server), .binary(Array(text.utf8), from: .client),
          .closed(.init(code: 1008, reason: text)),
          .exchange(RecordedExchange(method: "GET", path: "/\(spelling)", transactionID: "", status: 500, body: text)),
        ]
        for content in messages {
          let line = Self.line(redaction.redacted(RecordedEvent(at: 1, content)))
          // What base64 shares with its neighbours may keep a bit or two of the first and last byte.
          let core = spelling.count > 12 ? String(spelling.dropFirst(2).dropLast(4)) : spelling
          #expect(!line.contains(core), "\(spelling) in \(line)")
        }
      }
    }
  }

  @Test("knows tokens, accounts, phones and addresses by their shape alone")
  func shapes() {
    var redaction = Redaction()
    let text = """
      token eyJ0eXAi.eyJzdWIi.c2lnbmF0dXJl of 71234567-01, call 010-9876-5432, from 10.20.30.40:5000 or \
      fe80::1ff:fe23:4567:890a, card a1-b2-c3-d4-e5-f6; 20260921-01 and 1.2.3 and Chrome/120.0.0.0 and 127.0.0.1 stay
      """
    let line = Self.line(redaction.redacted(RecordedEvent(at: 0, .message(Array(text.utf8), from: .server))))
    for secret in ["eyJ0eXAi.", "71234567", "9876-5432", "10.20.30.40", "fe80::1ff", "a1-b2-c3"] {
      #expect(!line.contains(secret), "\(secret)")
    }
    for other in ["20260921-01", "1.2.3", "Chrome/120.0.0.0", "127.0.0.1", ":5000"] {
      #expect(line.contains(other), "\(other)")
    }
  }

  @Test("keeps length and shape, says the same for the same, and lists what it put in")
  func placeholders() throws {
    var redaction = Redaction()
    guard case .exchange(let exchange) = redaction.redacted(Self.exchange()).content else { return }
    for (before, after) in zip(Self.canaries, exchange.parameters) {
      #expect(after.value.utf8.count >= before.value.utf8.count)
      #expect(after.value.hasSuffix(after.value.suffix(1)))
    }
    let members = try #require(try JSONValue(parsing: exchange.body).object)
    for canary in Self.canaries {
      let text = try #require(members[canary.name]?.string)
      #expect(text.utf8.count == canary.value.utf8.count)
      #expect(text != canary.value)
      for (left, right) in zip(text, canary.value) {
        #expect(
          left.isNumber == right.isNumber && left.isLetter == right.isLetter && left.isUppercase == right.isUppercase)
      }
    }
    let listed = Set(redaction.placeholders.map(\.text))
    #expect(listed.count == redaction.placeholders.count)
    #expect(listed.contains(members["appkey"]?.string ?? ""))
    #expect(redaction.placeholders.map(\.kind).contains("account"))
    var again = Redaction(known: redaction.placeholders)
    let event = RecordedEvent(at: 0, .exchange(exchange))
    #expect(again.redacted(event) == event)
    #expect(again.placeholders == redaction.placeholders)
  }

  @Test("an account and the same with its product behind it show the same eight digits")
  func accounts() {
    var redaction = Redaction()
    redaction.learn("81234567", as: .account)
    redaction.learn("8123456701", as: .account)
    #expect(
      redaction.redacted("81234567 8123456701 81234567-01 181234567") == "00000001 0000000101 00000001-01 181234567")
  }

  @Test("notices are decrypted with their connection's key, redacted and kept readable; iv and key go too")
  func notices() throws {
    let cipher = try PayloadCipher(iv: "756a405d9c6fafe0", key: "adjoxmjobvlxyvlawnitvlnpemiwozol")
    var values = [String](repeating: "", count: 26)
    (values[0], values[1], values[17], values[24]) = ("hong1234", "8123456701", "홍길동", "삼성전자")
    let frame = try cipher.encrypt(Frame("H0STCNI0", records: [values]))
    let reply = RegistrationReply.registered(
      .init("H0STCNI0", key: "hong1234"), .init(iv: cipher.iv, key: cipher.key))
    var redaction = Redaction()
    let lines = [
      RecordedEvent(at: 0, on: 1, .message(reply.bytes, from: .server)),
      RecordedEvent(at: 1, on: 1, .ciphertext(frame.bytes)),
      RecordedEvent(at: 2, on: 2, .ciphertext(frame.bytes)),
      RecordedEvent(at: 3, on: 2, .message(Array("no user hong1234 (홍길동)".utf8), from: .server)),
    ].map { Self.line(redaction.redacted($0)) }
    #expect(lines[1].hasPrefix(#"{"t":1,"conn":1,"ws":"1|H0STCNI0|001|"#))
    #expect(lines[1].contains("삼성전자"))
    #expect(lines[2].contains(#""cipher":true"#))
    for line in [lines[0], lines[1], lines[3]] {
      for secret in ["hong1234", "81234567", "홍길동", cipher.iv, cipher.key] {
        #expect(!line.contains(secret), "\(secret)")
      }
    }
    #expect(redaction.decrypted == 1)
    #expect(redaction.undecrypted == 1)
  }

  @Test("market data stays as it is, although a volume has the digits of an account")
  func marketData() {
    var redaction = Redaction()
    redaction.learn("81234567", as: .account)
    let frame = RecordedEvent(at: 0, .message(Array("0|H0STCNT0|001|005930^090000^81234567^".utf8), from: .server))
    #expect(redaction.redacted(frame) == frame)
  }

  @Test("what lies quoted in quoted text, in a form or in a header line is found by its name")
  func nesting() {
    var redaction = Redaction()
    let texts = [
      #"{"msg":"{\"appkey\":\"PSaaaaBBBB1111\"}"}"#, "grant_type=x&appsecret=se%2Fcret%2B12&b=c",
      "error for authorization: Bearer abcdefgh12345678, retry", "{'CANO': '71234567'}",
      #"{"acnt_name":"\uae40\ucca0\uc218"}"#,
    ]
    let secrets = ["PSaaaaBBBB1111", "se%2Fcret", "abcdefgh12345678", "71234567", #"\uae40\ucca0"#]
    for (text, secret) in zip(texts, secrets) {
      let line = Self.line(redaction.redacted(RecordedEvent(at: 0, .message(Array(text.utf8), from: .server))))
      #expect(!line.contains(secret.replacing(#"\"#, with: #"\\"#)), "\(line)")
      #expect(redaction.placeholders.count > 0)
    }
    #expect(redaction.redacted("김철수") == "가가나")
  }

  @Test("numbers of requests have one placeholder, however many answers there are, and nothing random is left")
  func requestNumbers() throws {
    var redaction = Redaction()
    var lines = ""
    for number in ["0341FFC22DB183AE0EC1E0421CEDBCDE", "AFD7FFC22DB183AE0EC1E0421CEDBC01"] {
      let exchange = RecordedExchange(
        method: "GET", path: "/x", transactionID: "FHKST01010100", headers: [NameValue("gt_uid", number)],
        body: Array("{}".utf8))
      let redacted = redaction.redacted(RecordedEvent(at: 0, .exchange(exchange)))
      lines += RedactionTests.line(redacted)
      #expect(!lines.contains(number))
    }
    #expect(redaction.placeholders.map(\.kind) == ["request-number"])
    #expect(redaction.placeholders.map(\.text) == [String(repeating: "0", count: 32)])
    let header = Samples.headerLine
    #expect(try SecretLint(RecordingReader(bytes: Array((header + lines).utf8))).findings.isEmpty)
  }
}
