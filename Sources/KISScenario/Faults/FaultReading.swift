import KISWire

extension ConfiguredFault {
  /// Reads `ws-stall`, or a mapping with `name`, the fault's settings and conditions.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    guard case .mapping(let members) = node.content else {
      self.init(try FaultName(node))
      return
    }
    let everything = YAMLMapping(members: members, position: node.position)
    let name = try FaultName(try everything.required("name"))
    let settings = name.fault.settings
    let mapping = try node.mapping(
      "the fault \(name.rawValue)",
      keys: ["name"] + settings.map(\.name) + ScenarioKeys.faultConditions.keys.map(\.name))
    var values: [String: FaultValue] = [:]
    for setting in settings {
      guard let value = mapping[setting.name] else { continue }
      switch setting.standard {
      case .number: values[setting.name] = .number(try value.int(in: ConfiguredFault.numbers))
      case .duration: values[setting.name] = .duration(try value.duration())
      case .text: values[setting.name] = .text(try value.string())
      }
    }
    self.init(name, values, when: try FaultConditions(mapping, of: name.fault))
  }

  /// No setting makes the mock build or count more than this.
  static let numbers = 0...16_777_216
}

extension FaultName {
  /// Reads a fault's name.
  public init(_ node: YAMLNode) throws(ScenarioError) { self = try node.name(of: "a fault", listedBy: "faults") }
}

extension FaultConditions {
  fileprivate init(_ mapping: YAMLMapping, of fault: Fault) throws(ScenarioError) {
    self.init(times: fault.times, after: fault.after)
    if let node = mapping["chance"] { chance = try node.number(in: 0...1) }
    if let node = mapping["skip"] { skip = try node.int() }
    if let node = mapping["every-nth"] { everyNth = try node.int(in: 1...Int.max) }
    if let node = mapping["times"] { times = try node.int(in: 1...Int.max) }
    if let node = mapping["for"] { lasts = try node.duration() }
    transactionID = try mapping["tr_id"]?.pattern()
    key = try mapping["tr_key"]?.pattern()
    path = try mapping["path"]?.pattern()
    appKey = try mapping["app-key"]?.pattern()
    if let node = mapping["after"] { after = try node.bool() }
  }
}

extension YAMLNode {
  /// A text, or a list of them, each with `*` for any characters.
  public func pattern() throws(ScenarioError) -> TextPattern { TextPattern(try strings()) }
}
