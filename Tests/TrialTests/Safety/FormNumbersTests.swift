import StudyDesign
import Testing

@testable import Trial

/// What the forms of the shipped study calculate, check and say by themselves counts with the numbers of its plan of safety.
struct FormNumbersTests {
  private func clock(_ id: String) throws -> ClockPlan {
    try #require(ShippedStudy.plan.safety.clocks.first { $0.id == id })
  }

  private func calculated(_ form: String, _ item: String) throws -> String {
    try #require(ShippedStudy.book.forms[form]?.item(item)?.calculated?.text)
  }

  private func check(_ form: String, _ id: String) throws -> CheckPlan {
    try #require(ShippedStudy.book.forms[form]?.checks.first { $0.id == id })
  }

  @Test func `a report from the site is due when its clock says`() throws {
    let hours = try #require(try clock(ReportClock.siteToSponsor).hours)
    #expect(try calculated("sae", "SAEDUE") == "SAEAWARE + \(hours) hours")
    for id in ["SAE-LATE", "SAE-NOT-SENT"] { #expect(try check("sae", id).message.contains("\(hours) hours"), "\(id)") }
  }

  @Test func `a SUSAR is due when its clock says`() throws {
    let fatal = try #require(try clock(ReportClock.susarFatal).days)
    let other = try #require(try clock(ReportClock.susarOther).days)
    #expect(
      try calculated("saeAssessment", "SOADUE")
        == "if SOASERCAT = 'OTHER SERIOUS' then SOAAWARE + \(other) days else SOAAWARE + \(fatal) days")
    for (id, days) in [("SOA-LATE-FATAL", fatal), ("SOA-LATE-OTHER", other)] {
      let check = try check("saeAssessment", id)
      #expect(check.fires.text.hasSuffix("SOAAWARE + \(days) days") && check.message.contains("\(days) days"), "\(id)")
    }
  }

  @Test func `an early death is early by the days of its stopping rule`() throws {
    let rule = ShippedStudy.plan.safety.stopEvents.first { $0.id == StoppingRule.earlyDeath.rawValue }
    let days = try #require(rule?.withinDays)
    let check = try check("death", "DTH-EARLY")
    #expect(check.fires.text.contains("between 0 and \(days)") && check.fires.text.contains("+ \(days) days"))
    #expect(check.message.contains("within \(days) days"))
  }

  @Test func `the question of dose-limiting toxicity asks by the window and by the days of a cytopenia`() throws {
    let plan = ShippedStudy.plan.safety
    let window = try check("dltQuestion", "DLT-WINDOW")
    #expect(window.fires.text == "DLTDAY > \(plan.doseLimitingWindowDays)")
    #expect(window.message.contains("Day \(plan.doseLimitingWindowDays)"))
    let long = try check("dltQuestion", "DLT-EXPECTED-LONG")
    #expect(long.fires.text.contains("DLTHOURS > \(plan.expectedCytopeniaDays * 24) 'h'"))
    #expect(long.message.contains("\(plan.expectedCytopeniaDays) days"))
  }
}
