import KISRecording
import KISScenario
package import KISWire

extension FuzzTarget {
  /// What came near a request that a stranger made up: its method, path, tr_id and query, apart by line breaks.
  package static let nearMisses = FuzzTarget(
    name: "near-misses",
    seeds: [
      "GET\n/uapi/domestic-stock/v1/quotations/inquire-prices\nFHKST01010100\nFID_INPUT_ISCD=005930",
      "POST\n/oauth2/tokenp\n\n", "GET\n/\nH0UPPGM0\nA=B",
    ],
    run: { bytes in
      let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      func part(_ index: Int) -> String { parts.indices.contains(index) ? parts[index] : "" }
      let request = RESTRequest(
        method: part(0), path: part(1), query: [(name: "Q", value: part(3))], headers: [(name: "tr_id", value: part(2))]
      )
      let rules =
        (try? Scenario(parsing: "rules: [{when: {request: {path: /uapi/*, tr_id: F*}}, do: play}]", file: ""))?
        .rules
      let unmatched = UnmatchedRequest(
        request: request.observed, sent: SentAnswer(.notFound), rules: rules ?? [], recordings: [], venue: .real)
      return unmatched.nearest().count <= NearMiss.usualCount ? .read : .inconsistent
    })
}
