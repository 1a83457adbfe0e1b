import KISRecording

/// A client that takes the place of whoever was recorded: which of its accounts stands for which recorded one.
struct CapturedClient: Sendable, Hashable {
  /// The recorded account for each of the client's own, eight digits both.
  private(set) var recordedAccounts: [String: String] = [:]
  /// The client's HTS id, as it registered or asked with it.
  var htsID: String?

  /// Whether it has placed an order that is not in the recording: its accounts are the exchange's from then on, since no
  /// recorded balance knows of that order.
  var tradesItself = false

  /// More accounts than this one client does not have.
  private static let mostAccounts = 100

  /// Notes an account of the client: its first stands for the first recorded one, its second for the second; further ones
  /// stand for the first too.
  mutating func note(account: String, among recorded: [String]) {
    guard recordedAccounts[account] == nil, recordedAccounts.count < CapturedClient.mostAccounts,
      let first = recorded.first
    else { return }
    let taken = Set(recordedAccounts.values)
    recordedAccounts[account] =
      recorded.contains(account) ? account : recorded.first { !taken.contains($0) } ?? first
  }

  /// What turns recorded text into the client's own.
  ///
  /// - Parameter account: what to use while the client has named none.
  func substitution(for people: RecordedPeople, account: String?) -> PersonSubstitution {
    var substitution = PersonSubstitution()
    for (own, recorded) in recordedAccounts.sorted(by: { $0.key < $1.key }) where own != recorded {
      if substitution.accounts[recorded] == nil { substitution.accounts[recorded] = own }
    }
    if recordedAccounts.isEmpty, let account, let first = people.accounts.first {
      substitution.accounts[first] = account
    }
    if let htsID {
      for recorded in people.htsIDs where recorded != htsID { substitution.htsIDs[recorded] = htsID }
    }
    return substitution
  }
}
