// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that neither users nor tests build the benchmark library.
let package = Package(
  name: "tandem-benchmarks",
  dependencies: [
    .package(name: "tandem", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "Screening",
      dependencies: [
        .product(name: "TandemCore", package: "tandem"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Screening",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // Its own program: what counts is a ratio within one run, of two things measured in turn.
    .executableTarget(
      name: "ledger-rates",
      dependencies: [
        .product(name: "TandemLedger", package: "tandem"), .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Benchmarks/Ledger"),
    .executableTarget(
      name: "trial-rebuild", dependencies: [.product(name: "TandemTrial", package: "tandem")],
      path: "Benchmarks/Trial"),
    .executableTarget(
      name: "casebook-rates", dependencies: [.product(name: "TandemConduct", package: "tandem")],
      path: "Benchmarks/Casebook"),
  ],
  swiftLanguageModes: [.v6]
)
