// Whoever embeds a server names its sandboxes, clocks, scenarios and times: they come with it.
@_exported public import KISSandbox
@_exported public import KISScenario
@_exported public import KISWire
