import Analysis
import ClinicalValues
import Testing

/// Ranges of grades behind a course.
struct GradeBandsTests {
  @Test(arguments: [("mmol/L", true), ("mg/dL", false), (nil, true)] as [(String?, Bool)])
  func `they are drawn only where the course has the unit of their table`(unit: String?, areDrawn: Bool) {
    #expect(GradeBands.of("glucose", unit: unit).isEmpty != areDrawn)
  }

  @Test(
    arguments: [
      ("neutrophils", "1.8", [1: 1.5...1.8, 2: 1...1.5, 3: 0.5...1, 4: 0...0.5]),
      ("neutrophils", nil, [2: 1...1.5, 3: 0.5...1, 4: 0...0.5]),
      ("neutrophils", "1.2", [2: 1...1.5, 3: 0.5...1, 4: 0...0.5]),
      // Grade 2 asks for a circumstance, so that no number parts it from grade 1.
      ("potassium", "3.5", [3: 2.5...3, 4: 0...2.5]),
    ] as [(String, String?, [Int: ClosedRange<Double>])])
  func `all grades that a number begins are drawn, the lightest from the lower limit of normal`(
    analyte: String, lowerLimit: String?, bands: [Int: ClosedRange<Double>]
  ) {
    let found = GradeBands.of(analyte, lowerLimit: lowerLimit.flatMap { Decimal($0) })
    #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.grade, $0.range) }) == bands)
  }
}
