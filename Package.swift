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
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "tandem",
  products: [
    .executable(name: "tandem", targets: ["tandem"]),
    .library(name: "TandemCore", targets: ["ClinicalValues", "CQL", "FHIR", "StudyDesign", "Rules"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    module("ClinicalValues"),
    module("Markup"),
    module("CQL", uses: ["ClinicalValues"]),
    module("FHIR", uses: ["ClinicalValues"]),
    module("Instruments", uses: ["ClinicalValues"]),
    module("StudyDesign", uses: ["ClinicalValues", "CQL", "Instruments"], outside: [yams]),
    module("Rules", uses: ["ClinicalValues", "CQL", "FHIR", "Instruments", "StudyDesign"]),
    .executableTarget(
      name: "tandem",
      dependencies: ["ClinicalValues", "Markup", "CQL", "FHIR", "Instruments", "StudyDesign", "Rules", arguments],
      swiftSettings: strict),
    tests("ClinicalValuesTests", uses: ["ClinicalValues"]),
    tests("MarkupTests", uses: ["Markup"]),
    tests("CQLTests", uses: ["CQL", "ClinicalValues"]),
    tests("FHIRTests", uses: ["FHIR", "ClinicalValues"], data: ["Corpus", "Records"]),
    tests("InstrumentsTests", uses: ["Instruments", "ClinicalValues"], data: ["Examples"]),
    tests("StudyDesignTests", uses: ["StudyDesign", "Rules", "CQL", "ClinicalValues"]),
    tests("RulesTests", uses: ["Rules", "StudyDesign", "CQL", "FHIR", "ClinicalValues"], outside: [yams]),
    tests("TandemTests", uses: ["tandem"]),
  ],
  swiftLanguageModes: [.v6]
)
