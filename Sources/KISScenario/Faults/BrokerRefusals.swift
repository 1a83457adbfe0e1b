import KISWire

extension ConfiguredFault {
  /// What KIS answers under a fault of its own; nil for faults that refuse nothing.
  ///
  /// ``FaultName/tokenIssueRefused`` is for tokenP only, see ``refuses(path:)``.
  public var refusal: Answer? {
    switch name {
    case .tokenExpired: Answer(status: 500, body: .code("EGW00123"))
    case .tokenRevoked: Answer(status: 500, body: .code("EGW00121"))
    case .tokenIssueRefused: Answer(status: 403, body: .code("EGW00133"))
    case .rateLimit: Answer(status: number("status"), body: .code("EGW00201"))
    case .ledgerLimit: Answer(status: 500, body: .code("EGW00215"))
    case .sessionFull: Answer(status: 200, body: .code("OPSQ1002"))
    case .gatewayTransient: Answer(status: 500, body: .code("EGW00316"))
    case .gatewayRouting: Answer(status: 500, body: .code("EGW00202"))
    case .timeLimit:
      Answer(
        status: 200,
        body: .json([
          "rt_cd": "2", "msg_cd": "OPSQ2001", "msg1": .string("TIME LIMIT \(text("window"))"),
        ]))
    case .registrationRefused: Answer(body: .code(text("code")))
    case .registrationLimit: Answer(body: .code("OPSP0008"))
    case .appKeyInUse: Answer(body: .code("OPSP8996"))
    case .approvalKeyUnknown: Answer(body: .code("OPSP0011"))
    default: nil
    }
  }

  /// True when ``refusal`` concerns requests to this path: tokens are refused where they are issued, the rest where
  /// they are used.
  public func refuses(path: String) -> Bool {
    guard name.fault.level == .broker, name.fault.occasion == .request else { return false }
    return name == .tokenIssueRefused ? path == "/oauth2/tokenP" : path.hasPrefix("/uapi/")
  }
}
