import Analysis
import Testing

/// Ranges of grades behind a course.
struct GradeBandsTests {
  @Test(arguments: [("mmol/L", true), ("mg/dL", false), (nil, true)] as [(String?, Bool)])
  func `they are drawn only where the course has the unit of their table`(unit: String?, areDrawn: Bool) {
    #expect(GradeBands.of("glucose", unit: unit).isEmpty != areDrawn)
  }
}
