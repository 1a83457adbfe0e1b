extension QuirkFact {
  /// Every quirk in the order of its number.
  public static let table: [QuirkFact] = [
    QuirkFact(
      1, .oauthErrorShape, .always,
      "Errors of the OAuth endpoints have a shape of their own: error_description, error_code, HTTP 403",
      source: "log: public log"),
    QuirkFact(
      2, .tokenOncePerMinute, .always,
      "A second tokenP within a minute is 403 EGW00133 although the first token is still good",
      source: "log: feelingsgap/kis-hts, open-trading-api"),
    QuirkFact(
      3, .tokenReissueReturnsSame, .always,
      "tokenP within six hours returns the same token, even one that was revoked since",
      source: "log: public logs"),
    QuirkFact(
      4, .tokenViolationsBlockAppKey, .switchable,
      "After repeated tokenP violations a correct app key is refused with EGW00103 for up to an hour",
      source: "single remark: public log"),
    QuirkFact(
      5, .newlineInKeyRefused, .always,
      "A key or secret with a line break at its end is refused with EGW00105",
      source: "log: public logs"),
    QuirkFact(
      6, .secretkeyInApproval, .always,
      "Approval takes `secretkey`, tokenP and revokeP take `appsecret`, for the same value",
      source: "documents: portal documents"),
    QuirkFact(
      7, .revokeCodeAsText, .switchable,
      "`code` in the reply of revokeP is a string instead of a number",
      source: "documents: portal documents"),
    QuirkFact(
      8, .approvalKeyLength, .document,
      "The documents give the approval key 36 characters in one table and 286 in another; it has 36",
      source: "documents: portal documents"),
    QuirkFact(
      9, .expiredApprovalKeySilent, .switchable,
      "Registering with an expired approval key succeeds and no frame ever comes, instead of OPSP0011",
      source: "log: sinsang2752/SeSac_Team3_WTS, pnuskgh/EFriendExpert"),
    QuirkFact(
      10, .approvalKeyUnknownAfterHours, .switchable,
      "Outside business hours a valid approval key is refused with OPSP0011",
      source: "log: pnuskgh/EFriendExpert"),
    QuirkFact(
      11, .realTokenOnVts, .always,
      "A real token on the vts host is EGW00205, not a message about the host",
      source: "log: feelingsgap/kis-hts, public log"),
    QuirkFact(
      12, .errorsAsHttp500, .always,
      "Expired or invalid tokens, rate limits and bad secrets are HTTP 500, never 401 or 429",
      source: "log: public logs"),
    QuirkFact(
      13, .rateLimitWithHttp200, .switchable,
      "EGW00201 comes with HTTP 200 instead of 500",
      source: "log: public log"),
    QuirkFact(
      14, .vtsRateLimitEarly, .switchable, chance: 0.17,
      "On vts EGW00201 comes now and then although calls are spaced below the quota",
      source: "log: feelingsgap/kis-hts"),
    QuirkFact(
      15, .ledgerLimit, .switchable, chance: 0.05,
      "Now and then an account call meets the ledger's own limit, EGW00215",
      source: "log: public log"),
    QuirkFact(
      16, .backendSaturated, .switchable, chance: 0.05,
      "Now and then a call is answered OPSQ1002 SESSION FULL with HTTP 200, or EGW00316 with HTTP 500",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      17, .inputErrorsWithHttp200, .always,
      "Input errors are HTTP 200 with rt_cd 2",
      source: "log: public log"),
    QuirkFact(
      18, .opsq2001ManyTexts, .always,
      "OPSQ2001 has several texts: missing field, invalid field, time limit",
      source: "log: public logs"),
    QuirkFact(
      19, .timeLimitMinuteLate, .switchable,
      "FHPTJ04160001 answers OPSQ2001 TIME LIMIT 00:00 ~ 15:40, until one minute after the printed end",
      source: "log: public log"),
    QuirkFact(
      20, .emptyParameterAccepted, .always,
      "A required parameter that is present but empty is accepted; zeros or an empty list come back",
      source: "client code, single remark: public log"),
    QuirkFact(
      21, .accountMessagesPadded, .always,
      "msg1 of account TRs is padded with blanks to 80 EUC-KR bytes",
      source: "log: public log"),
    QuirkFact(
      22, .successCodesDiffer, .always,
      "Success is MCA00000, KIOK0460, KIOK0510, KIOK0530, KIOK0560 (nothing to show) or 20310000, by TR and venue",
      source: "log"),
    QuirkFact(
      23, .vtsUnknownService, .always,
      "vts answers 500 EGW02006 for TRs that only real has, OPSQ0002 for two margins, and VTTC0084R with an empty list",
      source: "log: feelingsgap/kis-hts, six authors of 2026; OPSQ0002 for the others is an older remark"),
    QuirkFact(
      24, .paperModeRewritesTrId, .client,
      "The official client turns any tr_id that starts with T, J or C into V… in paper mode",
      source: "client code: open-trading-api"),
    QuirkFact(
      25, .outputArrayOnTheWire, .always,
      "foreign-institution-total is documented with an object `Output`; the wire has an array `output`",
      source: "log: public log"),
    QuirkFact(
      26, .documentedTypeContradictsExample, .always,
      "35 outputs whose documented type contradicts the page's example have the example's type",
      source: "documents: portal documents"),
    QuirkFact(
      27, .outputKeySpelling, .always,
      "Output keys are spelt as on the wire, not as in the tables (`output1`, `Output`)",
      source: "documents: portal documents, open-trading-api"),
    QuirkFact(
      28, .zeroPaddedRestNumbers, .always,
      "Some TRs pad numbers to 18 digits with the sign inside: -00000000000903000",
      source: "log: public log"),
    QuirkFact(
      29, .sentinelTimes, .switchable,
      "Index tick lists carry the times 999999, 888888 and 666666 after the close",
      source: "log: public log"),
    QuirkFact(
      30, .blankNumbers, .switchable,
      "Shares of turnover (`acml_tr_pbmn_rlim`) in the list of industries are blank",
      source: "log: public log"),
    QuirkFact(
      31, .pagingFThenM, .always,
      "tr_cont is F on the first page with more to come, M on later ones",
      source: "log, client code: open-trading-api, public log"),
    QuirkFact(
      32, .pagingUndocumented, .always,
      "Lists that are documented without paging give 100 rows and tr_cont F",
      source: "log, documents: portal documents, public log"),
    QuirkFact(
      33, .chunkedPostRefused, .always,
      "A POST without Content-Length is EGW00202",
      source: "log: public logs"),
    QuirkFact(
      34, .vtsOrderAfterHours, .switchable,
      "Orders that vts refuses come with HTTP 500: 40570000 before the open, 40580000 after the close, 40100000 on holidays",
      source: "client code, log: eight authors; the HTTP status is a single remark"),
    QuirkFact(
      35, .orderReplyUpperCase, .always,
      "Order replies have upper-case keys, inquiries lower-case ones",
      source: "log: feelingsgap/kis-hts"),
    QuirkFact(
      36, .refusalCodesDiffer, .always,
      "Each reason to refuse an order has its code: market closed APBK0918, day APBK0919, money APBK0952, holdings APBK0400",
      source: "log: public logs of 2026; older remarks had APBK0918 for all of them"),
    QuirkFact(
      37, .htmlErrorPage, .switchable, chance: 0.02,
      "Now and then the gateway answers with an HTML page",
      source: "single remark: public log"),
    QuirkFact(
      38, .misprintedNames, .document,
      "Some names are misprinted in documents or samples: FID_BLNC_CLS_CODE, RSYN_ORD_RCIT_DT, TTTN1103U, HHDFO55020100",
      source: "documents: portal documents, open-trading-api"),
    QuirkFact(
      39, .secondSessionRefused, .always,
      "A second session on an app key is refused at its first registration: OPSP8996, tr_id (null), then it is closed",
      source: "log: sinsang2752/SeSac_Team3_WTS, public log"),
    QuirkFact(
      40, .slotStaysTaken, .switchable,
      "An app key stays in use for tens of seconds after its session vanished",
      source: "log: babucato-byte/us-stock-trading, public log"),
    QuirkFact(
      41, .rtCd9, .always,
      "Errors in JSON and of sessions have rt_cd 9 on the WebSocket, beside 0 and 1",
      source: "log: public logs"),
    QuirkFact(
      42, .noticeEncryptN, .switchable,
      "Success replies for notices say encrypt N although their frames are encrypted",
      source: "log: feelingsgap/kis-hts"),
    QuirkFact(
      43, .ivAndKeyAlways, .always,
      "Every success reply carries iv and key, also for plain TRs",
      source: "log, documents: babucato-byte/us-stock-trading, portal documents"),
    QuirkFact(
      44, .unsubscribeSuccessText, .always,
      "The text of a release contains that of a registration: UNSUBSCRIBE SUCCESS",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      45, .registrationLimit, .always,
      "The 42nd registration is refused with OPSP0008; the other 41 go on",
      source: "log: babucato-byte/us-stock-trading, Soochol/hoga-ops"),
    QuirkFact(
      46, .releaseOfUnknown, .always,
      "Releasing what is not registered is OPSP0003",
      source: "log: canduk910/auto_stock"),
    QuirkFact(
      47, .streamSilentAfterSuccess, .switchable,
      "A registration succeeds but no frame ever comes (H0UN… for instruments not traded on NXT)",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      48, .instrumentLeavesNxt, .switchable,
      "The stream of an instrument stops from one day to the next without a message",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      49, .pingpongUnansweredCut, .always,
      "A session that does not answer PINGPONG is cut after about 100 s",
      source: "log: pnuskgh/EFriendExpert, babucato-byte/us-stock-trading, public log"),
    QuirkFact(
      50, .pingpongAnswerStyles, .always,
      "An echo, the same JSON with blanks, a PONG or a PING frame all count as answers",
      source: "client code: open-trading-api, Soju06/python-kis, pnuskgh/EFriendExpert"),
    QuirkFact(
      51, .unsolicitedPongsCut, .switchable,
      "Unsolicited PONG frames every 30 s make the server drop TCP",
      source: "log: sysnet.pe.kr"),
    QuirkFact(
      52, .abnormalClose, .switchable, chance: 0.0002,
      "Now and then the connection ends without a close frame in the middle of the session",
      source: "log: open-trading-api"),
    QuirkFact(
      53, .wrongHtsIdDropped, .switchable,
      "A wrong HTS id on a notice TR drops the connection without a close frame, instead of OPSP0017",
      source: "documents: open-trading-api"),
    QuirkFact(
      54, .silentStall, .switchable, chance: 0.0002,
      "Now and then a connection stays open and sends neither frames nor PINGPONG",
      source: "log: sinsang2752/SeSac_Team3_WTS"),
    QuirkFact(
      55, .largeFrames, .switchable, chance: 0.01,
      "Now and then a frame is larger than 8 KB",
      source: "log: sinsang2752/SeSac_Team3_WTS, open-trading-api"),
    QuirkFact(
      56, .sampledQuotes, .switchable,
      "Quotes of futures and options come at most every 0.2 s, the others are left out",
      source: "documents: portal documents, open-trading-api"),
    QuirkFact(
      57, .trType0Refused, .always,
      "tr_type 0, which official docstrings give for a release, is refused; 2 releases",
      source: "documents: open-trading-api, portal documents"),
    QuirkFact(
      58, .loopsBlockAppKey, .switchable,
      "Ten closed connections or releases within a minute block the app key for ten: OPSP8996",
      source: "documents: velobot wiki"),
    QuirkFact(
      59, .slowHandshake, .switchable, chance: 0.2,
      "Now and then the opening handshake takes ten seconds",
      source: "log: open-trading-api"),
    QuirkFact(
      60, .vtsNoticesMissing, .switchable,
      "On vts no notice follows an order",
      source: "single remark: open-trading-api"),
    QuirkFact(
      61, .severalRecordsInAFrame, .always,
      "Trade frames hold several records; the count says how many",
      source: "log: public log"),
    QuirkFact(
      62, .paddedColumns, .client,
      "Clients that pad their column list for extra values break on frames with several records",
      source: "log: feelingsgap/kis-hts"),
    QuirkFact(
      63, .recordWidthGrows, .always,
      "Records grow without notice: the layout of the day decides (H0STCNT0 46, then 47)",
      source: "log: sinsang2752/SeSac_Team3_WTS, feelingsgap/kis-hts, Soju06/python-kis, public log"),
    QuirkFact(
      64, .shiftInLaterRecords, .client,
      "A wrong constant width shifts only the second and later records of a frame",
      source: "log: public log"),
    QuirkFact(
      65, .noticeGrewInTheMiddle, .always,
      "H0STCNI0 grew from 23 to 26 values at slot 19, quotes grow at their end",
      source: "log: Soju06/python-kis"),
    QuirkFact(
      66, .vtsNotice23Values, .always,
      "vts kept notices of 23 values, with two flags run together in slot 19",
      source: "log: psw221/auto_trading"),
    QuirkFact(
      67, .marketStatusLayout, .always,
      "H0UNMKO0 has a leading code and no trailing exchange, unlike its documents",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      68, .nullValues, .switchable, chance: 0.01,
      "Now and then a value reads `(null)`",
      source: "log, documents: canduk910/auto_stock, portal documents"),
    QuirkFact(
      69, .nanGreeks, .always,
      "Greeks of night options (H0EUCNT0) read `nan` or `-nan`",
      source: "documents: portal documents"),
    QuirkFact(
      70, .emptyValues, .always,
      "Values may be empty, also the last one, so that a frame ends with its separator",
      source: "documents, log: portal documents, public log"),
    QuirkFact(
      71, .emptyMemberNames, .always,
      "Member frames (H0STMBC0) end with ten empty names",
      source: "documents: portal documents"),
    QuirkFact(
      72, .narrowerThanDocumented, .always,
      "H0UPANC0, H0MFCNT0, H0EUCNT0 and H0STMKO0 have fewer values than their documents list",
      source: "documents: portal documents"),
    QuirkFact(
      73, .widerThanDocumented, .always,
      "H0STOAA0 and H0MFASP0 have more values than their documents list",
      source: "documents: portal documents"),
    QuirkFact(
      74, .duplicateFieldNames, .document,
      "HDFSASP0 lists the names of its third level twice",
      source: "documents: portal documents"),
    QuirkFact(
      75, .sampleLacksFirstColumn, .client,
      "Official column lists lack the first column (RSYM, USER_ID); pandas hides it",
      source: "client code: open-trading-api"),
    QuirkFact(
      76, .sampleHasEnvelopeColumns, .client,
      "The official column list of H0STNAV0 starts with envelope names that are not in the frame",
      source: "client code: open-trading-api"),
    QuirkFact(
      77, .misfiledPages, .document,
      "The portal prints another TR's id on some pages and files some under the wrong protocol",
      source: "documents: portal documents"),
    QuirkFact(
      78, .viKeyContradiction, .always,
      "H0STVIC0 is documented with a date and with a code as its key; both register",
      source: "documents: public log"),
    QuirkFact(
      79, .zeroPaddedNoticeNumbers, .always,
      "Numbers in notices have a fixed width with leading zeros",
      source: "log, documents: psw221/auto_trading, portal documents"),
    QuirkFact(
      80, .acceptanceNoticeSlots, .always,
      "A notice of acceptance has the order quantity in the fill slot and zeros for the price",
      source: "documents, log: portal documents, psw221/auto_trading"),
    QuirkFact(
      81, .fullPaddingBlock, .always,
      "Text that fills its last block gets a whole block of padding",
      source: "log: psw221/auto_trading"),
    QuirkFact(
      82, .keysWithBlanks, .always,
      "Keys may hold blanks (`OESH23 C3900`) and letters (`0074K0`)",
      source: "documents, log: portal documents, public log"),
    QuirkFact(
      83, .framesBeforeTheOpen, .always,
      "Program trading starts before 09:00",
      source: "documents: portal documents"),
    QuirkFact(
      84, .koreanNamesInFrames, .always,
      "Plain frames of bonds and VI hold Korean names, in UTF-8",
      source: "documents: portal documents"),
    QuirkFact(
      85, .fullFrameRate, .always,
      "A day has more than a million frames: nothing is thinned out",
      source: "log: canduk910/auto_stock, public log"),
    QuirkFact(
      86, .stockCodeOnIndexTr, .always,
      "Index TRs are keyed by industry code; a stock code, as an official docstring has it, is refused",
      source: "client code: open-trading-api"),
    QuirkFact(
      87, .brokenUtf8, .switchable, chance: 0.005,
      "Frames of expected executions hold a byte that is no UTF-8; strict clients close with 1007",
      source: "log: captured frames"),
    QuirkFact(
      88, .mixedSeconds, .always,
      "One frame may hold records of different seconds, and one second may span several frames",
      source: "log: captured frames"),
    QuirkFact(
      89, .wrongHtsIdRefused, .always,
      "A wrong HTS id is OPSP0017 with tr_id (null); numeric ids need a leading $",
      source: "log"),
    QuirkFact(
      90, .totalsOffByOne, .always,
      "Totals are rounded one by one, so that sums are off by one unit",
      source: "log"),
  ]
}
