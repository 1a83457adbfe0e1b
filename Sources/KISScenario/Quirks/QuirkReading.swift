import KISWire

extension Quirks {
  /// Reads a list of quirks: names, or mappings with `name`, `tr_id`, `tr_key` and `chance`.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    for element in node.list() {
      guard case .mapping = element.content else {
        insert(try Quirk(element))
        continue
      }
      let mapping = try element.mapping(ScenarioKeys.quirk)
      var scope = QuirkScope(
        registration: RegistrationPattern(
          transactionID: try mapping["tr_id"]?.pattern(), key: try mapping["tr_key"]?.pattern()))
      scope.chance = try mapping["chance"]?.number(in: 0...1)
      insert(try Quirk(mapping.required("name")), scope: scope)
    }
  }
}

extension Quirk {
  /// Reads a quirk's name.
  fileprivate init(_ node: YAMLNode) throws(ScenarioError) {
    let text = try node.string("the name of a quirk")
    guard let quirk = Quirk(rawValue: text) else {
      throw node.unexpected(
        "the name of a quirk", nearest: Similarity.nearest(to: text, in: Quirk.allCases.map(\.rawValue)).first,
        advice: "run `kis-mock quirks` for the list")
    }
    self = quirk
  }
}
