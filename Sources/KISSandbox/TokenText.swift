import Crypto
import Foundation
import KISWire

/// The text of an access token in the shape of the real one: a JWT (PROTOCOL section 1.1).
///
/// Each venue signs with a key of its own, so that vts knows a token of the real service when it sees one (quirk 11).
/// The keys are no secrets: anybody may make such a token, and only those that were issued are valid.
enum TokenText {
  static func make(appKey: String, id: String, issued: KoreanTime, lifetime: Duration, venue: Venue) -> String {
    let second = issued.epochNanoseconds / 1_000_000_000
    let claims: JSONValue = [
      "sub": "token", "aud": .string(id), "prdt_cd": "", "iss": "unogw",
      "exp": .number(second + lifetime.components.seconds),
      "iat": .number(second), "jti": .string(appKey),
    ]
    let signed = base64URL(#"{"typ":"JWT","alg":"HS512"}"#.utf8) + "." + base64URL(claims.utf8)
    return signed + "." + base64URL(signature(of: signed, by: venue))
  }

  /// Whether a token bears the signature of a venue's mock.
  static func isSigned(_ token: String, by venue: Venue) -> Bool {
    guard let end = token.lastIndex(of: ".") else { return false }
    return base64URL(signature(of: String(token[..<end]), by: venue)) == token[token.index(after: end)...]
  }

  /// What a token says that bears the signature of a venue's mock: whose it is, its id, and the second since 1970 at which it
  /// expires; nil for all others.
  static func claims(of token: String, by venue: Venue) -> (appKey: String, id: String, expires: Int64)? {
    guard token.utf8.count <= longest, isSigned(token, by: venue) else { return nil }
    let parts = token.split(separator: ".")
    guard parts.count == 3 else { return nil }
    let text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
    let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), let claims = try? JSONValue(parsing: Array(data)),
      let appKey = claims["jti"]?.string, let id = claims["aud"]?.string, let expires = claims["exp"]?.int
    else { return nil }
    return (appKey, id, Int64(expires))
  }

  /// More than any token that is issued here.
  private static let longest = 4_096

  private static func signature(of text: String, by venue: Venue) -> HMAC<SHA512>.MAC {
    HMAC<SHA512>.authenticationCode(
      for: Data(text.utf8), using: SymmetricKey(data: Data("kis-mock \(venue.rawValue)".utf8)))
  }

  private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
