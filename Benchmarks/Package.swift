// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that neither users nor tests build the benchmark library.
let package = Package(
  name: "tandem-benchmarks",
  dependencies: [
    .package(name: "tandem", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Screening",
      dependencies: [
        .product(name: "TandemCore", package: "tandem"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Screening",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
