import KISRecording
import KISSandbox
import KISScenario
import KISWire

/// What the page asks and does beside what programs need: looks without being a client, rules on the spot, forks.
extension AdminCall {
  /// What a REST API answers now.
  func ask() async throws -> JSONValue {
    let members = body["parameters"]?.object?.members ?? []
    let parameters = members.map { (name: $0.name, value: $0.value.string ?? $0.value.text) }
    let method = body["method"]?.string ?? "GET"
    let headers = [
      (name: "tr_id", value: body["tr_id"]?.string ?? ""), (name: "appkey", value: body["app_key"]?.string ?? ""),
    ]
    let answer = await sandbox.ask(
      RESTRequest(
        method: method, path: body["path"]?.string ?? "", query: method == "GET" ? parameters : [],
        headers: headers.filter { !$0.value.isEmpty },
        body: method == "GET" ? [] : JSONValue.object(JSONObject(parameters.map { ($0.name, .string($0.value)) })).utf8)
    )
    let json = try? JSONValue(parsing: answer.body)
    return [
      "status": .number(answer.status), "source": .string(answer.source.rawValue),
      "body": json ?? .string(String(decoding: answer.body, as: UTF8.self)),
    ]
  }

  func addRule() async throws -> JSONValue {
    let node = try YAMLNode(parsing: (body["rule"] ?? .null).text, file: "rule")
    await sandbox.add(try Rule(node, states: await sandbox.states))
    return await rules()
  }

  func removeRules() async -> JSONValue {
    await sandbox.removeAddedRules()
    return await rules()
  }

  func rules() async -> JSONValue {
    let rules = await sandbox.rules
    return [
      "rules": .array(
        rules.map { rule in
          [
            "name": .string(rule.name), "states": .array(rule.states.map { .string($0) }),
            "enters": .array(rule.enteredStates.map { .string($0) }), "answers": .bool(rule.answers),
          ]
        })
    ]
  }

  func strikeSession() async throws -> JSONValue {
    let numbers = await sandbox.sessionStatuses.map(\.number)
    let name = path["session"] ?? ""
    guard let number = Int(name), numbers.contains(number) else {
      throw AdminError.unknown("session", name, known: numbers.map { String($0) })
    }
    let node = try YAMLNode(parsing: (body["fault"] ?? .null).text, file: "fault")
    let fault = try ConfiguredFault(node)
    guard await sandbox.strike(session: number, with: fault) else {
      throw AdminError.badRequest(
        "\(fault.name.rawValue) does not end or silence a session", hint: "arm it with POST /faults instead",
        nearest: ["ws-close", "ws-reset", "ws-stall"])
    }
    return await sessions()
  }

  func forkSandbox() async throws -> JSONValue {
    let original = try server.sandboxes.known(path["name"] ?? "")
    let keys = (body["app_keys"]?.array ?? []).compactMap(\.string)
    let clients = SandboxClients(appKeys: Set(keys), port: body["port"]?.int ?? (keys.isEmpty ? 0 : nil))
    let name = body["name"]?.string ?? freeName(for: original.name)
    let state = await original.state(isPaused: body["paused"]?.bool ?? true)
    return await json(of: try await server.sandboxes.create(continuing: state, named: name, for: clients))
  }

  private func freeName(for name: String) -> String {
    let taken = Set(server.sandboxes.all.map(\.name))
    return (1...taken.count + 1).lazy.map { "\(name)-fork-\($0)" }.first { !taken.contains($0) } ?? name
  }

  func knownFaults() -> JSONValue { ["faults": .array(Fault.table.map(\.json))] }

  /// All TRs, or the layout of one in the order of the wire.
  func realtimeCatalogue() -> JSONValue {
    [
      "transactions": .array(
        Catalogue.realtime.map { ["tr_id": .string($0.id.rawValue), "name": .string($0.koreanName)] })
    ]
  }

  func realtimeLayout() async throws -> JSONValue {
    let id = TransactionID(path["tr_id"] ?? "")
    guard let entry = Catalogue.realtime(id) else {
      throw AdminError(
        status: 404, message: "there is no realtime TR `\(id.rawValue)`", hint: "/catalogue lists them",
        nearest: Catalogue.nearest(to: id).map(\.rawValue))
    }
    let layout = await sandbox.layout(of: id)
    let names = Dictionary(entry.fields.map { ($0.name, $0.koreanName) }) { first, _ in first }
    return [
      "tr_id": .string(id.rawValue), "name": .string(entry.koreanName), "encrypted": .bool(entry.isEncrypted),
      "width": .number(layout.width),
      "fields": .array(layout.fields.map { ["name": .string($0), "korean": .string(names[$0] ?? "")] }),
    ]
  }

  func trading() async -> JSONValue {
    let kinds = await sandbox.orderKinds
    return [
      "kinds": .array(
        kinds.map {
          [
            "code": .string($0.code), "name": .string($0.name), "venues": .array($0.venues.map { .string($0) }),
          ]
        })
    ]
  }
}

extension AdminSchema {
  static let question = AdminSchema(
    "Question", "A call of KIS's REST API.",
    [
      .may("method", .word(["GET", "POST"]), "Default: GET."),
      .has("path", .text, "`/uapi/domestic-stock/v1/quotations/inquire-price`."),
      .may("tr_id", .text, "Its tr_id."),
      .may("parameters", .map(.text), "Its query, or the members of its body."),
      .may("app_key", .text, "Whose order it is: notices go to them."),
    ])

  static let reply = AdminSchema(
    "Reply", "What KIS's REST API answers.",
    [
      .has("status", .whole(from: 0), "The HTTP status."),
      .has("source", .text, "Who answered."),
      .has("body", .anything, "The body: JSON, or text when it is none."),
    ])

  static let newRule = AdminSchema(
    "NewRule", "A rule to add.", [.has("rule", .scenario("rule"), "When what happens, what is done.")])

  static let rules = AdminSchema(
    "Rules", "The rules that run.", [.has("rules", .list(.object(.rule)), "In the order in which they are looked at.")])

  private static let rule = AdminSchema(
    "Rule", "A rule.",
    [
      .has("name", .text, "Its name."),
      .has("states", .list(.text), "The states in which it is awake; empty for all."),
      .has("enters", .list(.text), "The states that it enters."),
      .has("answers", .flag, "Whether it answers requests."),
    ])

  static let striking = AdminSchema(
    "Striking", "What is done to a session at once.",
    [
      .has(
        "fault", .scenario("fault"),
        "One that ends or silences sessions: ws-close, ws-close-without-frame, ws-reset, ws-half-open, ws-stall.")
    ])

  static let fork = AdminSchema(
    "Fork", "Whose the copy is.",
    [
      .may("name", .text, "A new name. Default: that of the original and a number."),
      .may("app_keys", .list(.text), "Clients that come with one of these are in it."),
      .may(
        "port", .whole(from: 0, upTo: 65_535),
        "Clients that come in on this port are in it; 0, the default without app keys, takes a free one."),
      .may("paused", .flag, "Whether its time stands still and its replay is paused. Default: true."),
    ])

  static let knownFaults = AdminSchema(
    "KnownFaults", "Every fault that there is.", [.has("faults", .list(.object(.knownFault)), "By level.")])

  private static let knownFault = AdminSchema(
    "KnownFault", "A fault that may be armed.",
    [
      .has("name", .text, "Its name."), .has("level", .text, "http, websocket, tcp or broker."),
      .has("occasion", .text, "What it happens to."), .has("summary", .text, "What it does."),
      .has("settings", .list(.object(.faultSetting)), "What may be set."),
    ])

  private static let faultSetting = AdminSchema(
    "FaultSetting", "A setting of a fault.",
    [
      .has("name", .text, "Its name."), .has("kind", .word(["number", "duration", "text"]), "What may be written."),
      .has("default", .anything, "What it is when nothing is written."),
      .has("summary", .text, "What it means."),
    ])

  static let realtimeCatalogue = AdminSchema(
    "RealtimeCatalogue", "Every realtime TR.", [.has("transactions", .list(.object(.realtimeName)), "By category.")])

  private static let realtimeName = AdminSchema(
    "RealtimeName", "A realtime TR.", [.has("tr_id", .text, "Its id."), .has("name", .text, "Its Korean name.")])

  static let realtimeLayout = AdminSchema(
    "RealtimeLayout", "The values of a realtime TR as the sandbox sends them.",
    [
      .has("tr_id", .text, "Its id."), .has("name", .text, "Its Korean name."),
      .has("encrypted", .flag, "Whether its frames are encrypted."),
      .has("width", .whole(from: 0), "How many values a record has."),
      .has("fields", .list(.object(.realtimeField)), "In the order of the wire."),
    ])

  private static let realtimeField = AdminSchema(
    "RealtimeField", "A value.",
    [.has("name", .text, "KIS's name."), .has("korean", .text, "Its Korean name; empty when none is known.")])

  static let trading = AdminSchema(
    "Trading", "What may be ordered now.", [.has("kinds", .list(.object(.orderKind)), "Every kind of order.")])

  private static let orderKind = AdminSchema(
    "OrderKind", "A kind of order.",
    [
      .has("code", .text, "Its ORD_DVSN (주문구분)."), .has("name", .text, "Its Korean name."),
      .has("venues", .list(.text), "The venues that take it now; empty for none."),
    ])
}
