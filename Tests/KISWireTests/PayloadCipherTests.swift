import Facts
import KISWire
import Testing

struct PayloadCipherTests {
  let cipher: PayloadCipher

  init() throws { cipher = try PayloadCipher(iv: "0123456789abcdef", key: "abcdefghijklmnopabcdefghijklmnop") }

  @Test("a known text has the ciphertext that openssl makes of it", .proves("4 encryption"))
  func golden() throws {
    // printf 'HTS ID^1234567801^하림^' | openssl enc -aes-256-cbc -a -A -K <key in hex> -iv <iv in hex>
    let encrypted = try cipher.encrypt("HTS ID^1234567801^하림^".utf8)
    #expect(String(decoding: encrypted, as: UTF8.self) == "xsMoYyDTWbGs63kmP1nFy5LZnCKWcW6L12+1rJR5Mrw=")
    #expect(try cipher.decrypt(encrypted) == Array("HTS ID^1234567801^하림^".utf8))
  }

  @Test("any bytes survive, whole blocks included")
  func property() throws {
    var random = SplitMix(seed: 2)
    for length in 0..<200 {
      let text = random.bytes(length)
      let encrypted = try cipher.encrypt(text)
      #expect(encrypted.count == (length / 16 + 1) * 16 / 3 * 4 + ((length / 16 + 1) * 16 % 3 == 0 ? 0 : 4))
      #expect(try cipher.decrypt(encrypted) == text)
    }
  }

  @Test("a frame keeps its envelope, and its flag says whether it is encrypted")
  func frames() throws {
    let plain = Frame("H0STCNI0", records: [["HTSID", "1234567801"]])
    let encrypted = try cipher.encrypt(plain)
    #expect(encrypted.text.hasPrefix("1|H0STCNI0|001|"))
    #expect(try cipher.decrypt(encrypted) == plain)
    #expect(try cipher.decrypt(plain) == plain)
  }

  @Test(
    "damage is an error, never a trap",
    arguments: [("***", "base64"), ("YQ==", "whole blocks of 16 bytes"), ("", "whole blocks of 16 bytes")])
  func damage(base64: String, expected: String) throws {
    let error = try #require(throws: WireError.self) { try cipher.decrypt(base64.utf8) }
    #expect(error.code == .cipher)
    #expect(error.expected == expected)
  }

  @Test("another session's key is an error that says so, at the payload")
  func wrongKey() throws {
    let other = try PayloadCipher(iv: "0123456789abcdef", key: "zyxwvutsrqponmlkzyxwvutsrqponmlk")
    let frame = try cipher.encrypt(Frame("H0STCNI0", records: [["HTSID", "1234567801", "0000002891"]]))
    let error = try #require(throws: WireError.self) { try other.decrypt(frame) }
    #expect(error.offset == frame.payloadStart)
    #expect(error.expected.contains("another session"))
  }

  @Test("iv and key must have their lengths in bytes")
  func lengths() throws {
    #expect(throws: WireError.self) { try PayloadCipher(iv: "short", key: cipher.key) }
    #expect(throws: WireError.self) { try PayloadCipher(iv: cipher.iv, key: "가" + cipher.key) }
  }
}
