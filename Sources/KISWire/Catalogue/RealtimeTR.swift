/// What the KIS documents say about one realtime TR.
public struct RealtimeTR: Sendable, Hashable {
  /// `tr_id` on the real service.
  public let id: TransactionID
  /// `tr_id` on the paper trading service (모의투자); nil when it is not offered there.
  public let paperID: TransactionID?
  /// The number of the KIS document: `실시간-028`.
  public let documentID: String?
  /// 국내지수 실시간프로그램매매
  public let koreanName: String
  /// The name of its function in the official samples: `index_program_trade`.
  public let function: String
  /// The folder of the official samples: `domestic_stock`.
  public let category: String
  /// The WebSocket path that the document prints. Any path takes any TR.
  public let path: String
  /// What its `tr_key` is.
  public let key: KeyKind
  /// The document's words about `tr_key`.
  public let keyNote: String
  /// The longest `tr_key` according to the document; often too short.
  public let documentedKeyLength: Int?
  /// Whether data frames arrive with flag 1. A reply's `encrypt` says otherwise now and then.
  public let isEncrypted: Bool
  /// Names in wire order, as of the document. See ``Dialect`` for what is in force on a day.
  public let fields: [Field]
  /// Where the names come from: `official sample = portal`, `live frames` …
  public let fieldsSource: String
  /// How many values each source counts: `portal_table`, `portal_example`, `official_sample`, `legacy_sample`, `seed`.
  public let documentedWidths: [String: Int]
  /// Widths of captured frames, with id, venue, day and source, for people.
  public let observedWidths: [String]
  /// The official sample's column list where it differs from the wire.
  public let officialSampleFields: [String]
  /// What else is odd about it.
  public let note: String?

  /// One value of a record.
  public struct Field: Sendable, Hashable {
    /// KIS's own spelling, upper case: `ARBT_SELN_ENTM_CNQN`.
    public let name: String
    /// 차익 매도 위탁 체결량
    public let koreanName: String
  }

  /// What a `tr_key` names.
  public enum KeyKind: String, Sendable, Hashable, CaseIterable {
    /// Six characters, letters possible; ETNs have a leading Q: `005930`, `0074K0`, `Q500001`.
    case stock
    /// An ETF (상장지수펀드), six characters like a share: `069500`.
    case etf
    /// An ELW (주식워런트증권), six characters with letters: `57JN53`.
    case elw
    /// Four digits (업종코드): `0001` KOSPI.
    case industry
    /// A bond (채권) by its ISIN, twelve characters: `KR103502GD31`; or a bond index (채권지수): `KBPR01`.
    case bond
    /// Futures and options of KRX: `101V06`.
    case derivative
    /// A symbol with a prefix for delay and exchange: `DNASAAPL`.
    case overseasStock = "overseas_stock"
    /// The symbol of a future or option abroad (해외선물옵션), without a prefix: `ESZ26`.
    case overseasDerivative = "overseas_derivative"
    /// The HTS id of a customer; numeric ids have a leading `$`.
    case htsID = "hts_id"
  }

  /// The id on a venue; nil when the TR is not offered there.
  public func id(on venue: Venue) -> TransactionID? { venue == .real ? id : paperID }
}

extension RealtimeTR {
  init(_ json: JSONValue) {
    id = TransactionID(json.text("tr_id"))
    paperID = json["tr_id_vts"]?.string.map { TransactionID($0) }
    documentID = json["api_id"]?.string
    koreanName = json.text("name_ko")
    function = json.text("function")
    category = json.text("category")
    path = json.text("path")
    key = KeyKind(rawValue: json.text("key")) ?? .stock
    keyNote = json.text("key_note")
    documentedKeyLength = json["key_length"]?.int
    isEncrypted = json["encrypted"]?.bool ?? false
    fields = json.texts("fields").map { text in
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      return Field(name: parts.first ?? "", koreanName: parts.count > 1 ? parts[1] : "")
    }
    fieldsSource = json.text("fields_source")
    let counts = json["counts"]?.object?.members ?? []
    documentedWidths = Dictionary(counts.map { ($0.name, $0.value.int ?? 0) }) { first, _ in first }
    observedWidths = json.texts("observed")
    officialSampleFields = json.texts("official_sample_fields")
    note = json["note"]?.string
  }
}
