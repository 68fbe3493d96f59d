// What is entered beside the visits: adverse events, medicines, stays in hospital; and what becomes of what was entered:
// queries, the monitor's visits, signatures.

extension Story {
  /// Adverse events, medicines and stays, each when the site learns of it.
  var illness: [PlannedDeed] {
    guard let infusion, end == .followUp else { return [] }
    var deeds: [PlannedDeed] = []
    // A death is entered when the site hears of it.
    for toxicity in toxicities where toxicity.seriousness != .death {
      deeds.append(PlannedDeed(infusion + toxicity.onset, "11:40", .toxicity(toxicity.name, .begins)))
      for turn in toxicity.grades.dropFirst() {
        deeds.append(PlannedDeed(infusion + turn.day, "11:50", .toxicity(toxicity.name, .turns(grade: turn.grade))))
      }
      if let told = toxicity.toldFrom {
        deeds.append(PlannedDeed(infusion + told, "15:40", .toxicity(toxicity.name, .told)))
        if toxicity.seriousness != nil {
          deeds.append(PlannedDeed(infusion + told + 1, "10:30", .toxicity(toxicity.name, .judged)))
        }
        if toxicity.seriousness != nil, let later = toxicity.followUp {
          deeds.append(PlannedDeed(infusion + later.day, "14:10", .toxicity(toxicity.name, .followedUp)))
        }
        if toxicity.isSuspectedUnexpected {
          deeds.append(PlannedDeed(infusion + told + 9, "14:30", .toxicity(toxicity.name, .submitted)))
        }
        if toxicity.seriousness == .hospitalization {
          let last = min(toxicity.end ?? told + 9, told + 9)
          deeds += [
            PlannedDeed(infusion + told, "11:45", .hospitalStay(.admitted(toxicity: toxicity.name))),
            PlannedDeed(infusion + last, "11:20", .hospitalStay(.discharged(toxicity: toxicity.name))),
          ]
        }
      }
      if let over = toxicity.end, over <= course.lastVisit ?? .max {
        deeds.append(PlannedDeed(infusion + over, "11:55", .toxicity(toxicity.name, .ends)))
      }
    }
    for medicine in medicines {
      deeds.append(PlannedDeed(infusion + medicine.start, "12:05", .medicine(medicine.name, .begins)))
      if let last = medicine.end, last <= course.lastVisit ?? .max {
        deeds.append(PlannedDeed(infusion + last, "12:15", .medicine(medicine.name, .ends)))
      }
    }
    return deeds
  }

  /// What becomes of what was entered.
  var review: [PlannedDeed] {
    var deeds: [PlannedDeed] = []
    if end >= .eligible || !findings.isEmpty {
      deeds += [
        PlannedDeed(decision + 4, "11:00", .answerQueries), PlannedDeed(decision + 6, "15:00", .closeQueries),
        PlannedDeed(decision + 8, "15:20", .judge), PlannedDeed(decision + 8, "15:40", .sign),
      ]
    }
    for place in slips.indices {
      deeds.append(PlannedDeed((infusion ?? decision) + slips[place].corrected, "09:50", .correct(place)))
    }
    if end >= .collected { deeds += settling(from: lastDecision + collection + 5) }
    // Who has left leaves nothing open behind.
    if let gone { deeds += settling(from: gone + 6) }
    guard let infusion, end == .followUp else { return deeds }
    deeds.append(PlannedDeed(infusion - 14, "13:00", .monitor(visit: "SCR", asks: false)))
    let visits = [
      (16, "D7"), (43, "D28"), (110, "M3"), (202, "M6"), (292, "M9"), (388, "M12"), (476, "M15"), (572, "M18"),
      (656, "M21"), (727, "M24"),
    ]
    for (day, visit) in visits where day <= course.lastVisit ?? .max {
      deeds += [
        PlannedDeed(infusion + day, "09:40", .answerQueries), PlannedDeed(infusion + day + 2, "14:00", .closeQueries),
        PlannedDeed(infusion + day + 3, "13:00", .monitor(visit: visit, asks: ["D28", "M6"].contains(visit))),
        PlannedDeed(infusion + day + 8, "10:10", .answerQueries),
        PlannedDeed(infusion + day + 10, "14:00", .closeQueries),
        PlannedDeed(infusion + day + 11, "14:20", .judge), PlannedDeed(infusion + day + 11, "15:00", .sign),
      ]
      if ["D7", "D28"].contains(visit) {
        deeds.append(PlannedDeed(infusion + day + 13, "10:00", .freeze(visit: visit)))
      }
    }
    deeds.append(PlannedDeed(infusion + 22, "10:30", .freeze(visit: "SCR")))
    return deeds
  }

  /// The day on which somebody leaves for good, counted from the opening, or is seen the last time after it; nil for who stays.
  private var gone: Int? {
    events.compactMap { event in
      switch event.what {
      case .withdraw, .safetyVisit, .death: event.day
      default: nil
      }
    }.max()
  }

  /// Queries are answered and closed, values judged, and what is complete is signed, within some days.
  private func settling(from day: Int) -> [PlannedDeed] {
    [
      PlannedDeed(day, "09:40", .answerQueries), PlannedDeed(day + 2, "14:00", .closeQueries),
      PlannedDeed(day + 5, "14:20", .judge), PlannedDeed(day + 5, "15:00", .sign),
    ]
  }
}
