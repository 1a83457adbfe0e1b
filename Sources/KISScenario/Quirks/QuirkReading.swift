import KISWire

extension Quirks {
  /// Reads a list of quirks: names, or mappings with `name`, `tr_id`, `tr_key` and `chance`.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    for element in node.list() {
      guard case .mapping = element.content else {
        insert(try element.name(of: "a quirk", listedBy: "quirks"))
        continue
      }
      let mapping = try element.mapping(ScenarioKeys.quirk)
      var scope = QuirkScope(
        registration: RegistrationPattern(
          transactionID: try mapping["tr_id"]?.pattern(), key: try mapping["tr_key"]?.pattern()))
      scope.chance = try mapping["chance"]?.number(in: 0...1)
      insert(try mapping.required("name").name(of: "a quirk", listedBy: "quirks"), scope: scope)
    }
  }
}
