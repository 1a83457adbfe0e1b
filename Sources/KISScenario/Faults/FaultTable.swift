extension Fault {
  /// Every fault, by level.
  public static let table: [Fault] = http + webSocket + tcp + brokerSession + brokerFrame + brokerREST

  private static let http: [Fault] = [
    Fault(
      .httpStatus, .http, at: .request, "answers with this status and body",
      Setting("status", .number(503), "HTTP status"), Setting("body", .text(""), "body, sent as it stands")),
    Fault(
      .httpFailFirst, .http, at: .request, times: 3, "the first requests fail, later ones are fine (set `times`)",
      Setting("status", .number(503), "HTTP status of the failures")),
    Fault(
      .httpDelay, .http, at: .request, "answers late",
      Setting("delay", .duration(.seconds(1)), "how late"),
      Setting("jitter", .duration(.zero), "up to this much more, by seed")),
    Fault(.httpNoAnswer, .http, at: .request, "never answers; the connection stays open"),
    Fault(
      .httpDrip, .http, at: .request, "sends the body in small pieces",
      Setting("bytes", .number(16), "bytes of a piece"),
      Setting("interval", .duration(.milliseconds(100)), "time between pieces")),
    Fault(
      .httpSlowHeaders, .http, at: .request, "sends the header block byte by byte",
      Setting("interval", .duration(.milliseconds(20)), "time between bytes")),
    Fault(
      .httpTruncate, .http, at: .request, "cuts the body short of its Content-Length, then closes",
      Setting("percent", .number(50), "how much of the body is sent")),
    Fault(
      .httpLengthTooLong, .http, at: .request, "Content-Length is larger than the body; the connection stays open",
      Setting("bytes", .number(10), "how much larger")),
    Fault(
      .httpLengthTooShort, .http, at: .request, "Content-Length is smaller than the body",
      Setting("bytes", .number(10), "how much smaller")),
    Fault(.httpBadChunk, .http, at: .request, "a chunked body whose chunk size is not a number"),
    Fault(
      .httpHTMLBody, .http, at: .request, "an HTML error page instead of JSON (quirk 37)",
      Setting("status", .number(502), "HTTP status")),
    Fault(.httpBrokenJSON, .http, at: .request, "the JSON body stops in its middle; the length is right"),
    Fault(.httpInvalidUTF8, .http, at: .request, "a byte of the body is no UTF-8"),
    Fault(.httpGarbage, .http, at: .request, "bytes that are no HTTP at all, then closes"),
    Fault(.httpEmptyReply, .http, at: .request, "closes without a byte"),
    Fault(.httpReset, .http, at: .request, "resets the connection (RST) instead of answering"),
    Fault(
      .httpResetInBody, .http, at: .request, "resets the connection (RST) in the middle of the body",
      Setting("percent", .number(50), "how much of the body is sent")),
    Fault(.httpCloseAfter, .http, at: .request, "closes after the answer although keep-alive was agreed"),
    Fault(
      .httpLowerCaseHeaders, .http, at: .request,
      "all header names in lower case, which the official kis_auth does not survive (compat.md 1)"),
  ]

  private static let webSocket: [Fault] = [
    Fault(
      .wsRefuseUpgrade, .websocket, at: .upgrade, "answers the upgrade with an HTTP status",
      Setting("status", .number(503), "HTTP status")),
    Fault(
      .wsSlowHandshake, .websocket, at: .upgrade, "answers the upgrade late (quirk 59)",
      Setting("delay", .duration(.seconds(10)), "how late")),
    Fault(
      .wsClose, .websocket, at: .frame, "closes with a close frame",
      Setting("code", .number(1011), "close code"), Setting("reason", .text(""), "at most 123 bytes")),
    Fault(.wsCloseWithoutFrame, .websocket, at: .frame, "ends TCP without a close frame: clients see 1006 (quirk 52)"),
    Fault(.wsReset, .websocket, at: .frame, "resets TCP (RST)"),
    Fault(.wsHalfOpen, .websocket, at: .frame, "stops reading and writing; TCP stays open, as when a network is gone"),
    Fault(
      .wsStall, .websocket, at: .frame, "sends nothing more, no PINGPONG either, but keeps reading (quirk 54)",
      Setting("duration", .duration(.zero), "how long; 0s is for ever")),
    Fault(
      .wsDelayFrame, .websocket, at: .frame, "sends the frame, and all after it, late",
      Setting("delay", .duration(.milliseconds(500)), "how late"),
      Setting("jitter", .duration(.zero), "up to this much more, by seed")),
    Fault(.wsDropFrame, .websocket, at: .frame, "leaves the frame out"),
    Fault(
      .wsDuplicateFrame, .websocket, at: .frame, "sends the frame several times",
      Setting("copies", .number(2), "how often in all")),
    Fault(
      .wsReorderFrames, .websocket, at: .frame, "holds frames back and sends them in another order, by seed",
      Setting("window", .number(2), "how many frames are shuffled together")),
    Fault(
      .wsGap, .websocket, at: .frame, "leaves out the frame and the ones after it",
      Setting("frames", .number(20), "how many")),
    Fault(
      .wsCorruptFrame, .websocket, at: .frame, "replaces characters of the payload, by seed",
      Setting("characters", .number(1), "how many")),
    Fault(
      .wsTruncateFrame, .websocket, at: .frame, "the text stops early; the WebSocket frame itself is whole",
      Setting("percent", .number(50), "how much of the text is sent")),
    Fault(
      .wsSplitFrame, .websocket, at: .frame, "writes the frame in several pieces",
      Setting("bytes", .number(1), "bytes of a piece"),
      Setting("interval", .duration(.milliseconds(10)), "time between pieces")),
    Fault(
      .wsCoalesceFrames, .websocket, at: .frame, "holds frames back and writes them at once",
      Setting("frames", .number(10), "how many")),
    Fault(
      .wsFragment, .websocket, at: .frame, "sends the message as RFC 6455 fragments",
      Setting("fragments", .number(3), "how many")),
    Fault(
      .wsOversize, .websocket, at: .frame, "repeats the records until the message is large (quirk 55)",
      Setting("bytes", .number(1_048_576), "how large at least, at most 16 MiB")),
    Fault(.wsInvalidUTF8, .websocket, at: .frame, "a byte of the text is no UTF-8 (quirk 87)"),
    Fault(.wsMaskedFrame, .websocket, at: .frame, "masks the frame, which only clients may do"),
    Fault(.wsReservedBits, .websocket, at: .frame, "sets RSV1 although no extension was agreed"),
    Fault(
      .wsUnknownOpcode, .websocket, at: .frame, "sends the text with an opcode that means nothing",
      Setting("opcode", .number(3), "3 to 7, or 11 to 15")),
    Fault(.wsBinaryFrame, .websocket, at: .frame, "sends the text as a binary message"),
    Fault(
      .wsWrongLength, .websocket, at: .frame, "the frame's length is larger than what follows",
      Setting("bytes", .number(5), "how much larger")),
    Fault(.wsCutInFrame, .websocket, at: .frame, "half of the frame's bytes, then TCP ends"),
    Fault(.wsPingsUnanswered, .websocket, at: .clientPing, "does not answer the client's own PING frames"),
  ]

  private static let tcp: [Fault] = [
    Fault(.tcpRefuse, .tcp, at: .connection, "resets a connection as soon as it is there"),
    Fault(.tcpAcceptStall, .tcp, at: .connection, "accepts a connection and then neither reads nor writes"),
    Fault(
      .tcpResetAfter, .tcp, at: .connection, "resets the connection (RST) after so many bytes were sent",
      Setting("bytes", .number(1000), "how many")),
    Fault(
      .tcpSlice, .tcp, at: .connection, "writes everything in small pieces",
      Setting("bytes", .number(7), "bytes of a piece"),
      Setting("interval", .duration(.milliseconds(1)), "time between pieces")),
    Fault(
      .tcpBandwidth, .tcp, at: .connection, "limits how fast bytes leave",
      Setting("bytes-per-second", .number(10_000), "how fast")),
    Fault(
      .tcpLatency, .tcp, at: .connection, "everything leaves late, in order",
      Setting("delay", .duration(.milliseconds(200)), "how late"),
      Setting("jitter", .duration(.zero), "up to this much more, by seed")),
    Fault(
      .tcpHalfClose, .tcp, at: .connection, "ends its own side (FIN) after so many bytes, keeps reading",
      Setting("bytes", .number(1000), "how many")),
  ]

  private static let brokerSession: [Fault] = [
    Fault(
      .registrationReplyLate, .broker, at: .registration, "the reply comes late, and data only after it",
      Setting("delay", .duration(.seconds(3)), "how late")),
    Fault(.registrationReplyMissing, .broker, at: .registration, "no reply, no data"),
    Fault(
      .registrationReplyAfterData, .broker, at: .registration, "data comes before the reply",
      Setting("frames", .number(1), "how many frames come first")),
    Fault(.registrationReplyWithoutKey, .broker, at: .registration, "the reply has no `output`, so no iv and key"),
    Fault(
      .registrationRefused, .broker, at: .registration, "refuses the registration",
      Setting("code", .text("OPSP0007"), "the KIS code")),
    Fault(.registrationLimit, .broker, at: .registration, "refuses as if 41 registrations were reached: OPSP0008"),
    Fault(.registrationForgotten, .broker, at: .registration, "SUBSCRIBE SUCCESS, and never a frame (quirk 47)"),
    Fault(.appKeyInUse, .broker, at: .registration, "OPSP8996 ALREADY IN USE appkey, then closes (quirk 39)"),
    Fault(.approvalKeyUnknown, .broker, at: .registration, "OPSP0011 invalid approval : NOT FOUND"),
    Fault(.pingPongLost, .broker, at: .heartbeat, "does not send the PINGPONG"),
    Fault(
      .pingPongAnswerIgnored, .broker, at: .clientPing,
      "takes an answer to PINGPONG for none, and cuts when the time is over"),
  ]

  private static let brokerFrame: [Fault] = [
    Fault(.noticeBadBase64, .broker, at: .frame, "a notice whose payload is no base64"),
    Fault(.noticeBadPadding, .broker, at: .frame, "a notice whose last block decrypts to wrong padding"),
    Fault(.noticeWrongIV, .broker, at: .frame, "a notice encrypted with another iv: its first 16 bytes are wrong"),
    Fault(.noticeWrongKey, .broker, at: .frame, "a notice encrypted with another key"),
    Fault(.noticePlain, .broker, at: .frame, "a notice that says it is encrypted and is not"),
    Fault(
      .countMismatch, .broker, at: .frame, "the count says more records than there are",
      Setting("extra", .number(1), "how many more")),
    Fault(
      .extraValue, .broker, at: .frame, "every record has more values than the layout (quirk 63)",
      Setting("values", .number(1), "how many more")),
    Fault(
      .missingValue, .broker, at: .frame, "every record lacks its last values",
      Setting("values", .number(1), "how many")),
    Fault(
      .nullValue, .broker, at: .frame, "some values read `(null)` (quirk 68)",
      Setting("values", .number(1), "how many of each record")),
    Fault(
      .wrongKeyInFrame, .broker, at: .frame, "the first value of each record is not the registered key",
      Setting("key", .text("999999"), "what stands there")),
  ]

  private static let brokerREST: [Fault] = [
    Fault(.tokenExpired, .broker, at: .request, "500 EGW00123, whatever the token"),
    Fault(.tokenRevoked, .broker, at: .request, "500 EGW00121, whatever the token"),
    Fault(.tokenIssueRefused, .broker, at: .request, "tokenP answers 403 EGW00133 (once a minute)"),
    Fault(
      .rateLimit, .broker, at: .request, "EGW00201, as if too many calls were made (quirks 12 and 13)",
      Setting("status", .number(500), "500 or 200: both were seen")),
    Fault(.ledgerLimit, .broker, at: .request, "500 EGW00215, the ledger's own limit (quirk 15)"),
    Fault(.sessionFull, .broker, at: .request, "200 OPSQ1002 SESSION FULL (quirk 16)"),
    Fault(.gatewayTransient, .broker, at: .request, "500 EGW00316 (quirk 16)"),
    Fault(.gatewayRouting, .broker, at: .request, "500 EGW00202 (quirk 33)"),
    Fault(
      .timeLimit, .broker, at: .request, "200 OPSQ2001 TIME LIMIT (quirk 18)",
      Setting("window", .text("00:00 ~ 15:40"), "the window as the message prints it")),
  ]
}
