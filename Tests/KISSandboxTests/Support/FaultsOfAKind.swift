import KISScenario

extension ConfiguredFault {
  /// Itself as a fault of frames, or nothing.
  var frame: [FrameFault] { if case .frame(let fault) = behavior { [fault] } else { [] } }

  /// Itself as a fault of HTTP answers, or nothing.
  var http: [HTTPFault] { if case .http(let fault) = behavior { [fault] } else { [] } }
}
