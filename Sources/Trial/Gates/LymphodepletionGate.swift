import ClinicalValues
import StudyDesign

extension GateBook {
  /// Lymphodepletion begins behind these lines: nobody is lymphodepleted for an infusion that will not be allowed.
  static let lymphodepletion: [Rule] = [
    Rule(id: "lymphodepletion.eligibility", title: "Enrolled, and the eligibility decision stands") {
      $0.isEnrolled().and($0.eligibilityStands())
    },
    Rule(id: "lymphodepletion.round", title: "The first round, or one more after it ran out") {
      $0.mayBeginRound()
    },
    Rule(id: "lymphodepletion.consent", title: "Consent is in force, with every re-consent due before this step") {
      $0.consent(before: .lymphodepletion)
    },
    Rule(id: "lymphodepletion.recheck", title: "The re-check before lymphodepletion has passed and is not too old") {
      $0.recheck(.lymphodepletion).and($0.longWaitIsCovered())
    },
    Rule(id: "lymphodepletion.product", title: "Every bag of the dose is released, at the site, in order, and keeps") {
      $0.doseIsReady()
    },
    Rule(id: "lymphodepletion.washOut", title: "The wash-out of bridging is kept") {
      $0.finding(FindingID.washOut, remedy: "An investigator waits until the wash-out is kept and records it.")
    },
    Rule(id: "lymphodepletion.baseline", title: "The baseline visit is complete: activity, ICE score, weight") {
      $0.findings(FindingID.baseline, remedy: "The site completes the baseline visit and records it.")
    },
    Rule(id: "lymphodepletion.order", title: "The order is signed, by body surface and renal function") {
      $0.lymphodepletionIsOrdered()
    },
    Rule(id: "lymphodepletion.prophylaxis", title: "Prophylaxis against hepatitis B and infections") {
      $0.prophylaxis()
    },
    Rule(id: "lymphodepletion.readiness", title: "Tocilizumab and an intensive care bed are booked") {
      $0.ready(
        [.tocilizumabBooked, .intensiveCareBooked], remedy: "The site books both for the booked Day 0 and confirms it.")
    },
    Rule(id: "lymphodepletion.hold", title: "No hold of lymphodepletion or infusion") {
      $0.noHold(on: [.lymphodepletion, .infusion])
    },
    Rule(id: "lymphodepletion.questions", title: "No DLT question is open") { question in
      GateAnswer(
        against: question.situation.state.barringQuestions(
          at: question.moment.instant, plan: question.plan.safety
        ).map(\.bars), evidence: ["none"],
        remedy: "The principal investigator answers, the safety officer confirms; of an event that goes on, its site "
          + "records the course.")
    },
    Rule(id: "lymphodepletion.stagger", title: "The stagger interval ends by the booked Day 0") {
      $0.dayZeroIsAllowed()
    },
    Rule(id: "lymphodepletion.review", title: "The safety board's due review is done") { $0.isReviewed() },
  ]
}

extension GateQuestion {
  fileprivate func isEnrolled() -> GateAnswer {
    GateAnswer(
      way.enrolled != nil && way.left == nil && product.infusion == nil,
      way.enrolled.map { ["enrolled \($0.date)"] } ?? [],
      remedy: "Only who is enrolled, in the study and not infused is lymphodepleted.")
  }

  fileprivate func mayBeginRound() -> GateAnswer {
    guard let first = way.firstLymphodepletion else { return GateAnswer(true, ["first round"]) }
    var problems: [String] = []
    if way.isConditioned(onDay: moment.day) { problems.append("the last round has not run out") }
    if way.lymphodepletionRounds > plan.way.repeatedLymphodepletions {
      problems.append("it was begun \(way.lymphodepletionRounds) times already")
    }
    let allowed = first.day + plan.way.repeatNotBeforeDays
    if moment.day < allowed, let date = CalendarDate(daysSinceEpoch: allowed) { problems.append("not before \(date)") }
    return GateAnswer(
      against: problems, evidence: ["round \(way.lymphodepletionRounds + 1)"],
      remedy: "The investigator waits for that day; after the last round the participant leaves.")
  }

  /// The criteria of too long a wait were asked, where the wait was too long.
  fileprivate func longWaitIsCovered() -> GateAnswer {
    guard let collected = product.lastCollection else {
      return GateAnswer(nil, ["no leukapheresis is recorded"], remedy: "Cells are collected first.")
    }
    let last = collected.day + plan.way.longWaitDays
    guard moment.day > last else { return GateAnswer(true, until: end(ofDay: last)) }
    let criteria = plan.way.longWaitCriteria.joined(separator: ", ")
    return GateAnswer(
      way.rechecks[.lymphodepletion]?.coversLongWait ?? false,
      ["\(moment.day - collected.day) days since leukapheresis: \(criteria) are assessed anew"],
      remedy: "The investigator repeats the re-check with \(criteria).")
  }

  /// The last day on which the infusion could begin if lymphodepletion begins today.
  private var lastInfusionDay: Int {
    moment.day + plan.way.lymphodepletionDays - 1 + plan.way.infusionAfterLastDose.upperBound
  }

  fileprivate func doseIsReady() -> GateAnswer {
    let remedy = "Quality assurance releases, the site receives, inspects and stores every bag; the order names them."
    guard let order = way.lymphodepletionOrder, !order.bags.isEmpty else {
      return GateAnswer(false, ["no order names the bags of the dose"], remedy: remedy)
    }
    let standings = order.bags.map { ($0, standing(of: $0, until: lastInfusionDay)) }
    // The infusion asks for a bag that is taken out; one that waits for the doses before it has to lie where it keeps.
    let out = order.bags.filter { product[$0]?.isOutOfStorage == true }
    return GateAnswer(
      against: standings.flatMap { bag, standing in standing.problems.map { "\(bag): \($0)" } }
        + out.map { "\($0): it was taken out of storage" },
      evidence: order.bags.map(\.description), remedy: remedy, until: standings.compactMap { $0.1.until }.min())
  }

  /// The order is of this round, and its doses are those that follow from height, weight and renal function as they are
  /// known now.
  fileprivate func lymphodepletionIsOrdered() -> GateAnswer {
    let remedy = "An investigator signs the order for this round."
    guard let order = way.lymphodepletionOrder, order.round == way.lymphodepletionRounds + 1 else {
      return GateAnswer(false, ["no order for round \(way.lymphodepletionRounds + 1)"], remedy: remedy)
    }
    let ordered = order.agents.map { "\($0.concept) \($0.daily) mg a day" }
    let measured = [
      ("height", number(FindingID.height)), ("weight", number(FindingID.baselineWeight)),
      ("creatinine clearance", number(FindingID.clearance)),
    ]
    guard let height = measured[0].1, let weight = measured[1].1, let clearance = measured[2].1 else {
      return GateAnswer(
        nil, ordered + measured.filter { $0.1 == nil }.map { "\($0.0): not known" },
        remedy: "The site measures what is not known and records it.")
    }
    let surface = OrderLymphodepletion.bodySurface(height: height, weight: weight)
    let problems = order.agents.compactMap { agent -> String? in
      let today = surface.flatMap { agent.daily(surface: $0, clearance: clearance, plan.way) }
      guard today != agent.daily else { return nil }
      return "\(agent.concept) is ordered at \(agent.daily) mg a day, by what is measured it is "
        + (today.map { "\($0) mg" } ?? "not to be given")
    }
    return GateAnswer(against: problems, evidence: ordered, remedy: remedy)
  }

  fileprivate func prophylaxis() -> GateAnswer {
    let remedy = "An investigator plans prophylaxis, and the site confirms it."
    let negative = finding(FindingID.hepatitisBNegative, remedy: "The site tests HBsAg and anti-HBc.")
    let antiviral = ready([.antiviralProphylaxis], remedy: remedy)
    return (antiviral.value == true ? antiviral : negative).and(ready([.infectionProphylaxis], remedy: remedy))
  }

  fileprivate func dayZeroIsAllowed() -> GateAnswer {
    guard let booked = way.bookedDayZero else {
      return GateAnswer(false, ["Day 0 is not booked"], remedy: "The site books Day 0.")
    }
    let day = booked.daysSinceEpoch
    let lastDose = moment.day + plan.way.lymphodepletionDays - 1
    var problems: [String] = []
    if !plan.way.infusionAfterLastDose.contains(day - lastDose) {
      problems.append("days from the last dose to the booked Day 0: \(day - lastDose)")
    }
    let stagger = study.stagger(for: id, onDay: day, in: situation.state, plan: plan.safety)
    if !stagger.daysHavePassed {
      problems.append("the interval after \(names(stagger.waitsFor)) is not over by \(booked)")
    }
    let others = situation.state.conditionedTooClose(to: day, of: id, onDay: moment.day, plan: plan.safety)
    if !others.isEmpty { problems.append("\(names(others)) is lymphodepleted for a Day 0 inside the interval") }
    return GateAnswer(
      against: problems, evidence: ["Day 0 is booked for \(booked)"],
      remedy: "The site books a Day 0 that is allowed, and begins lymphodepletion then.")
  }

  /// No review is due, and so many as have begun before this participant do not wait for one that is to come.
  fileprivate func isReviewed() -> GateAnswer {
    let state = situation.state
    if let due = study.dueReview(in: state, plan: plan.safety, at: moment) {
      return GateAnswer(false, [due], remedy: "The safety board meets and decides.")
    }
    let begun =
      study.infusions.count { $0.participant != id }
      + state.awaitingInfusion(onDay: moment.day, but: id, plan: plan.safety).count
    guard let number = study.unseenByBoard(begun: begun, in: state, plan: plan.safety) else {
      return GateAnswer(true, ["none due"])
    }
    let window = plan.safety.doseLimitingWindowDays
    return GateAnswer(
      false, ["\(begun) others are infused or lymphodepleted; the board has not seen \(number) through Day \(window)"],
      remedy: "The safety board meets when \(number) participants are through Day \(window), and decides.")
  }

  private func names(_ participants: [ParticipantID]) -> String {
    participants.map(\.description).joined(separator: ", ")
  }
}
