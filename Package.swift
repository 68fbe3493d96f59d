// swift-tools-version: 6.2
import PackageDescription

// What every module of ours is compiled with. Warnings are errors where TANDEM_STRICT is set (scripts/test, CI).
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (Context.environment["TANDEM_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A module, with the modules of ours that it may import (ARCHITECTURE.md; a test reads every `import` against this).
func module(
  _ name: String, uses ours: [String] = [], outside: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: ours.map { .byName(name: $0) } + outside, resources: resources, swiftSettings: strict)
}

/// Tests of a module; `data` are folders that they read by path, beside their sources.
func tests(
  _ name: String, uses ours: [String], outside: [Target.Dependency] = [], data: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: ours.map { .byName(name: $0) } + outside, exclude: data, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "tandem",
  products: [
    .executable(name: "tandem", targets: ["tandem"]),
    .library(name: "TandemCore", targets: ["ClinicalValues", "CQL", "FHIR", "StudyDesign", "Rules"]),
    .library(name: "TandemLedger", targets: ["ClinicalValues", "Ledger", "LedgerSQLite"]),
    .library(name: "TandemTrial", targets: ["ClinicalValues", "Ledger", "LedgerSQLite", "Trial"]),
    .library(
      name: "TandemConduct",
      targets: ["ClinicalValues", "Ledger", "LedgerSQLite", "StudyDesign", "Rules", "Trial", "Conduct"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
  ],
  targets: [
    module("ClinicalValues"),
    module("Markup"),
    module("Statistics"),
    .systemLibrary(name: "CDataMatrix", providers: [.apt(["libdmtx-dev"])]),
    .systemLibrary(name: "CQRCode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    module("Labels", uses: ["Markup"], outside: ["CDataMatrix", "CQRCode"]),
    module("Ledger", uses: ["ClinicalValues"], outside: [crypto]),
    module("LedgerSQLite", uses: ["Ledger"], outside: [grdb]),
    module("CQL", uses: ["ClinicalValues"]),
    module("FHIR", uses: ["ClinicalValues"]),
    module("Instruments", uses: ["ClinicalValues"]),
    module("StudyDesign", uses: ["ClinicalValues", "CQL", "Instruments"], outside: [yams, crypto]),
    module("Rules", uses: ["ClinicalValues", "CQL", "FHIR", "Instruments", "StudyDesign"]),
    module("Trial", uses: ["ClinicalValues", "Ledger", "Instruments", "Statistics", "StudyDesign"]),
    module(
      "Conduct",
      uses: ["ClinicalValues", "Ledger", "FHIR", "Instruments", "StudyDesign", "Rules", "Trial"],
      outside: [crypto, cryptoExtras]),
    module("Figures", uses: ["Markup"]),
    module(
      "Analysis",
      uses: ["ClinicalValues", "Markup", "Statistics", "Figures", "Ledger", "Instruments", "StudyDesign", "Trial"]),
    module("Exchange", uses: ["ClinicalValues", "Ledger", "FHIR", "Markup", "StudyDesign", "Trial"]),
    module("Simulation", uses: ["ClinicalValues", "Ledger", "FHIR", "StudyDesign", "Trial", "Conduct"]),
    module(
      "Web",
      uses: [
        "ClinicalValues", "Markup", "Labels", "Ledger", "CQL", "FHIR", "Instruments", "StudyDesign", "Rules", "Trial",
        "Conduct", "Figures", "Analysis", "Exchange",
      ],
      outside: [hummingbird, hummingbirdTLS, httpClient, jwtKit, logging, crypto, yams, "CZlib"],
      resources: [
        .embedInCode("Resources/site.css"), .embedInCode("Resources/site.js"), .embedInCode("Resources/live.js"),
        .embedInCode("Resources/casebook.js"), .embedInCode("Resources/grid.js"), .embedInCode("Resources/about.js"),
        .embedInCode("Resources/icon.svg"), .embedInCode("Resources/zh-Hans.yaml"),
        .embedInCode("Resources/trial.zh-Hans.yaml"), .embedInCode("Resources/ctcae.zh-Hans.yaml"),
      ]),
    .executableTarget(
      name: "tandem",
      dependencies: [
        "ClinicalValues", "Markup", "Labels", "Ledger", "LedgerSQLite", "CQL", "FHIR", "Instruments", "Statistics",
        "StudyDesign", "Rules",
        "Trial", "Conduct", "Simulation", "Figures", "Analysis", "Exchange", "Web", arguments, logging,
      ],
      swiftSettings: strict),
    .target(
      name: "LedgerTesting", dependencies: ["Ledger", "ClinicalValues"], path: "Tests/Support/LedgerTesting",
      swiftSettings: strict),
    .executableTarget(
      name: "ledger-load", dependencies: ["Ledger", "LedgerSQLite", "LedgerTesting", "ClinicalValues"],
      path: "Tests/Support/LedgerLoad", swiftSettings: strict),
    .target(
      name: "ModelCheck", dependencies: ["ClinicalValues", "Ledger", "StudyDesign", "Trial"], path: "Proof/ModelCheck",
      swiftSettings: strict),
    .executableTarget(
      name: "model-check", dependencies: ["ModelCheck"], path: "Proof/model-check", swiftSettings: strict),
    tests("ModelCheckTests", uses: ["ModelCheck", "Trial"]),
    tests(
      "TrialTests", uses: ["Trial", "StudyDesign", "Instruments", "Ledger", "ClinicalValues"], data: ["Examples"]),
    tests("LedgerTests", uses: ["Ledger", "LedgerTesting", "ClinicalValues"]),
    tests(
      "LedgerSQLiteTests", uses: ["Ledger", "LedgerSQLite", "LedgerTesting", "ClinicalValues", "ledger-load"],
      outside: [grdb], data: ["Stores"]),
    tests(
      "ConductTests", uses: ["Conduct", "Trial", "Rules", "FHIR", "StudyDesign", "Ledger", "ClinicalValues"]),
    tests("ClinicalValuesTests", uses: ["ClinicalValues"]),
    tests("MarkupTests", uses: ["Markup"]),
    tests("LabelsTests", uses: ["Labels", "Markup"], outside: ["CDataMatrix"]),
    tests("CQLTests", uses: ["CQL", "ClinicalValues"]),
    tests("FHIRTests", uses: ["FHIR", "ClinicalValues"], data: ["Corpus", "Records"]),
    tests("InstrumentsTests", uses: ["Instruments", "ClinicalValues"], data: ["Examples"]),
    tests("StatisticsTests", uses: ["Statistics"]),
    tests("FiguresTests", uses: ["Figures", "Markup"], data: ["Examples"]),
    tests(
      "AnalysisTests",
      uses: ["Analysis", "ClinicalValues", "Ledger", "Instruments", "Statistics", "StudyDesign", "Trial", "Rules"],
      data: ["Safety/Examples"]),
    tests(
      "ExchangeTests", uses: ["Exchange", "Analysis", "tandem", "ClinicalValues", "Ledger", "StudyDesign", "Trial"],
      outside: [arguments], data: ["Pilot"]),
    tests(
      "StudyDesignTests", uses: ["StudyDesign", "Rules", "FHIR", "CQL", "Instruments", "ClinicalValues"],
      data: ["Casebook"]),
    tests("RulesTests", uses: ["Rules", "StudyDesign", "CQL", "FHIR", "ClinicalValues"], outside: [yams]),
    tests(
      "SimulationTests", uses: ["Simulation", "Conduct", "Trial", "Rules", "StudyDesign", "Ledger", "ClinicalValues"]),
    tests(
      "WebTests",
      uses: [
        "Web", "Simulation", "Conduct", "Trial", "Rules", "StudyDesign", "Ledger", "Instruments", "ClinicalValues",
        "Markup",
      ],
      outside: [hummingbird, hummingbirdTesting, httpClient, jwtKit]),
    tests(
      "TandemTests", uses: ["tandem", "Conduct", "Trial", "Ledger", "LedgerSQLite", "StudyDesign", "ClinicalValues"],
      outside: [arguments], data: ["Examples"]),
  ],
  swiftLanguageModes: [.v6]
)
