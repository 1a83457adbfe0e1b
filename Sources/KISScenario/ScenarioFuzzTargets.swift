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

  /// The broker's master files, of each kind: the first line says which.
  package static let masterFile = FuzzTarget(
    name: "master-file",
    seeds: [
      "idxcode.mst\n00001종합\n11001코스닥\n",
      "hksmst.cod\nHK\tHKS\tHKS\t홍콩\t00005\tDHKS00005\tHSBC홀딩스\tHSBC HOLDINGS\t2\tHKD\t3\t4\t101.5\t400\t400\t1030\t1700"
        + "\tN\t\t\t0\t1\t\t\n",
      "kospi_code.mst\n005930   KR7005930003삼성전자 "
        + "ST1001300000000NNNNNNNNNNNNNNNNNNNNNNNNNN0000615000000100001NNN00NNN000000020Y090000012345"
        + "678000000000100197506110000000059196380000000007780470000001200000000NNYY00000000100000000"
        + "100000000100001    10.0020260630000000001001NYY" + "\n",
      "kosdaq_code.mst\n247540   KR7247540003에코프로비엠 "
        + "ST1001300000000NNNNNNNNNNNNNNNNNNNNN0001200000000100001NNN00NNN000000020Y09000000040000000"
        + "0000000100197506110000000000978010000000007780470000001200000000NNY00000000100000000100000"
        + "000100001    10.0020260630000000001001NYY" + "\n",
    ],
    run: { bytes in
      let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2, let kind = MasterFile(name: parts[0]) else { return .refused }
      return (try? KnownCodes(master: kind, parts[1], file: parts[0])) == nil ? .refused : .read
    })
}
