import KISWire
import Testing

@testable import KISSandbox

@Suite("Waiting for the journal")
struct JournalWatchesTests {
  @Test("a wait ends with the entry that completes it, not before")
  func waits() throws {
    var journal = Journal()
    var watches = JournalWatches<String>()
    journal.append(.get("/x"), at: .zero)
    let id = watches.wait(for: try .reading("request: {path: /x}"), count: 3, in: journal, "third")
    #expect(id != nil)
    #expect(watches.note(journal.append(.get("/x"), at: .zero)).isEmpty)
    #expect(watches.note(journal.append(.get("/y"), at: .zero)).isEmpty)
    #expect(watches.note(journal.append(.get("/x"), at: .zero)) == ["third"])
    #expect(watches.note(journal.append(.get("/x"), at: .zero)).isEmpty)
    #expect(watches.isEmpty)
  }

  @Test("nobody waits for what is there already")
  func isThere() throws {
    var journal = Journal()
    var watches = JournalWatches<String>()
    journal.append(.get("/x"), at: .zero)
    #expect(watches.wait(for: try .reading("request"), in: journal, "nobody") == nil)
    #expect(watches.isEmpty)
  }

  @Test("one who gives up is handed out once")
  func givesUp() throws {
    var watches = JournalWatches<String>()
    let id = try #require(watches.wait(for: try .reading("connect"), in: Journal(), "impatient"))
    #expect(watches.remove(id) == "impatient")
    #expect(watches.remove(id) == nil)
  }

  @Test("delivered frames count too")
  func frames() throws {
    var watches = JournalWatches<String>()
    _ = watches.wait(for: try .reading("{frame: {tr_id: A, tr_key: B}, session: 1}"), count: 10, in: Journal(), "ten")
    #expect(watches.noteDelivered(9, transactionID: "A", key: "B", to: 1, at: .zero).isEmpty)
    #expect(watches.noteDelivered(9, transactionID: "A", key: "B", to: 2, at: .zero).isEmpty)
    #expect(watches.noteDelivered(9, transactionID: "A", key: "C", to: 1, at: .zero).isEmpty)
    #expect(watches.noteDelivered(9, transactionID: "A", key: "B", to: 1, at: .zero) == ["ten"])
  }
}
