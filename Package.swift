// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target, tests included.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let nioSSL = Target.Dependency.product(
  name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"]))
let nioTLS = Target.Dependency.product(
  name: "NIOTLS", package: "swift-nio", condition: .when(traits: ["TLS"]))
let x509 = Target.Dependency.product(
  name: "X509", package: "swift-certificates", condition: .when(traits: ["TLS"]))
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1", condition: .when(traits: ["TLS"]))
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")

let package = Package(
  name: "kis-mock",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "KISWire", targets: ["KISWire"]),
    .library(name: "KISRecording", targets: ["KISRecording"]),
    .library(name: "KISMarket", targets: ["KISMarket"]),
    .library(name: "KISClient", targets: ["KISClient"]),
    .library(name: "KISMockServer", targets: ["KISMockServer"]),
    .library(name: "KISTesting", targets: ["KISTesting"]),
    .executable(name: "kis-mock", targets: ["kis-mock"]),
    .executable(name: "kis-mock-bench", targets: ["kis-mock-bench"]),
  ],
  traits: [
    .trait(
      name: "TLS",
      description: "`serve --tls`, and https/wss in the client. Adds BoringSSL and X.509 to the build.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    .target(name: "KISWire", dependencies: [crypto, cryptoExtras], swiftSettings: settings),
    .target(name: "KISRecording", dependencies: ["KISWire"], swiftSettings: settings),
    // Nearly all of its time goes into arithmetic, which takes thirty times as long without optimization: `swift run` and
    // tests, which are debug builds, would wait for days to be drawn.
    .target(name: "KISMarket", swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "KISCapture",
      dependencies: [
        "KISWire", "KISRecording", "KISTransport", nioCore, nioPosix,
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: settings),
    .target(
      name: "KISScenario",
      dependencies: ["KISWire", "KISRecording", .product(name: "Yams", package: "Yams")], swiftSettings: settings),
    .target(
      name: "KISSandbox",
      dependencies: [
        "KISWire", "KISRecording", "KISScenario", "KISMarket", crypto,
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: settings),
    .target(
      name: "KISTransport",
      dependencies: [nioCore, nioPosix, nioHTTP1, nioWebSocket, nioSSL, nioTLS],
      swiftSettings: settings),
    .target(
      name: "KISFrontDoor",
      dependencies: [
        "KISWire", "KISTransport",
        nioCore, nioPosix, nioHTTP1, nioWebSocket, nioSSL, x509, asn1, crypto, logging, serviceLifecycle,
        hummingbirdCore, httpTypes, nioHTTPTypes,
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      ],
      swiftSettings: settings),
    .target(name: "Embedded"),
    .target(
      name: "KISMockServer",
      dependencies: [
        "Embedded", "KISWire", "KISRecording", "KISScenario", "KISMarket", "KISSandbox", "KISTransport", "KISFrontDoor",
        nioCore, nioPosix, nioHTTP1, nioWebSocket, crypto, logging, serviceLifecycle,
        .product(name: "Hummingbird", package: "hummingbird"),
        hummingbirdCore, httpTypes, nioHTTPTypes,
      ],
      swiftSettings: settings),
    .target(
      name: "KISClient",
      dependencies: ["KISWire", "KISTransport", logging],
      swiftSettings: settings),
    .target(
      name: "KISTesting",
      dependencies: ["KISWire", "KISRecording", "KISScenario", "KISSandbox", "KISMockServer"],
      swiftSettings: settings),
    .target(name: "Terminal", swiftSettings: settings),
    .executableTarget(
      name: "kis-mock",
      dependencies: [
        "KISMarket", "KISWire", "KISRecording", "KISCapture", "KISScenario", "KISSandbox", "KISTransport",
        "KISMockServer", "KISClient", "Terminal", logging, serviceLifecycle, argumentParser,
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "kis-mock-bench",
      dependencies: [
        "KISWire", "KISRecording", "KISMarket", "KISScenario", "KISSandbox", "KISTransport", "KISMockServer",
        "KISClient",
        "Terminal",
        argumentParser, histogram,
      ],
      swiftSettings: settings),
    .target(name: "Facts", dependencies: ["KISScenario", "KISSandbox"], path: "Tests/Facts", swiftSettings: settings),
    .testTarget(name: "KISWireTests", dependencies: ["KISWire", "Facts"], swiftSettings: settings),
    .testTarget(name: "KISMarketTests", dependencies: ["KISMarket"], swiftSettings: settings),
    .testTarget(
      name: "KISRecordingTests", dependencies: ["KISRecording", "KISWire"], swiftSettings: settings),
    .testTarget(
      name: "KISCaptureTests", dependencies: ["KISCapture", "KISRecording", "KISWire"], exclude: ["Captures"],
      swiftSettings: settings),
    .testTarget(
      name: "KISSandboxTests",
      dependencies: ["KISSandbox", "KISMarket", "KISScenario", "KISRecording", "KISWire", "Facts", crypto],
      swiftSettings: settings),
    .testTarget(
      name: "KISTransportTests",
      dependencies: [
        "KISTransport", nioCore, nioPosix, nioHTTP1, nioWebSocket,
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "KISMockServerTests",
      dependencies: [
        "KISMockServer", "KISTesting", "KISClient", "KISTransport", "KISSandbox", "KISScenario", "KISRecording",
        "KISCapture", "KISWire", "KISFrontDoor", "Facts", nioCore, nioPosix,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "KISClientTests",
      dependencies: [
        "KISClient", "KISTesting", "KISMockServer", "KISSandbox", "KISScenario", "KISTransport", "KISWire",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PublicAPITests",
      dependencies: ["KISWire", "KISRecording", "KISClient", "KISMockServer", "KISTesting"], swiftSettings: settings),
    .testTarget(
      name: "BenchTests",
      dependencies: ["kis-mock-bench", "KISMarket", "KISSandbox", "KISScenario", "KISWire", histogram],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "kis-mock", "KISClient", "KISMockServer", "KISSandbox", "KISScenario", "KISTesting", "KISWire", "Terminal",
        argumentParser,
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
