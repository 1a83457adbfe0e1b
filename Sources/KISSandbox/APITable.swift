import KISWire

/// The table of all APIs as documentation: what `kis-mock apis --markdown` prints.
public enum APITable {
  /// Markdown: the counts, then a line for every API, by path.
  public static func markdown(of all: [APIDescription]) -> String {
    let madeUp = all.reduce(0) { $0 + $1.madeUp.count }
    let fields = all.reduce(0) { $0 + $1.fieldCount }
    let ignored = all.reduce(0) { $0 + $1.ignored.count }
    let heeded = all.reduce(0) { $0 + $1.honoured.count }
    let decoration = all.reduce(0) { $0 + $1.decoration.count }
    let counts = APIDescription.Source.allCases.map { source in (source, all.count { $0.source == source }) }
    let sources = counts.filter { $0.1 > 0 }.map { "\($0.1) by the \(words[$0.0] ?? $0.0.rawValue)" }
    let head = """
      # Every REST API

      Made by `kis-mock apis --markdown`; a test says when it is no longer true. Every API is asked at half past ten of a
      trading day, orders as purchases and sales that meet somebody and that wait, reservations in the evening; what is told
      here is what the answers were made of. Another test asks all inquiries with each of the values that KIS's documents
      name for their parameters, and tells which of them cannot be told apart, and why: `DocumentedValueTests`.

      \(all.count) APIs are answered: \(sources.joined(separator: ", ")). Of \(heeded + decoration + ignored) parameters
      \(heeded) are heeded, \(decoration) say nothing (numbers of screens, cursors that are repeated, what documents want with
      one value), and \(ignored) are taken and ignored. Of \(fields) fields \(madeUp) are made up around their names.

      * **heeds**: parameters that were looked at for the answer.
      * **says nothing**: what they hold makes no difference, here or at KIS.
      * **ignores**: they would mean something, and are not looked at.
      * **made up**: fields that nobody here knows.

      | API | answered by | heeds | says nothing | ignores | made up |
      |---|---|---|---|---|---|

      """
    let lines = all.sorted { $0.api.path < $1.api.path }.map { api in
      let id = api.api.ids.first?.rawValue ?? ""
      let path = api.api.path.replacing("/uapi/", with: "")
      return "| \(api.api.koreanName) `\(id)`<br>\(path) | \(api.source.rawValue) | \(list(api.honoured)) "
        + "| \(list(api.decoration)) | \(list(api.ignored)) | \(list(api.madeUp)) |"
    }
    return head + lines.joined(separator: "\n") + "\n"
  }

  private static let words: [APIDescription.Source: String] = [
    .exchange: "exchange and its accounts", .market: "market", .calendar: "calendar",
    .generic: "words and chance alone",
  ]

  private static func list(_ names: [String]) -> String { names.joined(separator: " ") }
}
