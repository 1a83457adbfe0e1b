import KISScenario
import KISWire

/// Takes secrets out of what is written down: app secrets, tokens, approval keys (PROTOCOL section 1).
enum SecretMask {
  static let mask = "***"

  /// Names of headers, parameters and JSON members whose values are secret, in lower case.
  static let names: Set<String> = [
    "authorization", "proxy-authorization", "appsecret", "app_secret", "app-secret", "secretkey", "secret_key",
    "secret",
    "token", "access_token", "refresh_token", "bearer", "approval_key", "approvalkey", "personalseckey", "password",
    "cookie", "set-cookie", "x-api-key", "api-key", "api_key", "apikey", "x-auth-token",
  ]

  /// The value of a header, parameter or member, masked when its name says that it is secret.
  static func masked(_ value: String, named name: String) -> String {
    lengths.contains(name.utf8.count) && names.contains(name.lowercased()) && !value.isEmpty ? mask : value
  }

  /// A request with its secrets masked.
  static func masked(_ request: ObservedRequest) -> ObservedRequest {
    var request = request
    request.headers = masked(request.headers)
    request.parameters = masked(request.parameters)
    request.path = masked(path: request.path)
    return request
  }

  /// A path, its query included, without what looks like a token in it: a segment of 32 characters or more that is no
  /// word of KIS's (theirs have neither capitals nor digits at that length).
  static func masked(path: String) -> String {
    guard
      path.utf8.split(whereSeparator: { "/?".utf8.contains($0) }).contains(where: { $0.count >= 32 })
        || path.utf8.contains(UInt8(ascii: "?"))
    else { return path }
    let (path, query) = (path.prefix { $0 != "?" }, path.drop { $0 != "?" })
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      segment.utf8.count >= 32 && segment.contains { $0.isNumber || $0.isUppercase } ? mask : String(segment)
    }
    return segments.joined(separator: "/") + masked(text: String(query))
  }

  /// A near miss with what it quotes of the request masked.
  static func masked(_ miss: NearMiss) -> NearMiss {
    var miss = miss
    let name = miss.difference.field.split(separator: " ").last.map(String.init) ?? ""
    miss.difference.found = miss.difference.found.map {
      miss.difference.field == "path" ? masked(path: $0) : masked($0, named: name)
    }
    return miss
  }

  private static func masked(_ fields: [NameValue]) -> [NameValue] {
    fields.map { .init($0.name, masked($0.value, named: $0.name)) }
  }

  /// The beginning of some text with its secrets masked: JSON members, headers and form fields by their names, whole or
  /// cut off alike, and whatever looks like a key or token, 32 characters of base64 or more in a row.
  static func masked(text: String, limit: Int = 2_048) -> String {
    let bytes = Array(text.utf8.prefix(limit))
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let run = bytes[index...].prefix { isKeyCharacter($0) }
      guard run.isEmpty else {
        if let value = secretValue(in: bytes, namedAt: index) {
          out += bytes[index..<value.lowerBound]
          out += mask.utf8
          index = value.upperBound
        } else {
          out += run.count < 32 ? run : ArraySlice(mask.utf8)
          index += run.count
        }
        continue
      }
      out.append(bytes[index])
      index += 1
      if let value = secretValue(in: bytes, after: index) {
        out += bytes[index..<value.lowerBound]
        out += mask.utf8
        index = value.upperBound
      }
    }
    return String(decoding: out, as: UTF8.self) + (text.utf8.count > limit ? "…" : "")
  }

  /// When a secret member's name begins here, after its opening quote: where the text of its value lies.
  private static func secretValue(in bytes: [UInt8], after start: Int) -> Range<Int>? {
    let quote = UInt8(ascii: "\"")
    guard start > 0, bytes[start - 1] == quote, let nameEnd = bytes[start...].prefix(32).firstIndex(of: quote) else {
      return nil
    }
    var index = nameEnd + 1
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == UInt8(ascii: ":") { index += 1 }
    guard index < bytes.count, index > nameEnd + 1, bytes[index] == quote, isSecretName(bytes[start..<nameEnd]) else {
      return nil
    }
    let valueStart = index + 1
    index = valueStart
    while index < bytes.count, bytes[index] != quote { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return valueStart..<min(index, bytes.count)
  }

  /// When a secret field's name begins here, followed by `=` or `:`: where its value lies, which ends with the field.
  private static func secretValue(in bytes: [UInt8], namedAt start: Int) -> Range<Int>? {
    let separators: [UInt8] = [UInt8(ascii: "="), UInt8(ascii: ":")]
    let name = bytes[start...].prefix(24).prefix { isKeyCharacter($0) && !separators.contains($0) }
    guard name.endIndex < bytes.count, separators.contains(bytes[name.endIndex]), isSecretName(name) else { return nil }
    let value = bytes[(name.endIndex + 1)...].drop { $0 == 0x20 }
    let text = value.prefix { !Array("&,;\"\r\n".utf8).contains($0) }
    return text.isEmpty ? nil : text.startIndex..<text.endIndex
  }

  /// Nearly every word of an answer is none, and lengths alone tell most of them apart.
  private static func isSecretName(_ name: ArraySlice<UInt8>) -> Bool {
    lengths.contains(name.count) && names.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  private static let lengths = Set(names.map(\.utf8.count))

  private static func isKeyCharacter(_ byte: UInt8) -> Bool { keyCharacters[Int(byte)] }

  /// Which bytes keys and tokens are written with, by their values: every byte of an answer is looked up.
  private static let keyCharacters: [Bool] = {
    let others = Set("+/=-_.".utf8)
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: others.contains(byte)
      }
    }
  }()
}
