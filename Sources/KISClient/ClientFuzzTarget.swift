package import KISWire

extension FuzzTarget {
  /// What a server says to a realtime client, a message a line, while it registers, reads and releases.
  package static let clientSession = FuzzTarget(
    name: "client-session",
    seeds: [
      #"{"header":{"tr_id":"H0STCNI0","tr_key":"me","encrypt":"Y"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"d59d91fcf9fd0044","key":"iuheqrmvfxoceaxeyqgjwesozgizmmgx"}}}"#
        + "\n1|H0STCNI0|001|xsMoYyDTWbGs63kmP1nFy5LZnCKWcW6L12+1rJR5Mrw=\n"
        + #"{"header":{"tr_id":"PINGPONG","datetime":"20231004160455"}}"#,
      "0|H0UPPGM0|002|0001^085913^0^0\n"
        + #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}"#
        + "\n" + #"{"header":{"tr_id":"H0UPPGM0","tr_key":"0001"},"body":{"rt_cd":"1","msg_cd":"OPSP0011","msg1":""}}"#,
    ],
    run: { bytes in
      var session = RealtimeSession(dialect: .latest(), customerType: .personal)
      _ = session.open(1, RegistrationKey("H0UPPGM0", key: "0001"))
      _ = session.connected(approvalKey: Secret("key"))
      _ = session.open(2, RegistrationKey("H0STCNI0", key: "me"))
      var hasRead = false
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        guard let message = try? RealtimeMessage(parsing: Array(line)) else { continue }
        hasRead = true
        for effect in session.received(message) {
          switch effect {
          case .renewApprovalKey: _ = session.connected(approvalKey: Secret("new"))
          case .reconnect:
            session.disconnected()
            _ = session.connected(approvalKey: Secret("key"))
          case .send, .confirmed, .deliver, .fail, .log: break
          }
        }
      }
      _ = session.close(1)
      return hasRead ? .read : .refused
    })
}
