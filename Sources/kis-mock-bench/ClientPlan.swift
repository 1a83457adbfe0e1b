/// What the counting client is told to do; it goes to its process as one JSON argument.
struct ClientPlan: Codable {
  /// Where the mock answers REST; nil for a raw sender that needs no upgrade, registration or start.
  var restPort: Int?
  var port: Int
  var connections = 1
  /// Connections that register and then read nothing.
  var silent = 0
  /// What every connection registers.
  var transactionID = "H0UPPGM0"
  var keys = ["0001"]
  var stop: Stop
  /// The schedule to measure lateness against; nil measures none.
  var schedule: Schedule?
  /// The process whose processor time is counted while frames are; nil counts none.
  var server: Int32?

  /// When to stop counting.
  enum Stop: Codable {
    /// As soon as every connection has so many data frames.
    case frames(Int)
    /// After so many nanoseconds, which begin after a warm-up.
    case time(warmUp: Int64, measured: Int64)
  }

  /// When frames are due, in nanoseconds since the replay's start.
  struct Schedule: Codable {
    var lead: Int64
    var interval: Int64
  }
}
