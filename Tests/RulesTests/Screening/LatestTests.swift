import CQL
import ClinicalValues
import FHIR
import Foundation
import Rules
import Testing

/// `Measured` finds the latest and the earliest by a first pass over all candidates, so that the cost is linear. What they are is said by
/// pairs: none is surely later. In the same way `CohortMS` finds the run of high scores up to the latest one.
struct LatestTests {
  private static let library = """
    library Candidates version '1.0'

    using FHIR version '4.0.1'

    include Dates version '1.0'
    include Measured version '1.0'
    include CohortMS version '1.0'

    context Patient

    define "window": Interval[@2026-03-13, @2026-04-10]

    define "candidates": Measured.Usable([Observation], "window")

    define "latest":
      Measured.Latest("candidates", "window") L
        return all Tuple { id: L.observation.id.value, isWithin: L.isWithin, isSure: L.isSure }

    define "latest by pairs":
      "candidates" C
        where not exists ("candidates" D where Measured.IsSurelyLater(D, C, "window"))
        return all Tuple {
          id: C.id.value,
          isWithin: Measured.DaysOf(C) included in "window",
          isSure: Measured.DaysOf(C) included in "window"
            and not exists ("candidates" D where Measured.IsPossiblyLater(D, C, "window")) }

    define "latest of an exclusion":
      Measured.LatestDay("candidates", "window") L
        return all Tuple { id: L.observation.id.value, isWithin: L.isWithin, isSure: L.isSure }

    define "latest of an exclusion by pairs":
      "candidates" C
        where not exists (
          "candidates" D
            where Measured.DaysOf(D) included in "window"
              and start of Measured.DaysOf(D) > end of Measured.DaysOf(C))
        return all Tuple {
          id: C.id.value,
          isWithin: Measured.DaysOf(C) included in "window",
          isSure: Measured.DaysOf(C) included in "window"
            and not exists (
              "candidates" D
                where end of (Measured.DaysOf(D) intersect "window") > start of Measured.DaysOf(C)) }

    define "earliest":
      Measured.Earliest("candidates", "window") L
        return all Tuple { id: L.observation.id.value, isWithin: L.isWithin }

    define "earliest by pairs":
      "candidates" C
        where not exists (
          "candidates" D
            where Measured.DaysOf(D) included in "window"
              and (end of Measured.DaysOf(D) < start of Measured.DaysOf(C) or Measured.IsLaterThatDay(C, D)))
        return all Tuple { id: C.id.value, isWithin: Measured.DaysOf(C) included in "window" }

    define "highs": "candidates" C where C.id.value in { 'o0', 'o2', 'o4' }

    define "lows": "candidates" C where C.id.value in { 'o1', 'o3' }

    define "sure highs": "highs" H where Measured.DaysOf(H) included in Dates."any time"

    define "sure lows": "lows" L where Measured.DaysOf(L) included in Dates."any time"

    define "lows not tied": "sure lows" L where not exists ("highs" H where CohortMS.IsTied(H, L))

    define "run at worst": CohortMS.RunAtWorst("sure highs", "lows") H return all H.id.value

    define "run at worst by pairs":
      "sure highs" H
        where not exists ("lows" L where Measured.IsSurelyLater(H, L, Dates."any time") is not true)
        return all H.id.value

    define "run at best": CohortMS.RunAtBest("highs", CohortMS.NotTied("sure lows", "highs")) H return all H.id.value

    define "run at best by pairs":
      "highs" H
        where not exists ("lows not tied" L where not Measured.IsPossiblyLater(H, L, Dates."any time"))
        return all H.id.value

    define "the same":
      "latest" ~ "latest by pairs" and "latest of an exclusion" ~ "latest of an exclusion by pairs"
        and "earliest" ~ "earliest by pairs"
        and "run at worst" ~ "run at worst by pairs" and "run at best" ~ "run at best by pairs"
    """

  private static let program = Result {
    let compiler = Compiler(models: Screening.models) { name, _ in
      let file = Examples.folder.appending(path: "library/\(name).cql")
      return (try? String(contentsOf: file, encoding: .utf8)).map { LibrarySource(file: "\(name).cql", text: $0) }
    }
    let (program, diagnostics) = compiler.compile(LibrarySource(file: "Candidates.cql", text: library))
    return try #require(program, "\(diagnostics.map { "\($0)" })")
  }

  private static let days = [
    "2026-04-09", "2026-04-09", "2026-04-08", "2026-04-10", "2026-04-11", "2026-03-13", "2026-03-12", "2026-04",
    "2026-03", "2026",
  ]
  private static let clocks = ["", "", "T08:00:00Z", "T09:30:00+08:00", "T09:30:00Z"]

  @Test func `the latest, the earliest and the last run are those that pairs say, whatever the dates`() throws {
    let engine = Engine(try LatestTests.program.get())
    for seed in 0..<UInt64(100 * effort) {
      var generator = Seeded(seed)
      let dates = (0..<Int.random(in: 1...5, using: &generator)).map { _ in LatestTests.date(&generator) }
      let lines = dates.enumerated().map { number, date in
        #"{"resourceType":"Observation","id":"o\#(number)","status":"final","valueInteger":1,\#(date)}"#
      }
      let text = ([#"{"resourceType":"Patient","id":"p"}"#] + lines).joined(separator: "\n")
      let record = try FHIR.Record.read(Array(text.utf8), file: "p.ndjson")
      let context = EvaluationContext(
        now: try #require(DateTime("2026-04-10T00:00:00Z")), data: RecordData(record), models: Screening.models)
      let same = try engine.evaluation(context).value(of: "the same")
      guard case .boolean(true) = same else {
        Issue.record("seed \(seed): \(dates)")
        continue
      }
    }
  }

  private static func date(_ generator: inout Seeded) -> String {
    let day = days[Int.random(in: days.indices, using: &generator)]
    if Int.random(in: 0..<10, using: &generator) == 0, day.count == 10 {
      return #""effectivePeriod":{"start":"\#(day)","end":"2026-04-10"}"#
    }
    let clock = day.count == 10 ? clocks[Int.random(in: clocks.indices, using: &generator)] : ""
    return #""effectiveDateTime":"\#(day)\#(clock)""#
  }
}
