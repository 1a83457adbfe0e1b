import KISWire

extension Fault {
  /// Every fault, by level.
  public static let table: [Fault] = Level.allCases.flatMap { level in
    FaultName.allCases.map(\.row).filter { $0.level == level }
  }
}

extension FaultName {
  /// Its row in ``Fault/table``.
  public var fault: Fault { FaultName.rows[self] ?? row }

  private static let rows = Dictionary(FaultName.allCases.map { ($0, $0.row) }) { first, _ in first }

  /// Made anew at each call. A name without a row does not compile.
  fileprivate var row: Fault {
    switch self {
    case .httpStatus:
      Fault(
        self, .http, "answers with this status and body", TypedSetting("status", 503, "HTTP status"),
        TypedSetting("body", "", "body, sent as it stands")
      ) { .http(.replaced(.status($0, body: $1))) }
    case .httpFailFirst:
      Fault(
        self, .http, "the first requests fail, later ones are fine (set `times`)", times: 3,
        TypedSetting("status", 503, "HTTP status of the failures")
      ) { .http(.replaced(.status($0, body: ""))) }
    case .httpDelay:
      Fault(
        self, .http, "answers late", TypedSetting("delay", Duration.seconds(1), "how late"),
        TypedSetting("jitter", Duration.zero, "up to this much more, by seed")
      ) { .http(.delayed(FaultDelay($0, jitter: $1))) }
    case .httpNoAnswer:
      Fault(self, .http, "never answers; the connection stays open", does: .http(.sent(.nothing)))
    case .httpDrip:
      Fault(
        self, .http, "sends the body in small pieces", TypedSetting("bytes", 16, "bytes of a piece"),
        TypedSetting("interval", Duration.milliseconds(100), "time between pieces")
      ) { .http(.sent(.drip(bytes: $0, every: $1))) }
    case .httpSlowHeaders:
      Fault(
        self, .http, "sends the header block byte by byte",
        TypedSetting("interval", Duration.milliseconds(20), "time between bytes")
      ) { .http(.sent(.slowHead(every: $0))) }
    case .httpTruncate:
      Fault(
        self, .http, "cuts the body short of its Content-Length, then closes",
        TypedSetting("percent", 50, "how much of the body is sent")
      ) { .http(.sent(.partThenClose(percent: $0))) }
    case .httpLengthTooLong:
      Fault(
        self, .http, "Content-Length is larger than the body; the connection stays open",
        TypedSetting("bytes", 10, "how much larger")
      ) { .http(.sent(.lengthTooLong(bytes: $0))) }
    case .httpLengthTooShort:
      Fault(self, .http, "Content-Length is smaller than the body", TypedSetting("bytes", 10, "how much smaller")) {
        .http(.sent(.lengthTooShort(bytes: $0)))
      }
    case .httpBadChunk:
      Fault(self, .http, "a chunked body whose chunk size is not a number", does: .http(.sent(.badChunk)))
    case .httpHTMLBody:
      Fault(self, .http, "an HTML error page instead of JSON (quirk 37)", TypedSetting("status", 502, "HTTP status")) {
        .http(.replaced(.html(status: $0)))
      }
    case .httpBrokenJSON:
      Fault(self, .http, "the JSON body stops in its middle; the length is right", does: .http(.damaged(.brokenJSON)))
    case .httpInvalidUTF8:
      Fault(self, .http, "a byte of the body is no UTF-8", does: .http(.damaged(.invalidUTF8)))
    case .httpGarbage:
      Fault(self, .http, "bytes that are no HTTP at all, then closes", does: .http(.sent(.garbage)))
    case .httpEmptyReply:
      Fault(self, .http, "closes without a byte", does: .http(.sent(.closing)))
    case .httpReset:
      Fault(self, .http, "resets the connection (RST) instead of answering", does: .http(.sent(.reset)))
    case .httpResetInBody:
      Fault(
        self, .http, "resets the connection (RST) in the middle of the body",
        TypedSetting("percent", 50, "how much of the body is sent")
      ) { .http(.sent(.partThenReset(percent: $0))) }
    case .httpCloseAfter:
      Fault(self, .http, "closes after the answer although keep-alive was agreed", does: .http(.sent(.wholeThenClose)))
    case .httpLowerCaseHeaders:
      Fault(
        self, .http, "all header names in lower case, which the official kis_auth does not survive (compat.md 1)",
        does: .http(.damaged(.lowerCaseHeaders)))
    case .wsRefuseUpgrade:
      Fault(self, .websocket, "answers the upgrade with an HTTP status", TypedSetting("status", 503, "HTTP status")) {
        .upgrade(.refused(status: $0))
      }
    case .wsSlowHandshake:
      Fault(
        self, .websocket, "answers the upgrade late (quirk 59)", TypedSetting("delay", Duration.seconds(10), "how late")
      ) { .upgrade(.late($0)) }
    case .wsClose:
      Fault(
        self, .websocket, "closes with a close frame", TypedSetting("code", 1011, "close code"),
        TypedSetting("reason", "", "at most 123 bytes")
      ) { .frame(.end(.close(code: $0, reason: $1))) }
    case .wsCloseWithoutFrame:
      Fault(
        self, .websocket, "ends TCP without a close frame: clients see 1006 (quirk 52)", does: .frame(.end(.finish)))
    case .wsReset:
      Fault(self, .websocket, "resets TCP (RST)", does: .frame(.end(.reset)))
    case .wsHalfOpen:
      Fault(
        self, .websocket, "stops reading and writing; TCP stays open, as when a network is gone",
        does: .frame(.end(.halfOpen)))
    case .wsStall:
      Fault(
        self, .websocket, "sends nothing more, no PINGPONG either, but keeps reading (quirk 54)",
        TypedSetting("duration", Duration.zero, "how long; 0s is for ever")
      ) { .frame(.end(.stall($0))) }
    case .wsDelayFrame:
      Fault(
        self, .websocket, "sends the frame, and all after it, late",
        TypedSetting("delay", Duration.milliseconds(500), "how late"),
        TypedSetting("jitter", Duration.zero, "up to this much more, by seed")
      ) { .frame(.delayed(FaultDelay($0, jitter: $1))) }
    case .wsDropFrame:
      Fault(self, .websocket, "leaves the frame out", does: .frame(.lost(frames: 1)))
    case .wsDuplicateFrame:
      Fault(self, .websocket, "sends the frame several times", TypedSetting("copies", 2, "how often in all")) {
        .frame(.copies($0))
      }
    case .wsReorderFrames:
      Fault(
        self, .websocket, "holds frames back and sends them in another order, by seed",
        TypedSetting("window", 2, "how many frames are shuffled together")
      ) { .frame(.reordered(window: $0)) }
    case .wsGap:
      Fault(self, .websocket, "leaves out the frame and the ones after it", TypedSetting("frames", 20, "how many")) {
        .frame(.lost(frames: $0))
      }
    case .wsCorruptFrame:
      Fault(self, .websocket, "replaces characters of the payload, by seed", TypedSetting("characters", 1, "how many"))
      { .frame(.characters(.corrupt($0))) }
    case .wsTruncateFrame:
      Fault(
        self, .websocket, "the text stops early; the WebSocket frame itself is whole",
        TypedSetting("percent", 50, "how much of the text is sent")
      ) { .frame(.characters(.truncated(percent: $0))) }
    case .wsSplitFrame:
      Fault(
        self, .websocket, "writes the frame in several pieces", TypedSetting("bytes", 1, "bytes of a piece"),
        TypedSetting("interval", Duration.milliseconds(10), "time between pieces")
      ) { .frame(.framing(.pieces(bytes: $0, every: $1))) }
    case .wsCoalesceFrames:
      Fault(self, .websocket, "holds frames back and writes them at once", TypedSetting("frames", 10, "how many")) {
        .frame(.coalesced(frames: $0))
      }
    case .wsFragment:
      Fault(self, .websocket, "sends the message as RFC 6455 fragments", TypedSetting("fragments", 3, "how many")) {
        .frame(.framing(.fragments($0)))
      }
    case .wsOversize:
      Fault(
        self, .websocket, "repeats the records until the message is large (quirk 55)",
        TypedSetting("bytes", 1_048_576, "how large at least, at most 16 MiB")
      ) { .frame(.values(.oversize(bytes: $0))) }
    case .wsInvalidUTF8:
      Fault(self, .websocket, "a byte of the text is no UTF-8 (quirk 87)", does: .frame(.characters(.invalidUTF8)))
    case .wsMaskedFrame:
      Fault(self, .websocket, "masks the frame, which only clients may do", does: .frame(.framing(.masked)))
    case .wsReservedBits:
      Fault(self, .websocket, "sets RSV1 although no extension was agreed", does: .frame(.framing(.reservedBit)))
    case .wsUnknownOpcode:
      Fault(
        self, .websocket, "sends the text with an opcode that means nothing",
        TypedSetting("opcode", 3, "3 to 7, or 11 to 15")
      ) { .frame(.framing(.opcode($0))) }
    case .wsBinaryFrame:
      Fault(self, .websocket, "sends the text as a binary message", does: .frame(.framing(.binary)))
    case .wsWrongLength:
      Fault(
        self, .websocket, "the frame's length is larger than what follows", TypedSetting("bytes", 5, "how much larger")
      ) { .frame(.framing(.lengthTooLong(bytes: $0))) }
    case .wsCutInFrame:
      Fault(self, .websocket, "half of the frame's bytes, then TCP ends", does: .frame(.framing(.cut)))
    case .wsPingsUnanswered:
      Fault(self, .websocket, "does not answer the client's own PING frames", does: .clientPing(.pingUnanswered))
    case .wsCloseUnanswered:
      Fault(
        self, .websocket, "answers the client's close frame by the end of TCP alone", does: .clientClose(.unanswered))
    case .tcpRefuse:
      Fault(self, .tcp, "resets a connection as soon as it is there", does: .connection(.refused))
    case .tcpAcceptStall:
      Fault(self, .tcp, "accepts a connection and then neither reads nor writes", does: .connection(.stalled))
    case .tcpResetAfter:
      Fault(
        self, .tcp, "resets the connection (RST) after so many bytes were sent", TypedSetting("bytes", 1000, "how many")
      ) { .connection(.resetAfter(bytes: $0)) }
    case .tcpSlice:
      Fault(
        self, .tcp, "writes everything in small pieces", TypedSetting("bytes", 7, "bytes of a piece"),
        TypedSetting("interval", Duration.milliseconds(1), "time between pieces")
      ) { .connection(.slices(bytes: $0, every: $1)) }
    case .tcpBandwidth:
      Fault(self, .tcp, "limits how fast bytes leave", TypedSetting("bytes-per-second", 10_000, "how fast")) {
        .connection(.bandwidth(bytesPerSecond: $0))
      }
    case .tcpLatency:
      Fault(
        self, .tcp, "everything leaves late, in order", TypedSetting("delay", Duration.milliseconds(200), "how late"),
        TypedSetting("jitter", Duration.zero, "up to this much more, by seed")
      ) { .connection(.latency(FaultDelay($0, jitter: $1))) }
    case .tcpHalfClose:
      Fault(
        self, .tcp, "ends its own side (FIN) after so many bytes, keeps reading",
        TypedSetting("bytes", 1000, "how many")
      ) { .connection(.halfClosedAfter(bytes: $0)) }
    case .registrationReplyLate:
      Fault(
        self, .broker, "the reply comes late, and data only after it",
        TypedSetting("delay", Duration.seconds(3), "how late")
      ) { .registration(.replyLate($0)) }
    case .registrationReplyMissing:
      Fault(self, .broker, "no reply, no data", does: .registration(.replyMissing))
    case .registrationReplyAfterData:
      Fault(self, .broker, "data comes before the reply", TypedSetting("frames", 1, "how many frames come first")) {
        .registration(.replyAfterData(frames: $0))
      }
    case .registrationReplyWithoutKey:
      Fault(self, .broker, "the reply has no `output`, so no iv and key", does: .registration(.replyWithoutKey))
    case .registrationRefused:
      Fault(self, .broker, "refuses the registration", TypedSetting("code", "OPSP0007", "the KIS code")) {
        .registration(.refused(code: $0))
      }
    case .registrationLimit:
      Fault(
        self, .broker, "refuses as if 41 registrations were reached: OPSP0008",
        does: .registration(.refused(code: "OPSP0008")))
    case .registrationForgotten:
      Fault(self, .broker, "SUBSCRIBE SUCCESS, and never a frame (quirk 47)", does: .registration(.forgotten))
    case .appKeyInUse:
      Fault(
        self, .broker, "OPSP8996 ALREADY IN USE appkey, then closes (quirk 39)",
        does: .registration(.refused(code: "OPSP8996")))
    case .approvalKeyUnknown:
      Fault(self, .broker, "OPSP0011 invalid approval : NOT FOUND", does: .registration(.refused(code: "OPSP0011")))
    case .pingPongLost:
      Fault(self, .broker, "does not send the PINGPONG", does: .heartbeat(.lost))
    case .pingPongAnswerIgnored:
      Fault(
        self, .broker, "takes an answer to PINGPONG for none, and cuts when the time is over",
        does: .clientPing(.answerIgnored))
    case .noticeBadBase64:
      Fault(self, .broker, "a notice whose payload is no base64", does: .frame(.notice(.badBase64)))
    case .noticeBadPadding:
      Fault(self, .broker, "a notice whose last block decrypts to wrong padding", does: .frame(.notice(.badPadding)))
    case .noticeWrongIV:
      Fault(
        self, .broker, "a notice encrypted with another iv: its first 16 bytes are wrong",
        does: .frame(.notice(.wrongIV)))
    case .noticeWrongKey:
      Fault(self, .broker, "a notice encrypted with another key", does: .frame(.notice(.wrongKey)))
    case .noticePlain:
      Fault(self, .broker, "a notice that says it is encrypted and is not", does: .frame(.notice(.plain)))
    case .countMismatch:
      Fault(self, .broker, "the count says more records than there are", TypedSetting("extra", 1, "how many more")) {
        .frame(.values(.countTooHigh(by: $0)))
      }
    case .extraValue:
      Fault(
        self, .broker, "every record has more values than the layout (quirk 63)",
        TypedSetting("values", 1, "how many more")
      ) { .frame(.values(.extra($0))) }
    case .missingValue:
      Fault(self, .broker, "every record lacks its last values", TypedSetting("values", 1, "how many")) {
        .frame(.values(.missing($0)))
      }
    case .nullValue:
      Fault(self, .broker, "some values read `(null)` (quirk 68)", TypedSetting("values", 1, "how many of each record"))
      { .frame(.values(.null($0))) }
    case .wrongKeyInFrame:
      Fault(
        self, .broker, "the first value of each record is not the registered key",
        TypedSetting("key", "999999", "what stands there")
      ) { .frame(.values(.key($0))) }
    case .tokenExpired:
      Fault(self, .broker, "500 EGW00123, whatever the token", does: .refusal(RESTRefusal("EGW00123", status: 500)))
    case .tokenRevoked:
      Fault(self, .broker, "500 EGW00121, whatever the token", does: .refusal(RESTRefusal("EGW00121", status: 500)))
    case .tokenIssueRefused:
      Fault(
        self, .broker, "tokenP answers 403 EGW00133 (once a minute)",
        does: .refusal(RESTRefusal("EGW00133", status: 403, of: .tokenIssue)))
    case .rateLimit:
      Fault(
        self, .broker, "EGW00201, as if too many calls were made (quirks 12 and 13)",
        TypedSetting("status", 500, "500 or 200: both were seen")
      ) { .refusal(RESTRefusal("EGW00201", status: $0)) }
    case .ledgerLimit:
      Fault(
        self, .broker, "500 EGW00215, the ledger's own limit (quirk 15)",
        does: .refusal(RESTRefusal("EGW00215", status: 500)))
    case .sessionFull:
      Fault(self, .broker, "200 OPSQ1002 SESSION FULL (quirk 16)", does: .refusal(RESTRefusal("OPSQ1002", status: 200)))
    case .gatewayTransient:
      Fault(self, .broker, "500 EGW00316 (quirk 16)", does: .refusal(RESTRefusal("EGW00316", status: 500)))
    case .gatewayRouting:
      Fault(self, .broker, "500 EGW00202 (quirk 33)", does: .refusal(RESTRefusal("EGW00202", status: 500)))
    case .orderReplyUnmade:
      Fault(
        self, .broker, "500 IGW00009: the order was entered, its reply could not be made (`after: false` enters none)",
        after: true, does: .refusal(RESTRefusal("IGW00009", status: 500, of: .orders)))
    case .timeLimit:
      Fault(
        self, .broker, "200 OPSQ2001 TIME LIMIT (quirk 18)",
        TypedSetting("window", "00:00 ~ 15:40", "the window as the message prints it")
      ) { .refusal(.timeLimit(window: $0)) }
    }
  }
}

extension RESTRefusal {
  /// 200 OPSQ2001 with the window as the message prints it (quirk 18).
  fileprivate static func timeLimit(window: String) -> RESTRefusal {
    RESTRefusal(
      Answer(
        status: 200, body: .json(["rt_cd": "2", "msg_cd": "OPSQ2001", "msg1": .string("TIME LIMIT \(window)")])))
  }
}
