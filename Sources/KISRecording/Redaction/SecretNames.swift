/// Which names have a secret as their value: headers, query parameters, members of JSON, in any case of letters.
enum SecretNames {
  static func kind(of name: some Sequence<UInt8>) -> SecretKind? { kinds[lowercased(name)] }

  /// The longest of them, in bytes.
  static let longest = kinds.keys.map(\.count).max() ?? 0

  private static func lowercased(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  private static let kinds: [[UInt8]: SecretKind] = {
    let names: [(SecretKind, String)] = [
      (.appKey, "appkey app_key app-key x-appkey apikey api_key api-key"),
      (.appSecret, "appsecret app_secret app-secret secretkey secret_key secret"),
      (.token, "authorization proxy-authorization access_token refresh_token token bearer"),
      (.approvalKey, "approval_key approvalkey approval-key"),
      (.hashKey, "hashkey hash_key hash"),
      (.personalKey, "personalseckey"),
      (.account, "cano acnt_no acct_no acc_no account account_no account_number acntno"),
      (.htsID, "user_id userid hts_id htsid cust_id my_htsid mbr_id"),
      (.name, "acnt_name acnt_nm cust_nm cust_name opp_cust_nm user_name user_nm work_empl customer_name"),
      (.phone, "phone_number phone tel tel_no tlno ctac_tlno mbl_no hp_no mobile"),
      (.address, "ip_addr ord_ip_addr inqr_ip_addr x-forwarded-for x-real-ip forwarded client_ip ip"),
      (.hardwareAddress, "mac_address mac_addr mac"),
      (.cookie, "cookie set-cookie"),
      (.iv, "iv"),
      (.key, "key"),
      (.nonce, "sec-websocket-key sec-websocket-accept"),
    ]
    var kinds: [[UInt8]: SecretKind] = [:]
    for (kind, words) in names {
      for word in words.split(separator: " ") { kinds[Array(word.utf8)] = kind }
    }
    return kinds
  }()
}
