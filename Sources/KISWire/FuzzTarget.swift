/// A parser of this package as a fuzzer sees it: bytes in, nothing out, no crash and no hang allowed.
package struct FuzzTarget: Sendable {
  /// What it parses, for the command line.
  package let name: String
  /// Inputs from which mutations reach deep into the parser.
  package let seeds: [String]
  /// Parses the bytes and reads everything that came of them.
  package let run: @Sendable ([UInt8]) -> Outcome

  /// What became of an input.
  package enum Outcome: Sendable, Hashable {
    /// Malformed, with an error that says so.
    case refused
    /// Well formed, and the same after encoding and decoding again.
    case read
    /// Well formed, but another value after encoding and decoding: a mistake of ours.
    case inconsistent

    package init(isConsistent: Bool) { self = isConsistent ? .read : .inconsistent }
  }

  package init(name: String, seeds: [String], run: @escaping @Sendable ([UInt8]) -> Outcome) {
    self.name = name
    self.seeds = seeds
    self.run = run
  }

  private static let dialect = Dialect.latest()

  /// Every parser that reads bytes of others.
  package static let all: [FuzzTarget] = [
    FuzzTarget(
      name: "frame",
      seeds: [
        "0|H0STCNT0|002|005930^123501^61000^5^-1600^-2.56^005930^123501^60900^5^-1700^-2.67",
        "0|H0UPPGM0|001|0001^085913^0^0^0^^(null)^-nan^", "1|H0STCNI0|001|xsMoYyDTWbGs63kmP1nFy5LZnCKWcW6L12+1rJR5Mrw=",
      ],
      run: { bytes in
        guard let frame = try? Frame(parsing: bytes), let records = try? frame.records(in: dialect) else {
          return .refused
        }
        for record in records {
          _ = record.json.utf8
          _ = try? ProgramTrading(record)
          _ = try? StockTrade(record)
          _ = try? OrderNotice(record)
        }
        return .read
      }),
    FuzzTarget(
      name: "message",
      seeds: [
        #"{"header":{"tr_id":"H0STASP0","tr_key":"005930","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"d59d91fcf9fd0044","key":"iuheqrmvfxoceaxeyqgjwesozgizmmgx"}}}"#,
        #"{"header":{"tr_id":"PINGPONG","datetime":"20231004160455"}}"#,
      ],
      run: { bytes in
        switch try? RealtimeMessage(parsing: bytes) {
        case .registration(let reply):
          _ = try? reply.cipher()
          return Outcome(isConsistent: (try? RealtimeMessage(parsing: reply.bytes)) == .registration(reply))
        case .pingPong(let pingPong): return Outcome(isConsistent: PingPong(answer: pingPong.bytes) == pingPong)
        case .frame, .unknown: return .read
        case nil: return .refused
        }
      }),
    FuzzTarget(
      name: "registration",
      seeds: [
        #"{"header":{"approval_key":"k","custtype":"P","tr_type":"1","content-type":"utf-8"},"body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}"#
      ],
      run: { bytes in
        do throws(RegistrationError) {
          let request = try RegistrationRequest(parsing: bytes)
          return Outcome(isConsistent: try RegistrationRequest(parsing: request.text) == request)
        } catch {
          _ = RegistrationReply.refused(error).bytes
          return .refused
        }
      }),
    FuzzTarget(
      name: "json", seeds: [#"{"a":[1,-0.14,1e3,"\u00e9\ud83d\ude42",true,null,{"b":{}}]}"#],
      run: { bytes in
        guard let json = try? JSONValue(parsing: bytes) else { return .refused }
        return Outcome(isConsistent: (try? JSONValue(parsing: json.utf8)) == json)
      }),
    FuzzTarget(
      name: "cipher", seeds: ["xsMoYyDTWbGs63kmP1nFy5LZnCKWcW6L12+1rJR5Mrw="],
      run: { bytes in
        let cipher = try? PayloadCipher(iv: "0123456789abcdef", key: "abcdefghijklmnopabcdefghijklmnop")
        return (try? cipher?.decrypt(bytes)) == nil ? .refused : .read
      }),
    FuzzTarget(
      name: "envelope",
      seeds: [
        #"{"output":[{"hts_kor_isnm":"삼성전자","ntby_qty":"-903000"}],"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}"#,
        #"{"access_token":"a","access_token_token_expired":"2023-12-22 08:16:59","token_type":"Bearer","expires_in":86400}"#,
        #"{"grant_type":"client_credentials","appkey":"a","appsecret":"b"}"#,
      ],
      run: { bytes in
        _ = try? TokenRequest(parsing: bytes)
        _ = try? ApprovalRequest(parsing: bytes)
        _ = try? RevocationRequest(parsing: bytes)
        _ = try? TokenAnswer(parsing: bytes)
        guard let envelope = try? Envelope(parsing: bytes) else { return .refused }
        _ = try? envelope.rows("output").map(ForeignInstitutionTotal.Row.init)
        return Outcome(isConsistent: (try? Envelope(parsing: Array(envelope.text.utf8))) == envelope)
      }),
  ]
}
