public import KISWire

/// Which app keys, HTS ids and accounts exist. Without any app listed, every non-empty app key and secret is accepted.
public struct Credentials: Sendable, Hashable {
  /// The app keys that are accepted; empty accepts any.
  public var apps: [App] = []
  /// HTS ids that exist besides those of ``apps``; when no list names one, any is accepted.
  public var htsIDs: [String] = []
  /// Accounts that exist besides those of ``apps``: eight digits, a hyphen and the product code, `50012345-01`.
  public var accounts: [String] = []

  /// Nothing listed: everything is accepted.
  public init() {}

  /// One registration at the KIS developer portal.
  public struct App: Sendable, Hashable {
    /// The app key (`appkey`).
    public var key: String
    /// nil accepts any secret.
    public var secret: String?
    /// HTS ids of its owner, the `tr_key` of notices (체결통보).
    public var htsIDs: [String]
    /// Accounts of its owner: eight digits, a hyphen and the product code, `50012345-01`.
    public var accounts: [String]
    /// The venue that it was registered for: at the other one tokens are issued, and calls refused (EGW02007 on vts,
    /// EGW02004 on real). nil is good at both.
    public var venue: Venue?
    /// True for a company (법인): its tokens live 90 days and can be refreshed, and it has no paper trading.
    public var isCorporate: Bool

    /// An app of a private person that accepts any secret, unless told otherwise.
    public init(
      key: String, secret: String? = nil, htsIDs: [String] = [], accounts: [String] = [],
      venue: Venue? = nil, isCorporate: Bool = false
    ) {
      self.key = key
      self.secret = secret
      self.htsIDs = htsIDs
      self.accounts = accounts
      self.venue = venue
      self.isCorporate = isCorporate
    }
  }

  /// Every HTS id that exists; empty accepts any.
  public var allHTSIDs: [String] { htsIDs + apps.flatMap(\.htsIDs) }

  /// Every account that exists; empty accepts any.
  public var allAccounts: [String] { accounts + apps.flatMap(\.accounts) }
}
