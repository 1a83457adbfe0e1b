import KISRecording
import KISWire

extension Action {
  init(_ node: YAMLNode, states: [String]) throws(ScenarioError) {
    guard case .mapping = node.content else {
      self = try Action(bare: node)
      return
    }
    let mapping = try node.mapping(ScenarioKeys.action)
    let member = try mapping.exactlyOne(of: ScenarioKeys.action.choice)
    let value = member.value
    switch member.key {
    case "answer": self = .answer(try Answer(value))
    case "emit": self = .emit(try Emission(value))
    case "delay": self = .delay(try value.duration())
    case "fault": self = .fault(try ConfiguredFault(value))
    case "clear-faults": self = .clearFaults(try FaultName(value))
    case "state": self = .state(try value.state(among: states))
    case "speed": self = .speed(try value.speed())
    case "seek": self = .seek(try SeekTarget(value))
    case "dialect": self = .dialect(try DialectChoice(value))
    default: self = .market(try MarketSteering(member.key, value))
    }
  }

  private init(bare node: YAMLNode) throws(ScenarioError) {
    let word = try node.string("an action")
    switch word {
    case "pause": self = .pause
    case "play": self = .play
    case "end": self = .end
    case "clear-faults": self = .clearFaults(nil)
    default:
      throw node.unexpected(
        "an action", nearest: Similarity.nearest(to: word, in: ScenarioKeys.bareActions).first,
        advice: "write one of \(ScenarioKeys.bareActions.joined(separator: ", ")), or a mapping such as `delay: 2s`")
    }
  }
}

extension Answer {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.answer)
    let member = try mapping.exactlyOne(of: ScenarioKeys.answer.choice)
    let body: Body =
      if member.key == "code" {
        .code(try member.value.string())
      } else if case .scalar(let text, _) = member.value.content {
        .text(text)
      } else {
        .json(member.value.json)
      }
    self.init(status: try mapping["status"]?.int(in: 100...599), body: body)
    for header in try mapping["headers"]?.anyMapping("headers by name").members ?? [] {
      headers.append(NameValue(header.key, try header.value.string()))
    }
  }
}

extension Emission {
  init(_ node: YAMLNode) throws(ScenarioError) {
    guard case .mapping = node.content else {
      self.init(Content(try node.string("a message")))
      return
    }
    let mapping = try node.mapping(ScenarioKeys.emission)
    self.init(Content(try mapping.required("text").string()))
    if let node = mapping["to"] { audience = try node.word() }
  }
}

extension Emission.Content {
  fileprivate init(_ text: String) {
    self = text == "pingpong" ? .pingPong : .text(text)
  }
}

extension SeekTarget {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let text = try node.string("a time of day or the name of a marker")
    self = TimeOfDay(text).map { .timeOfDay($0) } ?? .marker(text)
  }
}
