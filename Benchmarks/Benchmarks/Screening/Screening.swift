// What screening costs, step by step, in one run: read the ratios between the rows, not the absolute times.
//
//   cd Benchmarks && swift package benchmark       (docs/validating.md says how to read it)
//
// Peers in the same run: reading a record beside a plain sum of its bytes; outcomes by closures beside the explaining
// interpreter; an exact decimal comparison beside the same in binary floating point.

import Benchmark
import CQL
import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal], warmupIterations: 3, maxDuration: .seconds(3), maxIterations: 2_000)

  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL.path
  let folder = root + "/Studies/cd19-bcma-aid/1.0"
  let checker = StudyChecker(models: Screening.models)
  guard let study = try? checker.read(folder), let sle = study.cohorts.first,
    let bytes = FileManager.default.contents(atPath: folder + "/examples/01-sle-base.json").map({ [UInt8]($0) }),
    let record = try? Record.read(bytes, file: "01-sle-base.json"),
    let asOf = CalendarDate(year: 2026, month: 4, day: 10)
  else {
    FileHandle.standardError.write(Data("The study or its first example cannot be read in \(folder).\n".utf8))
    return
  }
  let screening = Screening(study)

  let candidates = Candidate.all(of: study, in: folder + "/examples")
  guard candidates.count == 12 else {
    FileHandle.standardError.write(Data("12 examples are expected in \(folder), \(candidates.count) were read.\n".utf8))
    return
  }
  // The process runs and the study is compiled: each iteration is the next of the 12 examples, so p50 is their median.
  Benchmark("A patient: read and screened for the cohort, with reasons and evidence", configuration: .patients) { run in
    let candidate = candidates[run.currentIteration % candidates.count]
    let record = try Record.read(candidate.bytes, file: "record.json")
    blackHole(screening.unreadable(in: record))
    blackHole(try screening.screen(record, asOf: candidate.asOf, cohorts: [candidate.cohort]))
  }
  Benchmark("A patient: read and screened, outcomes alone", configuration: .patients) { run in
    let candidate = candidates[run.currentIteration % candidates.count]
    let record = try Record.read(candidate.bytes, file: "record.json")
    blackHole(try screening.outcomes(record, asOf: candidate.asOf, cohort: candidate.cohort))
  }

  Benchmark("Record: sum of its bytes (peer)") { _ in
    var sum = 0
    for byte in bytes { sum &+= Int(byte) }
    blackHole(sum)
  }
  Benchmark("Record: read and checked") { _ in blackHole(try Record.read(bytes, file: "01-sle-base.json")) }

  Benchmark("Screening: outcomes by closures") { _ in
    blackHole(try screening.outcomes(record, asOf: asOf, cohort: sle))
  }
  Benchmark("Screening: with reasons and evidence, by the interpreter (peer)") { _ in
    blackHole(try screening.screen(record, asOf: asOf, cohorts: [sle]))
  }

  Benchmark("Study: read, checked and compiled") { _ in blackHole(try checker.read(folder)) }

  let expression =
    "Interval[1, 5] overlaps Interval[3, 9] and Sum({ 1.5, 2.5 }) = 4.0 and @2026-01-31 + 1 month <= @2026-02-28"
  let compiler = Compiler(models: [])
  Benchmark("CQL: an expression parsed and checked") { _ in blackHole(compiler.compileExpression(expression)) }
  if let program = compiler.compileExpression(expression).program, let now = DateTime("2026-04-10T00:00:00.000Z") {
    let engine = Engine(program)
    Benchmark("CQL: the same evaluated by closures") { _ in
      blackHole(try engine.evaluation(EvaluationContext(now: now)).value(of: "Expression"))
    }
  }

  Benchmark("Units: 1,000 conversions mg/dL to g/L", configuration: .init(metrics: [.wallClock, .cpuTotal])) { _ in
    for value in 1...1000 {
      blackHole(try UCUM.convert(ClinicalValues.Decimal(value), from: "mg/dL", to: "g/L"))
    }
  }

  let limits = (1...1000).map { (number: Int) in ClinicalValues.Decimal(number) }
  Benchmark("Numbers: 1,000 exact comparisons of 1.5 x ULN") { _ in
    guard let factor = ClinicalValues.Decimal("1.5") else { return }
    for limit in limits { blackHole((factor * limit).map { $0 >= limit }) }
  }
  let binary = (1...1000).map { Double($0) }
  Benchmark("Numbers: the same in binary floating point (peer)") { _ in
    for limit in binary { blackHole(1.5 * limit >= limit) }
  }
}

extension Benchmark.Configuration {
  /// Whole rounds of the 12 examples.
  fileprivate static var patients: Benchmark.Configuration {
    .init(metrics: [.wallClock, .cpuTotal], warmupIterations: 12, maxDuration: .seconds(60), maxIterations: 120)
  }
}
