package import KISWire

extension FuzzTarget {
  /// Scenarios: whatever is read is checked too, and reads the same again.
  package static let scenario = FuzzTarget(
    name: "scenario",
    seeds: [
      """
      recording: a.jsonl
      clock: virtual
      states: [open, halted]
      credentials: {apps: [{key: k, venue: vts, accounts: [50012345-01]}]}
      accounts: [{account: 12345678-01, cash: 5000, holdings: [{code: "005930", quantity: 2, average: 182.85}]}]
      orders: [{match: {code: "005930", nth: 1}, do: [{partial: 30%}, lose-notice]}]
      pingpong: {rhythm: idle, first: 3s}
      """,
      """
      states: [open, halted]
      rules:
        - {name: a, state: open, when: {request: {path: /uapi/*, parameters: {FID_INPUT_ISCD: "0001"}}}, nth: 2, do: {answer: {code: APBK0952}}}
        - {when: {time: 10:00:00}, do: [{state: halted}, {emit: "0|H0STCNT0|001|005930"}, {fault: {name: ws-gap, times: 2}}]}
      expect:
        - {register: {tr_id: H0UPPGM0}, exactly: 2, within: 1m, because: it is}
        - in-order: [connect, {register: {}, code: OPSP0000}]
      """,
      "faults: [{name: rate-limit, status: 200, path: \"/uapi/*\", for: 1m}, ws-stall]\nquirks: [null-values]\n",
      "a: &x [1, 2]\nb: *x\n? c\n: |\n  text\n",
      "simulation: {day: 2026-09-21, instruments: [\"005930\"], book-interval: 2s}\n",
    ],
    run: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let node = try? YAMLNode(parsing: text, file: "fuzz.yaml"), let scenario = try? Scenario(node) else {
        return .refused
      }
      _ = scenario.lint(node)
      return Outcome(isConsistent: (try? Scenario(parsing: text, file: "fuzz.yaml")) == scenario)
    })

  /// Files of codes.
  package static let codes = FuzzTarget(
    name: "codes",
    seeds: [
      "# a comment\nindustry,0129,새 업종\nshare,950999,새종목,KOSDAQ,12500,1000,100000\n",
      "overseas-share,DNASNEWS,뉴스,NASDAQ,31.5\r\nbond,KR103502GD31,국고채,KRX,9876.5\n",
    ],
    run: { bytes in
      let codes = try? KnownCodes(parsing: String(decoding: bytes, as: UTF8.self), file: "fuzz.csv")
      return codes == nil ? .refused : .read
    })
}
