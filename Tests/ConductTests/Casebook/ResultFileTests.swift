import ClinicalValues
import FHIR
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// Where the results of a laboratory's file go.
struct ResultFileTests {
  private static let mapping = """
    participant: Participant
    visit: Visit
    sampled: Sampled
    test: Test
    value: Value
    tests:
      HB: {concept: hemoglobin, unit: g/L}
      PLT: {concept: platelets, unit: 10*9/L}
      ALT: {concept: alt, unit: U/L}
    """

  /// The forms that rows `visit, sampled, test, value` go to, beside what is entered already.
  private func places(_ rows: [String], entered: [(form: String, sampled: String)] = []) throws -> [String] {
    let file = try file(rows, entered: entered)
    #expect(file.refused.isEmpty, "\(file.refused)")
    return (file.entries[.first] ?? [:]).keys.sorted().map(\.description)
  }

  /// A file with rows `visit, sampled, test, value`, read on 14 March 2026 beside what is entered already.
  private func file(_ rows: [String], entered: [(form: String, sampled: String)] = []) throws -> ResultFile {
    let edition = try CasebookStage.edition.get()
    var desk = CasebookDesk(try CasebookStage.moment("2026-03-14"))
    for sheet in entered { desk.save([Entry("LBDTC", .value(sheet.sampled))], of: try FormKey(sheet.form)) }
    let (casebook, now) = (desk.state.casebook, desk.now)
    let text = (["Participant,Visit,Sampled,Test,Value"] + rows.map { "01-0001,\($0)" }).joined(separator: "\n") + "\n"
    return ResultFile(text, file: "results.csv", mapping: try ResultMapping(Self.mapping, file: "mapping.yaml")) { _ in
      ResultFile.Owner(casebook: casebook, edition: edition, now: now)
    }
  }

  @Test(arguments: [
    ("2026-03-14T23:59+08:00", true), ("2026-03-14T15:59Z", true), ("2026-03-14T16:00Z", false),
    ("2027-01-01T08:00+08:00", false),
  ])
  func `what is sampled in the future is refused, with its line`(_ sampled: String, _ isTaken: Bool) throws {
    let file = try file(["D28,\(morning),HB,120", "UNS,\(sampled),ALT,30"])
    #expect(
      file.refused.map(\.description) == (isTaken ? [] : ["line 3: The time of sampling lies in the future."]))
  }

  @Test(arguments: [(-400, true), (400, false)])
  func `observations of the future are left, with why`(_ days: Int, _ areLeft: Bool) throws {
    let study = try CasebookStage.edition.get().study
    let record = try CasebookStage.example(try #require(CasebookStage.examples.first))
    let day = try #require(record.timestamp?.date.adding(days, .day))
    let filled = FormFilling(study, visit: "SCR", noonAt: 480, until: try CasebookStage.moment("\(day)"))
      .fill(record, only: ["Observation"])
    #expect(filled.left.contains { $0.why == "Its day lies in the future." } == areLeft)
  }

  private let morning = "2026-03-02T08:00+08:00"
  private let evening = "2026-03-02T18:00+08:00"
  private let later = "2026-03-12T08:00+08:00"

  @Test func `an unscheduled visit is one occasion: results of another day are of another`() throws {
    #expect(
      try places(["UNS,\(morning),HB,120", "UNS,\(later),ALT,30"]) == ["UNS/1/hematology/1", "UNS/2/chemistry/1"])
    #expect(
      try places(["UNS,\(morning),HB,120", "UNS,\(evening),ALT,30"]) == ["UNS/1/chemistry/1", "UNS/1/hematology/1"])
    #expect(
      try places(["UNS,\(morning),HB,120", "UNS,\(evening),PLT,90", "UNS,\(evening),ALT,30"]) == [
        "UNS/1/hematology/1", "UNS/2/chemistry/1", "UNS/2/hematology/1",
      ])
  }

  @Test func `what is entered already says which occasion it is`() throws {
    let entered = [(form: "UNS/1/hematology/1", sampled: morning), (form: "UNS/2/hematology/1", sampled: later)]
    #expect(try places(["UNS,\(later),ALT,30"], entered: entered) == ["UNS/2/chemistry/1"])
    #expect(try places(["UNS,\(evening),ALT,30"], entered: entered) == ["UNS/1/chemistry/1"])
    #expect(try places(["UNS,\(later),PLT,90"], entered: entered) == ["UNS/2/hematology/1"])
    #expect(try places(["UNS,2026-03-13T08:00+08:00,ALT,30"], entered: entered) == ["UNS/3/chemistry/1"])
  }

  @Test(arguments: ["D28", "ET"])
  func `a visit of the plan, and early termination, hold what was sampled on several days`(visit: String) throws {
    #expect(
      try places(["\(visit),\(morning),HB,120", "\(visit),\(later),ALT,30"]) == [
        "\(visit)/1/chemistry/1", "\(visit)/1/hematology/1",
      ])
  }
}
