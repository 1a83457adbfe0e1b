/// What the KIS documents say about one REST or OAuth API.
public struct RESTAPI: Sendable, Hashable {
  /// `GET` or `POST`.
  public let method: String
  /// `/uapi/domestic-stock/v1/quotations/inquire-price`; each path has one method.
  public let path: String
  /// The `tr_id`s on the real service: several where buying, selling or periods differ, none for OAuth.
  public let ids: [TransactionID]
  /// The `tr_id`s on the paper trading service (모의투자).
  public let paperIDs: [TransactionID]
  /// Whether the paper trading service offers it.
  public let isPaperSupported: Bool
  /// The number of the KIS document: `국내주식-037`.
  public let documentID: String?
  /// 국내기관_외국인 매매종목가집계
  public let koreanName: String
  /// `[국내주식] 시세분석`
  public let koreanCategory: String
  /// The name of its function in the official samples.
  public let function: String?
  /// The document's words about which `tr_id` does what, for real and vts.
  public let idNotes: [String: String]
  /// More ids for the same thing, of both venues: older ones that clients still use, and those of the official sample.
  public let otherIDs: [TransactionID]
  /// Where the parameters go: in the query of a GET, in the JSON body of a POST.
  public let parametersPlace: Place
  /// What it takes, in the order of the document.
  public let parameters: [Parameter]
  /// The output members of a success, in the order of the document.
  public let outputs: [Output]
  /// Members of a success beside `output…`, `rt_cd`, `msg_cd` and `msg1`.
  public let topLevelFields: [String]
  /// How more rows are fetched.
  public let paging: Paging
  /// What else is odd about it.
  public let note: String?

  /// Where parameters travel.
  public enum Place: String, Sendable, Hashable { case query, body }

  /// One query parameter or body member.
  public struct Parameter: Sendable, Hashable {
    /// KIS's own spelling: `FID_INPUT_ISCD`.
    public let name: String
    /// 종목코드 …; empty when no document says.
    public let koreanName: String
    /// Whether the document asks for it. False for what it asks for while the official sample does without.
    public let isRequired: Bool
    /// The longest value according to the document; nil when it says nothing.
    public let length: Int?
  }

  /// One output member of a success.
  public struct Output: Sendable, Hashable {
    /// The member's name on the wire: `output`, `output1` …
    public let key: String
    /// The document's spelling of it: `Output`.
    public let documentedKey: String
    /// What it holds, by captured replies, then the document's example, then the official sample, then its table.
    public let shape: Shape
    /// What the document's table says it holds; known to be wrong in places (quirk 26).
    public let documentedShape: Shape
    /// Names in the order of the document, in the case of the wire.
    public let fields: [String]
  }

  /// One row or many.
  public enum Shape: String, Sendable, Hashable { case object, array }

  /// How more rows are fetched (PROTOCOL section 2.5).
  public struct Paging: Sendable, Hashable {
    /// Whether the document speaks of paging by `tr_cont`; nil when it says nothing.
    public let isDocumented: Bool?
    /// The parameters that carry the cursor: `CTX_AREA_FK100`, `CTX_AREA_NK100`.
    public let cursors: [String]
    /// The values of `tr_cont` on which the official sample asks for more.
    public let continuesOn: [String]
  }

  /// All ids on a venue; empty when the API is not offered there, or is OAuth. Paper ids start with V, as a rule.
  public func ids(on venue: Venue) -> [TransactionID] {
    let others = otherIDs.filter { $0.rawValue.hasPrefix("V") == (venue == .vts) }
    return (venue == .real ? ids : paperIDs) + others
  }
}

extension RESTAPI {
  init(_ json: JSONValue) {
    method = json.text("method")
    path = json.text("path")
    ids = json.texts("tr_id").map { TransactionID($0) }
    paperIDs = json.texts("tr_id_vts").map { TransactionID($0) }
    isPaperSupported = json["vts"]?.bool ?? false
    documentID = json["api_id"]?.string
    koreanName = json.text("name_ko")
    koreanCategory = json.text("category_ko")
    function = json["function"]?.string
    let notes = json["tr_id_doc"]?.object?.members ?? []
    idNotes = Dictionary(notes.map { ($0.name, $0.value.string ?? "") }) { first, _ in first }
    otherIDs = json.texts("tr_id_also").map { TransactionID($0) }
    parametersPlace = Place(rawValue: json.text("params_in")) ?? .query
    parameters = json.texts("params").map(Parameter.init)
    outputs = (json["outputs"]?.array ?? []).map(Output.init)
    topLevelFields = json.texts("top_level_fields")
    paging = Paging(json["paging"] ?? [:])
    note = json["note"]?.string
  }
}

extension RESTAPI.Parameter {
  /// Reads `NAME Y 2 조건 시장 분류 코드`.
  fileprivate init(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 3).map(String.init)
    name = parts.first ?? ""
    isRequired = parts.count > 1 && parts[1] == "Y"
    length = parts.count > 2 ? Int(parts[2]) : nil
    koreanName = parts.count > 3 ? parts[3] : ""
  }
}

extension RESTAPI.Output {
  fileprivate init(_ json: JSONValue) {
    key = json.text("key")
    documentedKey = json["key_doc"]?.string ?? key
    shape = RESTAPI.Shape(rawValue: json.text("shape")) ?? .object
    documentedShape = RESTAPI.Shape(rawValue: json.text("shape_doc")) ?? shape
    fields = json.texts("fields")
  }
}

extension RESTAPI.Paging {
  fileprivate init(_ json: JSONValue) {
    isDocumented = json["documented"]?.string.map { $0 == "yes" }
    cursors = json.texts("cursors")
    continuesOn = json.texts("continue_on")
  }
}
