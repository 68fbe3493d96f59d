import ClinicalValues
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Exchange

@Suite struct SDTMImportTests {
  typealias Value = TransportValue

  static let circumstances = SDTMImport.Circumstances(
    happened: Moment(Instant(milliseconds: 0)), recorded: Instant(milliseconds: 0),
    actor: Actor(account: "test", role: "dataManager"))

  /// The pilot study's forms and visits.
  static let plan = try! CasebookPlan.inFolder(PilotFolder.study)

  static func dataset(_ name: String, _ header: String, _ rows: [String]) -> TransportDataset {
    let names = header.split(separator: " ").map(String.init)
    return TransportDataset(
      name: name, label: "", variables: names.map { TransportVariable(name: $0, kind: .text, length: 40) },
      rows: rows.map { row in
        row.split(separator: "|", omittingEmptySubsequences: false).map { cell in
          if cell.hasPrefix("#"), let number = Double(cell.dropFirst()) {
            return .number(TransportNumber(bits: TransportWriting.ibm(number)))
          }
          return .text(String(cell))
        }
      })
  }

  static let dm = dataset(
    "DM", "STUDYID DOMAIN USUBJID SUBJID SITEID SEX COUNTRY ARM RFPENDTC BRTHDTC",
    ["S|DM|1|1|701|F|USA|Placebo|2014-07-02T11:45|1950", "S|DM|2|2|701|M|USA|Placebo||"])

  static func read(_ datasets: TransportDataset...) -> SDTMImport {
    SDTMImport(
      ([dm] + datasets).map { SDTMImport.File(name: "\($0.name.lowercased()).xpt", datasets: [$0]) }, into: plan,
      by: circumstances)
  }

  @Test func `a row is a filled form, its values answers to the items of their names`() throws {
    let taken = Self.read(
      Self.dataset(
        "AE", "STUDYID DOMAIN USUBJID AESEQ AETERM AEDECOD AESTDTC AESEV AEPTCD",
        ["S|AE|2|#3|HEADACHE|Headache|2013-07|MILD|#17"]))
    #expect(taken.studyID == "S")
    #expect(taken.casebooks.keys.sorted() == [SubjectKey("1"), SubjectKey("2")])
    let casebook = try #require(taken.casebooks[SubjectKey("2")])
    let record = try #require(casebook.forms[FormKey("log/1/ae/3")])
    #expect(record.entries.map(\.item) == ["AEDECOD", "AESEV", "AESTDTC", "AETERM"])
    #expect(record.entry("AESTDTC")?.answer == .value("2013-07"))
    #expect(record.items["AETERM"]?.current?.position == 3)
    #expect(taken.reports.map(\.taken) == [2, 1])
    #expect(taken.reports[1].unplaced == [SDTMReport.Unplaced(variable: "AEPTCD", label: "", values: 1)])
  }

  @Test func `a date with its time goes in two, a birth date goes nowhere`() throws {
    let taken = Self.read()
    let record = try #require(taken.casebooks[SubjectKey("1")]?.forms[FormKey("once/1/dm/1")])
    #expect(record.entry("RFPENDTC")?.answer == .value("2014-07-02"))
    #expect(record.entry("RFPENTIM")?.answer == .value("11:45"))
    #expect(taken.reports[0].unplaced.map(\.variable) == ["BRTHDTC"])
  }

  @Test func `visits that nobody planned are counted by subject over all datasets`() throws {
    let header = "STUDYID DOMAIN USUBJID VSSEQ VSTESTCD VSTEST VSORRES VSSTAT VISIT VISITNUM"
    let lab = "STUDYID DOMAIN USUBJID LBSEQ LBTESTCD LBTEST LBORRES VISIT VISITNUM"
    let taken = Self.read(
      Self.dataset("LB", lab, ["S|LB|1|#9|ALT|ALT|20|UNSCHEDULED 4.1|#4.1"]),
      Self.dataset(
        "VS", header,
        [
          "S|VS|1|#1|PULSE|Pulse|70||UNSCHEDULED 3.1|#3.1", "S|VS|1|#2|PULSE|Pulse||NOT DONE|UNSCHEDULED 4.1|#4.1",
          "S|VS|1|#3|PULSE|Pulse|71||WEEK 2|#4",
        ]))
    let casebook = try #require(taken.casebooks[SubjectKey("1")])
    #expect(
      casebook.keys().map(\.description) == ["UNS/1/vs/1", "UNS/2/lb/9", "UNS/2/vs/2", "W2/1/vs/3", "once/1/dm/1"])
    #expect(casebook.forms[try FormKey("UNS/2/vs/2")]?.entry("VSORRES")?.answer == .absent(.notDone))
  }

  static let refusals: [(row: String, why: String)] = [
    ("S|AE|3|#1|X|X|2013|MILD", "DM has no subject ‘3’."),
    ("T|AE|1|#1|X|X|2013|MILD", "STUDYID is ‘T’, and ‘S’ in the rows before."),
    ("S|CM|1|#1|X|X|2013|MILD", "DOMAIN is ‘CM’, and AE in the rows before."),
    ("S|AE||#1|X|X|2013|MILD", "There is no USUBJID."),
    ("S|AE|1|#0|X|X|2013|MILD", "AESEQ is no whole number above 0."),
    ("S|AE|1|#1.5|X|X|2013|MILD", "AESEQ is no whole number above 0."),
    ("S|AE|1|#20000|X|X|2013|MILD", "log/1/ae/20000 is no form of the study."),
    ("S|AE|1|#1||X|2013|MILD", "There is no AETERM, which ae requires."),
    ("S|AE|1|#1|X|X|2013-02-30|MILD", "AESTDTC must be a date such as 2026-03-13, 2026-03 or 2026, not ‘2013-02-30’."),
    (
      "S|AE|1|#1|X|X|2013-02-03T10:00|MILD",
      "AESTDTC must be a date such as 2026-03-13, 2026-03 or 2026, not ‘2013-02-03T10:00’."
    ),
    ("S|AE|1|#1|X|X|2013|AWFUL", "AESEV must be one of MILD, MODERATE, SEVERE, not ‘AWFUL’."),
    ("S|AE|1|#7|X|X|2013|MILD", "1 has log/1/ae/7 already."),
    (
      "S|AE|1|#1|X|X|#0.123456789|MILD",
      "AESTDTC is 0.123456789: a casebook holds 8 digits after the point and 20 before it."
    ),
  ]

  @Test(arguments: refusals)
  func `one row that cannot be taken keeps its file out, and is told with its number`(_ row: String, _ why: String) {
    let taken = Self.read(
      Self.dataset(
        "AE", "STUDYID DOMAIN USUBJID AESEQ AETERM AEDECOD AESTDTC AESEV", ["S|AE|1|#7|X|X|2013|MILD", row]))
    let report = taken.reports[1]
    #expect(report.refused.map(\.description) == ["row 2: \(why)"])
    #expect(report.taken == 0 && report.heldBack == 1)
    #expect(taken.casebooks.values.allSatisfy { $0.forms.count == 1 })
  }

  @Test func `a dataset that no form takes is told, and every row of any is taken, refused or held back`() {
    let taken = Self.read(
      Self.dataset("QS", "STUDYID DOMAIN USUBJID QSSEQ", ["S|QS|1|#1", "S|QS|1|#2"]),
      Self.dataset("LB", "STUDYID DOMAIN USUBJID LBSEQ LBTESTCD LBTEST VISIT", ["S|LB|1|#1|ALT|ALT|WEEK 99"]),
      Self.dataset("LBCH", "STUDYID DOMAIN USUBJID LBSEQ LBTESTCD LBTEST VISIT", ["S|LB|1|#1|ALT|ALT|WEEK 2"]))
    #expect(taken.reports.map(\.form) == ["dm", "lb", "lb", nil])
    #expect(taken.reports.map(\.taken) == [2, 0, 1, 0])
    #expect(
      taken.reports[3].refused.map(\.why) == Array(repeating: "No form of the study has the domain QS.", count: 2))
    for report in taken.reports { #expect(report.rows == report.taken + report.refused.count + report.heldBack) }
  }

  @Test func `without DM nobody is in an exchange`() {
    let events = Self.dataset("AE", "STUDYID DOMAIN USUBJID AESEQ AETERM AEDECOD", ["S|AE|1|#1|X|X"])
    let taken = SDTMImport(
      [SDTMImport.File(name: "ae.xpt", datasets: [events])], into: Self.plan, by: Self.circumstances)
    #expect(taken.casebooks.isEmpty)
    #expect(taken.reports[0].refused.map(\.why) == ["DM has no subject ‘1’."])
  }
}
