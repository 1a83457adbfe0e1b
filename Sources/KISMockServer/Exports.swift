// Whoever embeds a server names its sandboxes, clocks, scenarios and times: they come with it. Of the sandbox only what
// is named below, since its REST requests and answers are called as those of a client are.
@_exported public import KISScenario
@_exported public import KISWire

@_exported public import protocol KISSandbox.MockClock
@_exported public import class KISSandbox.RealClock
@_exported public import class KISSandbox.Sandbox
@_exported public import struct KISSandbox.SandboxConfiguration
@_exported public import class KISSandbox.VirtualClock
