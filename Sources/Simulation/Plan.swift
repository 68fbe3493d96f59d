import ClinicalValues
import StudyDesign

/// Something that is done for a participant in the usual way.
enum Deed: Sendable {
  case register, history, consent
  /// What the hospital's record says is written into forms: the person, the illness, earlier treatment.
  case anamnesis
  case screening(round: Int)
  case decide, fail
  case enroll
  case examine(RecheckKind)
  case recheck(RecheckKind)
  case collect(Int)
  case receiveCells(Int)
  case fill(lot: Int)
  case test(lot: Int)
  case decideLot(lot: Int)
  case finalSterility(lot: Int)
  case ship(lot: Int)
  case store(lot: Int)
  case resolveQuarantine
  case book(day: Int)
  case prepareLymphodepletion
  case lymphodepletion(dose: Int)
  case feverBeforeInfusion
  case admit
  case infuse
  case visit(String, assessed: Bool)
  /// The results of the morning's samples arrive.
  case results(String)
  /// What was measured on the ward over a day is taken over.
  case ward(String)
  case missed(String, reason: String)
  case toxicity(String, ToxicityStep)
  case medicine(String, MedicineStep)
  case hospitalStay(HospitalStep)
  case correct(Int)
  case answerQueries, closeQueries
  case monitor(visit: String, asks: Bool)
  /// What values show is judged, signed and made into adverse events; deviations are classified.
  case judge
  case sign
  case freeze(visit: String)
  case special(Act)
}

/// What is entered of an adverse event at a time.
enum ToxicityStep: Sendable {
  case begins, ends
  case turns(grade: Int)
  /// The site tells the sponsor, within a day.
  case told
  /// The safety officer judges; an unexpected one is sent on.
  case judged, submitted
  /// The site tells the sponsor what was found out since.
  case followedUp
}

/// What is entered of a medicine at a time.
enum MedicineStep: Sendable { case begins, ends }

/// What is entered of a stay in hospital at a time; one for an adverse event names it.
enum HospitalStep: Sendable {
  case admitted(toxicity: String?)
  case discharged(toxicity: String?)
}

/// A deed with its day, counted from the opening, and the time of day at the site.
struct PlannedDeed: Sendable {
  let day: Int
  let time: String
  let deed: Deed

  init(_ day: Int, _ time: String, _ deed: Deed) {
    self.day = day
    self.time = time
    self.deed = deed
  }
}

extension Story {
  /// The participant's whole way as deeds: the usual ones, from the few days that the story names, and the others.
  var deeds: [PlannedDeed] {
    beforeEnrollment + (end >= .enrolled ? untilProduct : []) + untilInfusion + afterInfusion + illness + review
      + events.map { PlannedDeed($0.day, $0.time, .special($0.what)) }
  }

  /// The decision that leads to enrollment: of the second screening, where the first failed.
  var lastDecision: Int {
    for event in events { if case .screenAgain(let decision) = event.what { return decision } }
    return decision
  }

  private var beforeEnrollment: [PlannedDeed] {
    var deeds = [PlannedDeed(decision - 24, "09:10", .register)]
    // Of a candidate the hospital's record is taken over as it is; later it is written into forms.
    if end < .screening { deeds.append(PlannedDeed(decision - 24, "09:40", .history)) }
    if end >= .consented { deeds.append(PlannedDeed(decision - 20, "10:30", .consent)) }
    if end >= .screening {
      deeds.append(PlannedDeed(decision - 13, "10:10", .anamnesis))
      deeds.append(PlannedDeed(decision - 3, "15:00", .screening(round: 1)))
    }
    if !findings.isEmpty { deeds.append(PlannedDeed(decision, "14:20", .fail)) }
    if end >= .eligible {
      if lastDecision != decision {
        deeds.append(PlannedDeed(lastDecision - 3, "15:00", .screening(round: 2)))
      }
      deeds.append(PlannedDeed(lastDecision, "14:20", .decide))
    }
    return deeds
  }

  private var untilProduct: [PlannedDeed] {
    let first = lastDecision + collection
    var deeds = [PlannedDeed(lastDecision + 7, "10:00", .enroll)]
    deeds += run(1, collectedOn: first)
    if case .failedLot(let days) = product { deeds += run(2, collectedOn: lastDecision + days) }
    return deeds
  }

  /// From the re-check before a collection to the lot in the site's freezer.
  private func run(_ number: Int, collectedOn day: Int) -> [PlannedDeed] {
    var deeds = [
      PlannedDeed(day - 2, "09:30", .examine(.leukapheresis)), PlannedDeed(day - 1, "16:00", .recheck(.leukapheresis)),
      PlannedDeed(day, "07:40", .collect(number)), PlannedDeed(day, "15:30", .visit("LEU", assessed: false)),
      PlannedDeed(day + 1, "09:10", .receiveCells(number)),
      PlannedDeed(day + 11, "09:00", .fill(lot: number)), PlannedDeed(day + 21, "10:00", .test(lot: number)),
      PlannedDeed(day + 25, "11:00", .decideLot(lot: number)),
    ]
    if case .failedLot = product, number == 1 { return deeds }
    deeds += [PlannedDeed(day + 26, "08:00", .ship(lot: number)), PlannedDeed(day + 27, "10:00", .store(lot: number))]
    if product == .tooWarm { deeds.append(PlannedDeed(day + 29, "13:00", .resolveQuarantine)) }
    if product == .early { deeds.append(PlannedDeed(day + 35, "09:00", .finalSterility(lot: number))) }
    return deeds
  }

  /// The first day of lymphodepletion.
  var firstDose: Int? { infusion.map { $0 - (course.isPutOff ? 8 : 5) } }

  private var untilInfusion: [PlannedDeed] {
    guard let infusion, let firstDose else { return [] }
    var deeds = [PlannedDeed(firstDose - 12, "11:00", .book(day: firstDose + 5))]
    for event in events {
      guard case .deferLymphodepletion = event.what else { continue }
      deeds = [
        PlannedDeed(event.day - 12, "11:00", .book(day: event.day + 6)),
        PlannedDeed(event.day + 8, "11:00", .book(day: firstDose + 5)),
      ]
    }
    deeds += [
      PlannedDeed(firstDose - 1, "07:30", .examine(.lymphodepletion)),
      PlannedDeed(firstDose - 1, "11:00", .visit("BL", assessed: false)),
      PlannedDeed(firstDose - 1, "14:00", .recheck(.lymphodepletion)),
      PlannedDeed(firstDose - 1, "15:00", .prepareLymphodepletion),
    ]
    for dose in 1...3 {
      let day = firstDose + dose - 1
      deeds += [
        PlannedDeed(day, "09:30", .lymphodepletion(dose: dose)),
        PlannedDeed(day, "14:30", .visit("LD\(dose)", assessed: false)),
        PlannedDeed(day, "16:40", .results("LD\(dose)")),
      ]
    }
    guard end == .followUp else { return deeds }
    deeds.append(PlannedDeed(infusion + admission, "08:20", .hospitalStay(.admitted(toxicity: nil))))
    if course.isPutOff {
      deeds += [
        PlannedDeed(infusion + admission, "09:10", .feverBeforeInfusion),
        PlannedDeed(infusion + admission, "11:10", .visit("PRE", assessed: false)),
        PlannedDeed(infusion + admission, "16:40", .results("PRE")),
        PlannedDeed(infusion + admission, "22:35", .ward("PRE")),
        PlannedDeed(infusion + admission + 1, "09:20", .book(day: infusion)),
      ]
    }
    return deeds + [
      PlannedDeed(infusion - 1, "09:00", .admit), PlannedDeed(infusion - 1, "10:20", .examine(.infusion)),
      PlannedDeed(infusion - 1, "11:10", .visit("PRE", assessed: false)),
      PlannedDeed(infusion - 1, "16:40", .results("PRE")), PlannedDeed(infusion - 1, "22:35", .ward("PRE")),
      PlannedDeed(infusion, "07:45", .visit("D0", assessed: false)),
      PlannedDeed(infusion, "08:30", .recheck(.infusion)),
      PlannedDeed(infusion, "09:30", .infuse), PlannedDeed(infusion, "16:40", .results("D0")),
      PlannedDeed(infusion, "22:35", .ward("D0")),
    ]
  }

  /// The visits after the infusion: name, day, whether toxicity was assessed. Days of later ones are weeks after Day 0.
  static let visits: [(name: String, day: Int, assessed: Bool)] =
    (1...14).map { (name: "D\($0)", day: $0, assessed: true) }
    + [
      ("D17", 17, false), ("D21", 21, true), ("D24", 24, false), ("D28", 28, true), ("D30", 30, false),
      ("M2", 63, true),
      ("M3", 91, true), ("M4", 119, false), ("M5", 147, false), ("M6", 182, true), ("M7", 210, false),
      ("M8", 238, false),
      ("M9", 273, true), ("M10", 301, false), ("M11", 329, false), ("M12", 364, true), ("M13", 392, false),
      ("M14", 427, false), ("M15", 455, false), ("M16", 483, false), ("M17", 518, false), ("M18", 546, true),
      ("M19", 574, false), ("M20", 602, false), ("M21", 637, false), ("M22", 665, false), ("M23", 693, false),
      ("M24", 714, true),
    ]

  /// Visits of the monthly tests alone, to which not everybody comes.
  static let monthlyTests: Set = [
    "M7", "M8", "M10", "M11", "M13", "M14", "M16", "M17", "M19", "M20", "M22", "M23",
  ]

  /// The day of admission for the infusion, counted from Day 0: its eve, as it was booked first.
  var admission: Int { course.isPutOff ? -4 : -1 }

  /// The last day in hospital after the infusion.
  var discharge: Int { max(10, courseOfValues.lastToxicDay + 2, (course.lowestICE?.day ?? 0) + 7) }

  private var afterInfusion: [PlannedDeed] {
    guard end == .followUp, let infusion else { return [] }
    var deeds: [PlannedDeed] = [
      PlannedDeed(infusion + discharge, "15:20", .hospitalStay(.discharged(toxicity: nil)))
    ]
    for visit in Self.visits {
      let day = visit.name == "D28" ? course.lateD28 : visit.day
      guard day <= course.lastVisit ?? day, !isSeenDuringDowntime(visit.name), !isLost(on: infusion + day) else {
        continue
      }
      if let reason = course.missed[visit.name] {
        deeds.append(PlannedDeed(infusion + day, "12:10", .missed(visit.name, reason: reason)))
        continue
      }
      if Self.monthlyTests.contains(visit.name) {
        deeds.append(PlannedDeed(infusion + day, "16:40", .results(visit.name)))
        continue
      }
      deeds += [
        PlannedDeed(infusion + day, "10:20", .visit(visit.name, assessed: visit.assessed)),
        PlannedDeed(infusion + day, "16:40", .results(visit.name)),
      ]
      if day <= discharge { deeds.append(PlannedDeed(infusion + day, "22:35", .ward(visit.name))) }
    }
    return deeds
  }

  private func isSeenDuringDowntime(_ visit: String) -> Bool {
    events.contains { if case .visitAfterDowntime(visit, _) = $0.what { true } else { false } }
  }

  /// Whether nobody knew on a day where the participant was.
  private func isLost(on day: Int) -> Bool {
    var from: Int?
    for event in events {
      if case .attemptContact = event.what { from = min(from ?? event.day, event.day) }
      if case .findAgain = event.what, let start = from { return (start...event.day).contains(day) }
    }
    return false
  }
}
