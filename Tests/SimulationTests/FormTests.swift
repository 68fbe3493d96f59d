import ClinicalValues
import Conduct
import FHIR
import StudyDesign
import Testing
import Trial

@testable import Simulation

/// What stands in the forms, without the trial around it.
struct FormTests {
  private static let study = Result { try #require(try Stage.shelf.get().editions.first?.study) }

  static func patient(_ story: Story) throws -> Patient {
    let path = "\(Stage.studyFolder)/examples/\(story.example)"
    let study = try study.get()
    let template = try TemplateRecord(try Stage.bytes(of: path), file: path)
    return Patient(
      story, template: template,
      dictionary: Dictionary(study.dictionary.concepts.map { ($0.id, $0) }) { first, _ in first }, seed: 1)
  }

  private static func occasion(_ visit: String, _ day: Int) throws -> Simulation.Occasion {
    let date = try #require(CalendarDate("2024-08-26")?.adding(day, .day))
    let time = try #require(Moment("\(date)T10:20:00+08:00[Asia/Shanghai]"))
    return Simulation.Occasion(
      visit: visit, time: time, day: day, mode: .site,
      assessor: "Tan Minghao", laboratory: "Clinical laboratory of site 01")
  }

  /// What a form holds at a visit, by item.
  static func answers(_ form: String, of patient: inout Patient, at visit: String, _ day: Int) throws
    -> [String: Int]
  {
    let plan = try #require(try study.get().forms.first { $0.id == form })
    var values: [String: Int] = [:]
    for entry in patient.entries(of: plan, on: try occasion(visit, day)) {
      values[entry.item] = entry.answer.text.flatMap {
        $0 == "true" ? 1000 : $0 == "false" ? 0 : Series.thousandths($0)
      }
    }
    return values
  }

  @Test(arguments: Story.infused.map(\.key)) func `every answer at every visit is one that its item takes`(
    _ key: String
  ) throws {
    let story = try #require(Story.infused.first { $0.key == key })
    let study = try Self.study.get()
    var patient = try Self.patient(story)
    for (name, day, _) in Story.visits {
      let occasion = try Self.occasion(name, day)
      let visit = try #require(study.schedule.visit(name))
      let expected = Expected(cohort: story.cohort, mayBecomePregnant: true, isInHospital: day < 11, isToxic: false)
      for id in expected.forms(of: visit, in: study.schedule) {
        let form = try #require(study.forms.first { $0.id == id })
        guard form.occurs == .visit || form.occurs == .repeated else { continue }
        for entry in patient.entries(of: form, on: occasion) {
          let item = try #require(form.item(entry.item))
          #expect(item.objection(to: entry) == nil, "\(key) \(name) \(id) \(entry.item) \(entry.answer)")
        }
      }
    }
  }

  @Test(arguments: [
    ("A2", "mrss", "MRSS_TOTAL"), ("A3", "mmt8", "MMT8_TOTAL"), ("A4", "essdai", "ESSDAI_TOTAL"),
    ("A1", "sledai2k", "SLEDAI_TOTAL"),
  ])
  func `the items of an instrument come to its total, and the total falls as the course says`(
    _ key: String, _ form: String, _ total: String
  ) throws {
    var patient = try Self.patient(try #require(Story.infused.first { $0.key == key }))
    var totals: [Int] = []
    for (visit, day) in [("D28", 28), ("M3", 91), ("M6", 182), ("M24", 714)] {
      let answers = try Self.answers(form, of: &patient, at: visit, day)
      let prefix = total.replacing("TOTAL", with: "")
      var sum = 0
      for (item, value) in answers where item.hasPrefix(prefix) && item != total {
        let isWeighted = form == "sledai2k" || form == "essdai"
        let name = String(item.dropFirst(prefix.count))
        let list = form == "sledai2k" ? Weighted.lupus : Weighted.sjogren
        sum += value * (isWeighted ? list.items.first { $0.item == name }?.weight ?? 0 : 1)
      }
      #expect(sum == answers[total], "\(key) \(visit)")
      totals.append(try #require(answers[total]))
    }
    let isStrength = form == "mmt8"
    let fallen = try #require(totals.first) - (try #require(totals.last))
    #expect(isStrength ? fallen < 0 : fallen > 0, "\(totals)")
  }

  @Test func `CAR-T copies peak between Day 7 and Day 14 and are gone after a year`() throws {
    for story in Story.infused {
      var patient = try Self.patient(story)
      var copies: [Int: Int] = [:]
      for day in [1, 3, 5, 7, 10, 14, 21, 28, 63, 364] {
        copies[day] = try Self.answers("carTCopies", of: &patient, at: "D7", day)["LBORRES_CARCOPY"] ?? 0
      }
      let peak = try #require(copies.max { $0.value < $1.value }?.key)
      #expect((7...14).contains(peak), "\(story.key)")
      #expect(copies[364] == 0, "\(story.key)")
    }
  }

  @Test func `ferritin and temperature follow cytokine release, and grades its treatment`() throws {
    let story = try #require(Story.infused.first { $0.course.crs == 3 })
    var patient = try Self.patient(story)
    let before = try Self.answers("inflammation", of: &patient, at: "D1", 1)
    let high = try Self.answers("inflammation", of: &patient, at: "D5", story.course.crsDay + 3)
    let after = try Self.answers("inflammation", of: &patient, at: "D28", 28)
    #expect(try #require(high["LBORRES_FERRITIN"]) > 10 * (try #require(before["LBORRES_FERRITIN"])))
    #expect(try #require(after["LBORRES_FERRITIN"]) < (try #require(high["LBORRES_FERRITIN"])) / 5)
    let worst = try Self.answers("crs", of: &patient, at: "D4", story.course.crsDay + 2)
    #expect(worst["CRSGRADE"] == 3_000 && worst["CRSVASOP"] == 1_000)
    #expect(story.medicines.filter { $0.reason == "CRS" }.map(\.code).contains("L04AC07"))
    #expect(story.medicines.filter { $0.reason == "CRS" }.map(\.code).contains("H02AB02"))
  }

  @Test func `a blood count adds up on every day`() throws {
    for story in Story.infused {
      var patient = try Self.patient(story)
      for day in [-4, 0, 3, 7, 10, 14, 28, 91, 714] {
        let count = try Self.answers("hematology", of: &patient, at: "D7", day)
        let parts = try #require(count["LBORRES_NEUT"]) + (try #require(count["LBORRES_LYM"]))
        #expect(try #require(count["LBORRES_WBC"]) >= parts, "\(story.key) \(day)")
      }
    }
  }
}

extension FormTests {
  @Test(arguments: [("A5", true), ("A9", false)])
  func `reticulocytes are a share of the red cells, and a complete response is reached where the story says`(
    _ key: String, _ isComplete: Bool
  ) throws {
    var patient = try Self.patient(try #require(Story.infused.first { $0.key == key }))
    for (visit, day) in [("BL", -6), ("D28", 28), ("M3", 91), ("M6", 182), ("M12", 364)] {
      let count = try Self.answers("hematology", of: &patient, at: visit, day)
      let blood = try Self.answers("hemolysis", of: &patient, at: visit, day)
      let share = try #require(blood["LBORRES_RETIP"]) * (try #require(count["LBORRES_RBC"])) / 100
      #expect(abs(share - (try #require(blood["LBORRES_RETI"]))) <= 1_000, "\(key) \(visit)")
      guard day > 150 else { continue }
      let chemistry = try Self.answers("chemistry", of: &patient, at: visit, day)
      let isNormal =
        try #require(count["LBORRES_HGB"]) >= 130_000 && (try #require(blood["LBORRES_RETIP"])) <= 1_500
        && (try #require(blood["LBORRES_HAPTO"])) >= 300_000 && (try #require(chemistry["LBORRES_LDH"])) <= 250_000
        && (try #require(chemistry["LBORRES_BILI"])) <= 23_000
      #expect(isNormal == isComplete, "\(key) \(visit)")
    }
  }

  @Test func `multiple sclerosis has a new baseline at Month 3, no lesions after it and no medicine`() throws {
    var patient = try Self.patient(try #require(Story.infused.first { $0.cohort == "ms" }))
    var baselines: [String] = []
    for (visit, day) in [("BL", -6), ("M3", 91), ("M6", 182), ("M12", 364)] {
      let scan = try Self.answers("mri", of: &patient, at: visit, day)
      if scan["NVREBASE"] == 1_000 { baselines.append(visit) }
      if day > 91 { #expect(scan["NVORRES_T2"] == 0 && scan["NVORRES_GD"] == 0) }
      #expect(try Self.answers("responseContext", of: &patient, at: visit, day)["RSDRUGFREE"] == 1_000)
    }
    #expect(baselines == ["M3"])
  }
}

/// What the tables tell as a whole (the list of the demonstration).
struct StoryTableTests {
  private static let events = Story.infused.flatMap { story in story.toxicities.map { (story: story, event: $0) } }

  @Test func `cytokine release in six of ten, one of grade 3, the others mild`() {
    let grades = Story.infused.map(\.course.crs).filter { $0 > 0 }
    #expect(Story.infused.count == 10 && grades.count == 6)
    #expect(grades.filter { $0 == 3 }.count == 1 && grades.allSatisfy { $0 <= 3 })
  }

  @Test(arguments: [
    ("ICANS", 1), ("ICAHT", 1), ("LICATS", 2), ("ENTEROCOLITIS", 1), ("FLARE", 1), ("HYPOGAMMAGLOBULINEMIA", 10),
  ])
  func `events of special interest`(_ interest: String, _ count: Int) {
    #expect(Self.events.filter { $0.event.interest == interest }.count == count)
  }

  @Test func `two serious infections, and one unexpected serious event that the product may have caused`() {
    let serious = Self.events.filter { $0.event.seriousness != nil }
    #expect(serious.filter { $0.event.interest == "INFECTION" }.count == 2)
    #expect(serious.filter { $0.event.interest == "ENTEROCOLITIS" && $0.event.causes.contains(.product) }.count == 1)
  }

  @Test func `a course is told from the onset, day by day, and within the event`() {
    for (story, event) in Self.events {
      #expect(event.grades.first?.day == event.onset, "\(story.key) \(event.name)")
      #expect(event.grades.map(\.day) == event.grades.map(\.day).sorted(), "\(story.key) \(event.name)")
      #expect(event.grades.allSatisfy { $0.day <= event.end ?? .max }, "\(story.key) \(event.name)")
    }
  }

  @Test func `medicines given for an event name one that the participant has`() {
    for story in Story.infused {
      let names = Set(story.toxicities.map(\.name))
      for medicine in story.medicines {
        #expect(medicine.toxicity.map(names.contains) ?? true, "\(story.key) \(medicine.name)")
        #expect(medicine.end ?? .max >= medicine.start, "\(story.key) \(medicine.name)")
      }
      #expect(Set(story.medicines.map(\.name)).count == story.medicines.count, "\(story.key)")
    }
  }

  @Test func `one whose illness comes back is treated anew`() throws {
    let story = try #require(Story.infused.first { $0.course.flare != nil })
    #expect(story.medicines.contains { $0.isNewTreatment && $0.start > (story.course.flare?.day ?? .max) })
    #expect(story.courseOfValues.activity(onDay: 270) > 3 * story.courseOfValues.activity(onDay: 180))
    #expect(story.drugFree(onDay: 182) == 121 && story.drugFree(onDay: 300) == nil)
    let flare = try #require(story.toxicities.first { $0.interest == "FLARE" })
    #expect(story.medicines.filter(\.isNewTreatment).allSatisfy { $0.toxicity == flare.name })
  }

  @Test func `no two lose immunoglobulin G in the same way, and it is over with a value that nobody replaced`() {
    let events = Self.events.filter { $0.event.interest == "HYPOGAMMAGLOBULINEMIA" }
    #expect(Set(events.map(\.event.onset)).count >= 3)
    #expect(Set(events.map { $0.event.end ?? 0 }).count >= 4 && events.contains { $0.event.end == nil })
    for (story, event) in events {
      guard let end = event.end else { continue }
      #expect(!story.globulin.isReplaced(onDay: end), "\(story.key)")
      #expect(story.globulin.own.value(onDay: end) > story.globulin.own.value(onDay: event.onset), "\(story.key)")
    }
  }

  @Test func `nothing that came later is told first, and what is over is told to its end`() {
    for (story, event) in Self.events where event.seriousness != nil && event.seriousness != .death {
      #expect(event.outcome != nil && event.story.hasPrefix(event.narrative), "\(story.key) \(event.name)")
      for word in ["discharged", "off vasopressors", "without focal", "days;", "weeks"] {
        #expect(!event.narrative.contains(word), "\(story.key) \(event.name) \(word)")
      }
    }
  }

  @Test func `an accident is neither expected nor suspected to come from the product`() throws {
    let accident = try #require(Self.events.first { $0.event.seriousness == .death }?.event)
    #expect(accident.isUnexpected && !accident.isSuspectedUnexpected)
    #expect(Self.events.filter(\.event.isSuspectedUnexpected).map(\.event.interest) == ["ENTEROCOLITIS"])
  }

  @Test func `a question about dose-limiting toxicity is answered within three days of what it is asked about`() {
    let interests: [QualifyingToxicity: String] = [.crs: "CRS", .icans: "ICANS", .cytopenia: "ICAHT"]
    for story in Story.infused {
      let asked = story.events.compactMap { event -> String? in
        if case .askDLT(let toxicity, _, _) = event.what { interests[toxicity] } else { nil }
      }
      let answered = story.events.first { if case .answerDLT = $0.what { true } else { false } }
      guard let answered, let infusion = story.infusion else { continue }
      let event = story.toxicities.first { event in
        event.interest.map(asked.contains) ?? false || (asked.isEmpty && event.interest == "INFECTION")
      }
      // The worst grade is entered before noon, and opens the question.
      let opened = event.flatMap { event in event.grades.first { $0.grade == event.worst }?.day }
      let days = opened.map { answered.day - infusion - $0 }
      #expect(days.map { 0 < $0 && ($0 < 3 || $0 == 3 && answered.time < "10:00") } == true, "\(story.key)")
    }
  }
}
