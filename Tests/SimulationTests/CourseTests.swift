import Testing

@testable import Simulation

struct CourseTests {
  private static let courses = ["sle", "ssc", "iim", "ss", "aiha", "ms"].map {
    Course(cohort: $0, response: .good, crs: 2, crsDay: 3, isSlowToRecover: false)
  }

  @Test func `every table reads whole and in the order of its days`() {
    for course in Self.courses {
      for tables in [course.blood, course.inflammation, course.disease, course.recovery] {
        for (concept, series) in tables {
          #expect(series.points.count > 1, "\(concept)")
          #expect(series.points.map(\.day) == series.points.map(\.day).sorted(), "\(concept)")
        }
      }
    }
  }

  @Test(arguments: [(-9, "4.10"), (0, "2.00"), (5, "0.85"), (10, "0.40"), (800, "3.70")])
  func `neutrophils fall after lymphodepletion and come back`(_ day: Int, _ expected: String) {
    let series = Self.courses[0].blood["neutrophils"]
    #expect(series.map { Series.printed($0.value(onDay: day), places: $0.places) } == expected)
  }

  @Test func `B cells are gone by Day 14 and back between Month 3 and Month 9`() throws {
    let cells = try #require(Self.courses[0].blood["bCellCount"])
    #expect(cells.value(onDay: 14) == 0 && cells.value(onDay: 90) == 0 && cells.value(onDay: 270) > 50)
  }

  @Test(arguments: [("0", 0), ("-0.5", -500), ("12.25", 12_250), ("1.2345", nil), ("x", nil)])
  func `a number is read in thousandths`(_ text: String, _ expected: Int?) {
    #expect(Series.thousandths(text) == expected)
  }

  @Test(arguments: [(1_250, 1, "1.3"), (1_249, 1, "1.2"), (-40, 1, "0.0"), (-60, 1, "-0.1"), (999_500, 0, "1000")])
  func `thousandths are printed rounded`(_ value: Int, _ places: Int, _ expected: String) {
    #expect(Series.printed(value, places: places) == expected)
  }

  @Test func `one seed always gives the same numbers, another others`() {
    var (one, same, other) = (
      SplitMix64(seed: 7, for: "A1"), SplitMix64(seed: 7, for: "A1"), SplitMix64(seed: 7, for: "A2")
    )
    let first = (one.next(), one.next())
    #expect(first == (same.next(), same.next()))
    #expect(first != (other.next(), other.next()))
  }
}
