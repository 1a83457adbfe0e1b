// Every word of the page, Korean and English.

const TEXTS = {
  title: ["kis-mock", "kis-mock"],
  timeline: ["타임라인", "Time line"],
  timelineHelp: ["끌면 이동, Shift+끌기는 구간 선택, 휠은 확대. 화살표 1초, Shift+화살표 10초.", "Drag seeks, shift and drag selects a range, the wheel zooms. Arrows move a second, with shift ten."],
  sandbox: ["샌드박스", "Sandbox"], marketTime: ["시장 시각", "Market time"], since: ["시작부터", "Since start"],
  play: ["재생", "Play"], pause: ["일시정지", "Pause"], step: ["한 건", "Step"], rate: ["속도", "Rate"], loop: ["반복", "Loop"],
  language: ["English", "한국어"], dark: ["어둡게", "Dark"], light: ["밝게", "Light"],
  connected: ["연결됨", "connected"], disconnected: ["연결 끊김", "connection lost"],
  frames: ["프레임", "Frames"], requests: ["요청", "Requests"], sessions: ["세션", "Sessions"], market: ["시장·계좌", "Market & account"], faults: ["장애·시계", "Faults & clock"],
  range: ["구간", "Range"], wholeRange: ["전체", "everything"], clearRange: ["구간 해제", "Clear range"], saveRange: ["구간을 녹화 파일로 저장", "Save this range as a recording"], copyLink: ["이 순간의 링크 복사", "Copy link to this moment"], fork: ["이 순간을 복제", "Fork this moment"],
  copied: ["복사했습니다", "Copied"], saved: ["저장했습니다", "Saved"], forked: ["복제했습니다", "Forked as"],
  live: ["실시간", "Live"], recorded: ["녹화", "Recorded"], filter: ["필터", "Filter"], follow: ["따라가기", "Follow"], clear: ["지우기", "Clear"],
  filterHint: ["tr=H0STCNT0 code=005930 price>70000", "tr=H0STCNT0 code=005930 price>70000"],
  shown: ["건 표시", "shown"], lostFrames: ["건 생략", "left out"], chooseFrame: ["프레임을 고르세요. j, k 로 움직입니다.", "Choose a frame; j and k move."],
  "row-requests": ["요청", "Requests"], "row-orders": ["주문·체결", "Orders, fills"], "row-faults": ["장애·접속", "Faults, sessions"],
  "order-accepted": ["접수", "accepted"], "order-refused": ["거부", "refused"], "order-filled": ["체결", "filled"], "order-changed": ["정정", "changed"], "order-cancelled": ["취소", "cancelled"], "order-dropped": ["잔량 취소", "rest dropped"], "order-expired": ["만료", "expired"],
  zoom: ["확대", "Zoom"], zoomIn: ["확대", "Nearer"], zoomOut: ["축소", "Further away"], whole: ["전체 보기", "Show all"],
  encrypted: ["암호", "enc."], noFrames: ["아직 보낸 프레임이 없습니다. 클라이언트가 접속해 등록하면 여기에 보입니다.", "No frame has left yet. Once a client connects and registers, what it gets is here."], noneHere: ["이 필터와 구간에 맞는 프레임이 없습니다.", "No frame fits this filter and range."],
  rawText: ["원문", "As it was sent"],
  parameters: ["파라미터", "Parameters"], headers: ["헤더", "Headers"],
  what: ["무엇", "What"], detail: ["자세히", "Detail"], inRange: ["구간 안", "in the range"], sessionHistory: ["접속과 등록", "Connections and registrations"], faultHistory: ["일어난 장애", "What faults did"],
  "kind-connect": ["열림", "opened"], "kind-disconnect": ["끝남", "ended"], "kind-register": ["등록", "registered"], "kind-release": ["해제", "released"],
  savedLive: ["보낸 그대로 저장했습니다", "Saved as it was sent"], savedRecorded: ["녹화에서 저장했습니다", "Saved from the recording"], events: ["건", "events"], partForgotten: ["앞부분은 이미 메모리에 없습니다", "The beginning had left memory already"], nothingThere: ["이 구간에는 아무것도 없습니다", "Nothing is in this range"],
  time: ["시각", "Time"], session: ["세션", "Session"], name: ["항목", "Field"], raw: ["KIS 이름", "KIS name"], value: ["값", "Value"], before: ["이전", "Before"],
  changed: ["바뀐 값", "changed"], broken: ["여기서 깨짐", "It breaks here"], cipher: ["암호문", "Cipher"], plain: ["평문", "Plain"], missing: ["없음", "missing"], record: ["레코드", "Record"],
  sendAgain: ["다시 보내기", "Send again"], copyText: ["원문 복사", "Copy text"], seekHere: ["여기로 이동", "Seek here"],
  all: ["모두", "All"], unmatched: ["불일치", "Unmatched"], restOnly: ["REST", "REST"], wsOnly: ["WebSocket", "WebSocket"],
  chooseRequest: ["요청을 고르세요.", "Choose a request."], request: ["요청", "Request"], answer: ["응답", "Answer"], source: ["응답 출처", "Answered by"], nearest: ["가장 가까운 것", "Nearest"],
  field: ["필드", "Field"], expected: ["기대", "Expected"], found: ["실제", "Found"], copyCurl: ["curl 로 복사", "Copy as curl"], answerDifferently: ["앞으로 다르게 응답", "Answer this differently from now on"],
  status: ["상태", "Status"], body: ["본문", "Body"], code: ["코드", "Code"], writeRule: ["규칙 쓰기", "Write the rule"], rule: ["규칙 (시나리오에 넣을 YAML)", "The rule, as YAML for a scenario"], dropRules: ["추가한 규칙 없애기", "Drop added rules"], ruleAdded: ["규칙을 적용했습니다", "The rule is in force"], kisCode: ["KIS 코드 (msg_cd)", "KIS code (msg_cd)"],
  lostEntries: ["건은 저널에서 밀려났음", "entries had left the journal"], cut: ["본문의 처음만 보관", "only the beginning of the body is kept"],
  appKey: ["앱키", "App key"], registrations: ["등록", "Registrations"], sent: ["보냄", "Sent"], backlog: ["밀림", "Backlog"], heartbeat: ["PINGPONG", "PINGPONG"], owes: ["답 기다림", "answer owed"], fine: ["정상", "fine"], ending: ["끝나는 중", "ending"],
  nobody: ["연결된 클라이언트가 없습니다", "Nobody is connected"], close: ["닫기 1011", "Close 1011"], cutOff: ["끊기", "Cut"], reset: ["RST", "Reset"], stall: ["멈춤 10초", "Stall 10 s"], send: ["보내기", "Send"], text: ["메시지", "Message"], toSession: ["받는 세션", "To session"], everybody: ["등록한 모두", "whoever registered"],
  instrument: ["종목", "Instrument"], show: ["보기", "Show"], account: ["계좌", "Account"], price: ["가격", "Price"], quantity: ["수량", "Quantity"], buy: ["매수", "Buy"], sell: ["매도", "Sell"], kind: ["주문구분", "Order type"], order: ["주문", "Order"], ticket: ["주문창", "Order ticket"], book: ["호가", "Order book"], ask: ["매도잔량", "Ask"], bid: ["매수잔량", "Bid"], chart: ["분봉", "Minute candles"],
  openOrders: ["미체결", "Open orders"], fills: ["체결", "Fills"], holdings: ["보유", "Holdings"], cash: ["예수금", "Cash"], orderable: ["주문가능", "Orderable"], average: ["평균", "Average"], topUp: ["1억 넣기", "Add 100 M won"], resetAccount: ["계좌 초기화", "Reset account"], cancel: ["취소", "Cancel"], none: ["없음", "none"],
  steer: ["다음 주문을 어떻게", "The next order"], steerFill: ["전량 체결", "is filled"], steerPartial: ["30 % 체결", "is filled by 30 %"], steerReject: ["거부", "is refused"], steerDelay: ["5초 지연", "waits 5 s"], steerDo: ["정하기", "Steer"], steerStop: ["모두 풀기", "Stop steering"], steered: ["다음 주문에 적용합니다", "It holds for the next order"], number: ["주문번호", "Number"], closedNow: ["지금은 안 됨", "not now"],
  fault: ["장애", "Fault"], level: ["종류", "Level"], arm: ["걸기", "Arm"], armed: ["걸린 장애", "Armed"], happened: ["발생", "Happened"], remaining: ["남음", "Left"], disarm: ["풀기", "Disarm"], disarmAll: ["모두 풀기", "Disarm all"], endless: ["계속", "no end"], conditions: ["조건", "Conditions"], times: ["횟수", "times"], chance: ["확률 0–1", "chance 0–1"], skip: ["건너뛰기", "skip"], lasts: ["동안", "for"],
  clock: ["시계", "Clock"], freeze: ["멈추기", "Freeze"], advance: ["앞으로", "Advance"], unfreeze: ["다시 흐르기", "Let it run"], frozen: ["멈춤", "frozen"], scenario: ["시나리오", "Scenario"], noScenario: ["시나리오 없음", "no scenario"], anyState: ["어느 상태든", "any state"], now: ["지금", "now"],
  called: ["종목명", "Name"], acts: ["동작", "Actions"], side: ["매매", "Side"],
  token: ["admin_token (준비 줄에 있음)", "admin_token, from the ready line"], enter: ["들어가기", "Enter"], help: ["도움말", "Help"], shut: ["닫기", "Close"],
  keys: ["스페이스 재생·정지, j k 다음·이전, ← → 1초 (Shift 10초), . 한 건, / 필터, ? 도움말", "Space plays and pauses, j and k go to the next and the one before, arrows move a second (shift: ten), . steps, / filters, ? is this help"],
};

/** The words of a language: `texts("play")`. */
export function textsOf(language) {
  const index = language === "ko" ? 0 : 1;
  return (name) => TEXTS[name]?.[index] ?? name;
}
