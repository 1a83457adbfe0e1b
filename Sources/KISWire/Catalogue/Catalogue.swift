/// Every realtime TR and REST API of KIS: ids, fields in wire order, parameters, venues, encryption.
///
///     Catalogue.realtime("H0UPPGM0")?.fields.count            // 88
///     Catalogue.rest(path: "/uapi/domestic-stock/v1/quotations/inquire-price")?.parameters
///     Catalogue.nearest(to: "H0UPPGM1")                       // [H0UPPGM0, …]
///
/// The facts ship inside the package as text. An entry is parsed when it is first asked for, then kept.
public enum Catalogue {
  /// All 61 realtime TRs, by category.
  public static var realtime: [RealtimeTR] { realtimeTable.all }

  /// All 278 REST and OAuth APIs, by path.
  public static var rest: [RESTAPI] { restTable.all }

  /// The realtime TR with this id, be it the real or the paper one; nil when there is none.
  public static func realtime(_ id: TransactionID) -> RealtimeTR? { realtimeTable.entry(for: id.rawValue) }

  /// The REST API with this id, be it a real or a paper one; nil when there is none.
  public static func rest(_ id: TransactionID) -> RESTAPI? {
    id.rawValue.hasPrefix("/") ? nil : restTable.entry(for: id.rawValue)
  }

  /// The REST or OAuth API at this path; nil when there is none, or only one for another method.
  public static func rest(path: String, method: String? = nil) -> RESTAPI? {
    guard path.hasPrefix("/"), let api = restTable.entry(for: path), method == nil || api.method == method else {
      return nil
    }
    return api
  }

  /// The API that answers a request. The `tr_id` decides what is looked up: where the official sample sends that of another
  /// API (`HHDFO55020100` to `inquire-time-optchartprice`, quirk 38), it is that other one.
  public static func rest(path: String, method: String, id: TransactionID) -> RESTAPI? {
    guard let api = rest(path: path, method: method) else { return nil }
    guard api.otherIDs.contains(id), let meant = rest(id), meant.ids.contains(id), meant.method == method else {
      return api
    }
    return meant
  }

  /// The ids that look most like a misspelt one, best first: realtime ids and REST ids alike.
  public static func nearest(to id: TransactionID, count: Int = 3) -> [TransactionID] {
    let ids = realtimeTable.keys + restTable.keys.filter { !$0.hasPrefix("/") }
    return Similarity.nearest(to: id.rawValue, in: ids, count: count).map { TransactionID($0) }
  }

  /// The paths that look most like a misspelt one, best first.
  public static func nearest(toPath path: String, count: Int = 3) -> [String] {
    Similarity.nearest(to: path, in: restTable.keys.filter { $0.hasPrefix("/") }, count: count)
  }

  private static let realtimeTable = CatalogueTable(RealtimeTable.lines, parse: RealtimeTR.init)
  private static let restTable = CatalogueTable(RESTTable.lines, parse: RESTAPI.init)
}
