import Testing

@testable import Web

/// Which days courses of values show.
struct ShownDaysTests {
  @Test(arguments: [
    (nil, ShownDays.fourWeeks), ("", .fourWeeks), ("28", .fourWeeks), ("everything", .fourWeeks), ("all", .all),
  ])
  func `are the four weeks from Day 0, unless all are asked for`(asked: String?, expected: ShownDays) {
    let query = Fields(asked.map { [(name: "days", value: $0)] } ?? [])
    #expect(ShownDays(query) == expected)
  }

  @Test(arguments: [(-1, false), (0, true), (28, true), (29, false), (730, false)])
  func `hold Day 0 to 28`(day: Int, isShown: Bool) {
    #expect(ShownDays.fourWeeks.holds(day) == isShown)
    #expect(ShownDays.all.holds(day))
  }
}
