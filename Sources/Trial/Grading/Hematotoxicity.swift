import ClinicalValues
import Instruments
import StudyDesign

/// Hematotoxicity after immune effector cells (ICAHT), from neutrophil counts after the infusion.
public struct Hematotoxicity: Sendable, Hashable {
  /// Early grade, Day 0 to 30; nil without a count.
  public let earlyGrade: Int?
  /// Days with at most 500 neutrophils per microliter, Day 0 to 30, the last count carried forward.
  public let daysAtOrBelow500: Int?
  /// How many of these are known by a count alone that is more than `longestCarried` days older.
  public let daysCarried: Int?
  /// Days with at most 100.
  public let daysAtOrBelow100: Int?
  /// Whether Day 0 and Day 30 were measured; otherwise the early grade is a minimum.
  public let isEarlyComplete: Bool
  /// Late grade, Day 31 to 100; nil with fewer than two counts.
  public let lateGrade: Int?
  /// Counts that the late grade rests on.
  public let lateSamples: Int

  /// Days after which a count that is carried forward says little. Convention of this project: counts are taken once a week at
  /// least while they are low.
  public static let longestCarried = 7
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
      daysCarried: first.whole("daysAtOrBelow500").map { _ in Self.carried(lowest) },
      daysAtOrBelow100: first.whole("daysAtOrBelow100"), isEarlyComplete: first.flag("complete") ?? false,
      lateGrade: later.whole("grade"), lateSamples: later.whole("samplesUsed") ?? 0)
  }

  /// Days up to the last count by Day 30 whose own last count is low and too old to say much.
  private static func carried(_ counts: [Int: Decimal]) -> Int {
    let measured = counts.keys.filter { (0...30).contains($0) }.sorted()
    return zip(measured, measured.dropFirst()).reduce(0) { sum, gap in
      (counts[gap.0] ?? 501) <= 500 ? sum + max(0, gap.1 - gap.0 - 1 - Hematotoxicity.longestCarried) : sum
    }
  }
}
