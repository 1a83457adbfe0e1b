package import KISWire

extension FuzzTarget {
  /// The recording reader: whatever it reads, it reads again after writing it.
  package static let recording = FuzzTarget(
    name: "recording",
    seeds: [
      header + #"{"t":0,"marker":"open"}"# + "\n" + #"{"t":1,"ws":"0|H0UPPGM0|001|0001^085913^0"}"# + "\n",
      header + #"{"t":5,"conn":1,"from":"client","ws":"{\"header\":{}}"}"# + "\r\n" + #"{"t":5,"ws64":"MHz//oA="}"#,
      header
        + #"{"t":6,"rest":{"method":"GET","path":"/x","tr_id":"A","parameters":{"B":"1"},"status":200,"body":{"a":[1]}}}"#
        + "\n" + #"{"t":7,"conn":1,"close":{"code":1006,"reason":"x"}}"# + "\n",
      header + #"{"t":1,"conn":2,"open":{"path":"/tryitout","headers":{"Host":"a"}}}"# + "\n"
        + #"{"t":2,"conn":2,"ping":"a"}"# + "\n" + #"{"t":3,"conn":2,"from":"client","pong64":"ww=="}"# + "\n"
        + #"{"t":4,"conn":2,"ws64":"ww==","binary":true}"# + "\n" + #"{"t":5,"conn":2,"lost":true}"# + "\n",
    ],
    run: { bytes in
      guard var reader = try? RecordingReader(bytes: bytes), let events = try? reader.events() else { return .refused }
      var written: [UInt8] = []
      reader.header.appendLine(to: &written)
      for event in events { event.appendLine(to: &written) }
      guard var again = try? RecordingReader(bytes: written) else { return .inconsistent }
      return Outcome(isConsistent: again.header == reader.header && (try? again.events()) == events)
    })

  /// Catalogue files, and what differs between them and the built-in catalogue.
  package static let catalogue = FuzzTarget(
    name: "catalogue",
    seeds: [
      #"{"kis_catalogue":1,"as_of":"2026-09-21","source":"x"}"# + "\n"
        + #"{"tr_id":"H0UPPGM0","key":"industry","encrypted":false,"width":88,"fields":["BSTP_CLS_CODE","BSOP_HOUR digits"]}"#
        + "\n"
        + #"{"method":"GET","path":"/uapi/x","tr_id":["A"],"outputs":[{"key":"o","shape":"array","fields":["a number"]}]}"#
    ],
    run: { bytes in
      guard CatalogueFile.begins(bytes), let file = try? CatalogueFile(parsing: bytes, file: "fuzz.jsonl") else {
        return .refused
      }
      for entry in file.entries { _ = entry.content.utf8 }
      return .read
    })

  private static let header = #"""
    {"kis_recording":2,"start":"2026-09-21T08:59:00+09:00","venue":"real","dialect":"2026-09-21","provenance":"simulated","source":"","title":"t"}

    """#
}

extension RecordingReader {
  fileprivate mutating func events() throws -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    while let event = try next() { events.append(event) }
    return events
  }
}
