import KISSandbox
import KISScenario
package import KISWire

extension FuzzTarget {
  /// Bodies of the admin API, each checked against every route, and read by whatever reads scenarios in it.
  package static let adminBody = FuzzTarget(
    name: "admin-body",
    seeds: [
      #"{"name":"alice","app_keys":["k"],"port":0,"scenario":"token-expiry","speed":"max","start":"09:30:00","encrypt":["H0UPPGM0"]}"#,
      #"{"expect":[{"request":{"path":"/oauth2/*"},"at-most":1,"within":"1m"},{"in-order":["connect",{"register":{}}]}]}"#,
      #"{"fault":{"name":"rate-limit","times":2,"path":"/uapi/*"},"session":1}"#,
      #"{"match":{"code":"005930"},"do":{"partial":"30%"}}"#, #"{"time":"10:30:00"}"#,
      #"{"for":"disconnect","timeout":"1s"}"#,
    ],
    run: { bytes in
      guard let json = try? JSONValue(parsing: bytes) else { return .refused }
      var isTaken = false
      for schema in AdminRoutes.all.compactMap(\.takes) {
        if (try? schema.check(json)) != nil { isTaken = true }
      }
      for member in json.object?.members.prefix(20) ?? [] {
        guard let node = try? YAMLNode(parsing: member.value.text, file: member.name) else { continue }
        _ = try? JournalQuery(node)
        _ = try? node.list().prefix(100).map { try JournalExpectation($0) }
        _ = try? ConfiguredFault(node)
        _ = try? OrderRule(node)
      }
      return isTaken ? .read : .refused
    })

  /// Queries, as clients write them.
  package static let query = FuzzTarget(
    name: "query",
    seeds: ["FID_INPUT_ISCD=005930&CTX_AREA_FK100=a+b%20c&x&=&%EC%82%BC=%zz%", "limit=10&sandbox=alice"],
    run: { bytes in
      let parameters = formParameters(String(decoding: bytes, as: UTF8.self))
      let request = RESTRequest(method: "GET", path: "/uapi/x", query: parameters)
      return request.observed.parameters.count == parameters.count ? .read : .inconsistent
    })

  /// The file of `--config`: every setting but those that name files.
  package static let settings = FuzzTarget(
    name: "config",
    seeds: [
      "speed: 60\nseed: 7\nrest-port: 0\nclock: scaled\nstart: 09:30\nas-of: 2024-06-03\nencrypt: [H0UPPGM0]\n",
      "lenient: true\nvenue: vts\nrequest-timeout: 30s\nallow-host: [a, b]\nadmin-token: x\nslow-client: wait\n",
    ],
    run: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let names = Setting.allCases.map(\.rawValue)
      guard let mapping = try? YAMLNode(parsing: text, file: "fuzz.yaml").mapping("the options of serve", keys: names)
      else { return .refused }
      var plan = ServerPlan()
      for setting in Setting.allCases where ![.file, .files].contains(setting.row.kind) {
        guard let texts = try? mapping[setting.rawValue]?.strings() else { continue }
        guard (try? plan.set(setting, to: SettingText(setting, texts), ScenarioLibrary(places: []))) != nil else {
          return .refused
        }
      }
      return .read
    })
}
