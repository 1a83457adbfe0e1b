/// A reader of captures: gives the events of one file after another as it goes, in bounded memory.
package protocol CaptureSource {
  /// Reads on for a while and appends what was found.
  ///
  /// - Returns: whether there may be more.
  mutating func read(into events: inout [CapturedEvent]) throws(CaptureError) -> Bool
  /// What was read and left out so far.
  var report: CaptureReport { get }
}
