extension ScenarioKeys {
  static let rule = KeySection(
    "rule", "a rule",
    [
      .init("name", .text, "For the journal and messages."),
      .init("state", .list(.text), "The states in which it is awake. Default: all."),
      .init("when", .either([.word(bareTriggers), .section(trigger)]), "What makes it match.", isRequired: true),
      .init("nth", .positive, "Only on the Nth match."),
      .init("every-nth", .positive, "Only on every Nth match."),
      .init("counted", .words(of: Rule.Counting.self), "Who counts matches. Default: sandbox."),
      .init("chance", .chance, "The chance that a match fires, decided by the seed. Default: 1."),
      .init("times", .positive, "How often it may fire. Default: without end."),
      .init("do", .some(.either([.word(bareActions), .section(action)])), "What it does.", isRequired: true),
    ])

  /// Triggers without anything to say about them.
  static let bareTriggers = [
    "start", "connect", "disconnect", "pingpong-answered", "request", "register", "release", "frame",
  ]

  static let trigger = KeySection(
    "trigger", "a trigger",
    [
      .init("time", .timeOfDay, "The playhead passes this time of day."),
      .init("after", .duration, "This long after the rule's state was entered, or after the start."),
      .init("interval", .duration, "Again and again after this long."),
      .init("request", .section(request), "A REST or OAuth request arrives."),
      .init("register", .section(registration), "A session registers."),
      .init("release", .section(registration), "A session releases."),
      .init("frame", .section(registration), "A data frame is about to go to a session."),
      .init("state", .text, "The scenario enters this state."),
    ], exactlyOneOf: ["time", "after", "interval", "request", "register", "release", "frame", "state"])

  static let request = KeySection(
    "request", "a request",
    [
      .init("method", .list(.text), "GET or POST."),
      .init("path", .list(.text), "Path without its query; * stands for any characters."),
      .init("tr_id", .list(.text), "The tr_id header."),
      .init("app-key", .list(.text), "The app key."),
      .init("parameters", .map(.list(.text)), "Query parameters or body members by name."),
      .init("headers", .map(.list(.text)), "Headers by name."),
    ])

  static let registration = KeySection(
    "registration", "a registration",
    [
      .init("tr_id", .list(.text), "The TR; * stands for any characters."),
      .init("tr_key", .list(.text), "The key: a code, or an HTS id."),
    ])

  /// Actions without anything to say about them.
  static let bareActions = ["pause", "play", "end", "clear-faults"]

  static let action = KeySection(
    "action", "an action",
    [
      .init("answer", .section(answer), "Answers the request or registration."),
      .init("emit", .either([.text, .section(emission)]), "Sends a message: its text, or pingpong."),
      .init("delay", .duration, "Holds back what would be sent next in answer to the event."),
      .init("fault", .fault, "Arms a fault."),
      .init("clear-faults", .word(FaultName.allCases.map(\.rawValue)), "Takes a fault away again."),
      .init("state", .text, "Changes the state."),
      .init("speed", .speed, "Changes the speed."),
      .init("seek", .either([.timeOfDay, .text]), "Moves the playhead to a time of day or a marker."),
      .init("dialect", .section(dialect), "Changes the layouts of frames."),
    ] + steeringKeys,
    exactlyOneOf: ["answer", "emit", "delay", "fault", "clear-faults", "state", "speed", "seek", "dialect"]
      + steering.choice)

  static let answer = KeySection(
    "answer", "an answer",
    [
      .init("status", .number(100...599), "HTTP status. Default: 200, or what KIS sends with the code."),
      .init("headers", .map(.text), "Headers by name."),
      .init("code", .text, "A KIS message code, sent with KIS's own text and shape: EGW00201."),
      .init("body", .anything, "Text sent as it stands, or a mapping sent as JSON; quote numbers that KIS quotes."),
    ], exactlyOneOf: ["code", "body"])

  static let emission = KeySection(
    "emission", "a message",
    [
      .init("text", .text, "The message, or pingpong. A notice (1|…) is written decrypted.", isRequired: true),
      .init("to", .words(of: Emission.Audience.self), "Who gets it. Default: session."),
    ])

  /// When a fault happens, beside its name and its own settings.
  static let faultConditions = KeySection(
    "conditions", "a fault",
    [
      .init("chance", .chance, "The chance on each occasion, decided by the seed. Default: 1."),
      .init("skip", .whole, "How many occasions it leaves alone first. Default: 0."),
      .init("every-nth", .positive, "Only on every Nth occasion."),
      .init("times", .positive, "How often at most."),
      .init("for", .duration, "For how long after it was armed."),
      .init("tr_id", .list(.text), "Only on these TRs; * stands for any characters."),
      .init("tr_key", .list(.text), "Only on these keys."),
      .init("path", .list(.text), "Only on requests to these paths."),
      .init("app-key", .list(.text), "Only for these app keys."),
      .init(
        "after", .bool,
        "True lets the request take effect although the fault replaces its answer. Default: false, it never happened."),
    ])
}
