import Crypto

/// `POST /uapi/hashkey`: an order body and its hash (PROTOCOL section 1.4). Optional today.
public enum HashKey {
  /// The answer: the request's JSON under BODY, and 64 hexadecimal digits under HASH.
  ///
  /// How the real service hashes is not public; clients only send the digits back.
  ///
  /// - Throws: ``WireError`` with code `json` when the body is no JSON.
  public static func answer(to body: [UInt8]) throws(WireError) -> String {
    answer(to: try JSONValue(parsing: body))
  }

  /// The answer to a body that is parsed already.
  public static func answer(to json: JSONValue) -> String {
    (["BODY": json, "HASH": .string(hash(of: json.utf8))] as JSONValue).text
  }

  /// SHA-256 as lower-case hexadecimal digits.
  public static func hash(of body: [UInt8]) -> String {
    SHA256.hash(data: body).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
