import ClinicalValues
import FHIR
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// What forms become as FHIR resources.
struct CasebookRecordTests {
  private func desk() throws -> CasebookDesk { CasebookDesk(try CasebookStage.moment("2026-04-01")) }
  private func key(_ text: String) throws -> FormKey { try FormKey(text) }

  private func record(_ desk: CasebookDesk, _ laboratories: LaboratoryState = LaboratoryState()) throws -> Record {
    var person = Demographics()
    person.birthDate = CalendarDate("1984-03-17")
    person.sex = .female
    let study = try CasebookStage.edition.get().study
    return try #require(try desk.source(person, laboratories).record(by: study)).record
  }

  private func chemistry(_ value: Entry) throws -> CasebookDesk {
    var desk = try desk()
    desk.save([Entry("LBDTC", .value("2026-03-30T08:00+08:00")), value], of: try key("SCR/chemistry"))
    return desk
  }

  private func observation(_ record: Record) throws -> Resource {
    try #require(record.resources.first { $0.type == "Observation" })
  }

  @Test func `birth date and sex come from the identity store, not from an event`() throws {
    let record = try record(chemistry(Entry("LBORRES_ALT", .value("20", unit: "U/L"))))
    #expect(record.patient?["birthDate"]?.date == CalendarDate("1984-03-17"))
    #expect(record.patient?["gender"]?.text == "female")
  }

  @Test func `a value carries its unit, its day, and its laboratory's own range`() throws {
    let observation = try observation(
      record(chemistry(Entry("LBORRES_ALT", .value("<20.50", unit: "U/L"), low: 7, high: 40))))
    #expect(
      observation["value"]?.first("value")?.json?.number == "20.5"
        || observation["value"]?.first("value")?.json?.number == "20.50")
    #expect(observation["value"]?.first("comparator")?.text == "<")
    #expect(observation["effective"]?.json?.string == "2026-03-30T08:00:00+08:00")
    #expect(observation["referenceRange"]?.first("high")?.first("value")?.decimal == 40)
  }

  @Test func `a value without a range gets that of its laboratory on its day; from an unknown laboratory none`() throws
  {
    var laboratories = LaboratoryState()
    let from = try #require(CalendarDate("2026-01-01"))
    let range = NormalRange(
      laboratory: "Central", concept: "alt", sex: .female, validFrom: from, low: 5, high: 35, unit: "U/L")
    laboratories.apply(
      Recorded(
        .rangesImported(file: Digest(of: "file"), ranges: [range]), happened: try CasebookStage.moment("2026-01-01"),
        recorded: Instant(milliseconds: 0), actor: Actor(account: "pi", role: "")), of: nil)
    for (laboratory, high) in [("Central", Decimal(35)), ("Elsewhere", nil)] as [(String, Decimal?)] {
      let desk = try chemistry(Entry("LBORRES_ALT", .value("20", unit: "U/L"), laboratory: laboratory))
      let found = try observation(record(desk, laboratories))["referenceRange"]?.first("high")?.first("value")?.decimal
      #expect(found == high)
    }
  }

  @Test func `a correction replaces the resource, and a cleared answer removes it`() throws {
    var desk = try chemistry(Entry("LBORRES_ALT", .value("20", unit: "U/L")))
    let first = try observation(record(desk)).fullUrl
    desk.save([Entry("LBORRES_ALT", .value("25", unit: "U/L"))], of: try key("SCR/chemistry"))
    let corrected = try record(desk)
    #expect(corrected.resources.filter { $0.type == "Observation" }.count == 1)
    #expect(try observation(corrected).fullUrl == first)
    desk.save([Entry("LBORRES_ALT", .cleared)], of: try key("SCR/chemistry"))
    #expect(try record(desk).resources.contains { $0.type == "Observation" } == false)
  }

  @Test func `a value whose form asks for a date and has none is of its visit's day, and of no day without a visit`()
    throws
  {
    var desk = try desk()
    desk.save([Entry("LBORRES_ALT", .value("20", unit: "U/L"))], of: try key("SCR/chemistry"))
    #expect(try observation(record(desk))["effective"] == nil, "not of the day on which it was saved")
    desk.save([Entry("SVSTDTC", .value("2026-03-28T09:00+08:00"))], of: try key("SCR/visit"))
    #expect(try observation(record(desk))["effective"]?.json?.string == "2026-03-28")
    desk.save([Entry("LBORRES_ALT", .value("25", unit: "U/L"))], of: try key("SCR/chemistry"))
    #expect(try observation(record(desk))["effective"]?.json?.string == "2026-03-28", "a correction makes it no newer")
    desk.save([Entry("LBDTC", .value("2026-03-27T08:00+08:00"))], of: try key("SCR/chemistry"))
    #expect(try observation(record(desk))["effective"]?.json?.string == "2026-03-27T08:00:00+08:00")
  }

  @Test func `an answer that says why there is none is no resource`() throws {
    let desk = try chemistry(Entry("LBORRES_ALT", .absent(.notDone)))
    #expect(try record(desk).resources.contains { $0.type == "Observation" } == false)
  }

  @Test func `a row of a log is one resource`() throws {
    var desk = try desk()
    desk.save(
      [
        Entry("CMTRT", .value("prednisone")), Entry("CMSTAT", .value("active")), Entry("CMSTDTC", .value("2024-05")),
        Entry("CMDOSTOT", .value("7.5", unit: "mg/d")), Entry("CMEFFDOSE", .value("true")),
        Entry("CMREASND", .value("inadequate-response")),
      ], of: try key("log/priorTreatment"))
    let found = try record(desk).resources.filter { $0.type == "MedicationStatement" }
    let medicine = try #require(found.first)
    #expect(found.count == 1)
    #expect(medicine["effective"]?.first("start")?.json?.string == "2024-05")
    #expect(medicine["dosage"]?.first("doseAndRate")?.first("dose")?.first("value")?.decimal == Decimal("7.5"))
  }
}
