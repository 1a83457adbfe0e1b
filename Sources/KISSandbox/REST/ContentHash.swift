import Crypto

/// SHA-256, which HASH of /uapi/hashkey has the size of (PROTOCOL section 1.4).
enum ContentHash {
  static func hexadecimal(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
