import KISMarket
import KISRecording
import KISWire

extension AnswerRequest {
  /// Whether the code of the instrument that the API requires was sent empty: KIS takes that and finds nothing
  /// (quirk 20).
  var asksForNothing: Bool {
    // Without one these are about all of them.
    if ["-title", "/cond-search", "/udrl-asset-list"].contains(where: api.path.hasSuffix) { return false }
    let codes = ["FID_INPUT_ISCD", "MKSC_SHRN_ISCD", "SYMB", "SRS_CD"]
    return api.parameters.contains { asked in
      asked.isRequired && codes.contains(asked.name)
        && parameters.contains { $0.name.uppercased() == asked.name && $0.value.isEmpty }
    }
  }

  /// An output about nothing: no rows, or one of zeros.
  func nothing(_ output: RESTAPI.Output) -> JSONValue {
    if output.shape == .array { return [] }
    return .object(
      JSONObject(
        output.fields.map { field in
          switch PlausibleValue.kind(of: field) {
          case .rate, .percentage, .disparity: (field, "0.00")
          case .amount, .quantity, .count, .price, .index, .net: (field, "0")
          case .sign: (field, "3")
          default: (field, "")
          }
        }))
  }
}
