import ClinicalValues
import Instruments
import StudyDesign

/// Hematotoxicity after immune effector cells (ICAHT), from neutrophil counts after the infusion.
public struct Hematotoxicity: Sendable, Hashable {
  /// Early grade, Day 0 to 30; nil without a count.
  public let earlyGrade: Int?
  /// Days with at most 500 neutrophils per microliter, Day 0 to 30, the last count carried forward.
  public let daysAtOrBelow500: Int?
  /// Days with at most 100.
  public let daysAtOrBelow100: Int?
  /// Whether Day 0 and Day 30 were measured; otherwise the early grade is a minimum.
  public let isEarlyComplete: Bool
  /// Late grade, Day 31 to 100; nil with fewer than two counts.
  public let lateGrade: Int?
  /// Counts that the late grade rests on.
  public let lateSamples: Int
}

extension Grading {
  /// ICAHT; nil where nothing was infused, or the plan has no neutrophils. Of several counts of a day the lowest is taken.
  public var hematotoxicity: Hematotoxicity? {
    guard infused != nil, let concept = book.grading.analytes.first(where: { $0.analyte == "neutrophils" })?.concept,
      let early = Instrument.named("icahtEarly"), let late = Instrument.named("icahtLate")
    else { return nil }
    var lowest: [Int: Decimal] = [:]
    for value in values[concept] {
      guard let day = studyDay(of: value.when), let count = value.number(in: "/uL") else { continue }
      lowest[day] = min(lowest[day] ?? count, count)
    }
    let first = early(["ancPerUl": .list((0...30).map { lowest[$0].map { .number($0) } ?? .null })])
    let later = late([
      "samples": .list(
        lowest.keys.sorted().filter { $0 > 30 && $0 <= 100 }.map { day in
          .object(["day": .whole(day), "ancPerUl": lowest[day].map { .number($0) } ?? .null])
        })
    ])
    return Hematotoxicity(
      earlyGrade: first.whole("grade"), daysAtOrBelow500: first.whole("daysAtOrBelow500"),
      daysAtOrBelow100: first.whole("daysAtOrBelow100"), isEarlyComplete: first.flag("complete") ?? false,
      lateGrade: later.whole("grade"), lateSamples: later.whole("samplesUsed") ?? 0)
  }
}
