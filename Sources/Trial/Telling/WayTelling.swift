import ClinicalValues
import StudyDesign

extension EventTelling {
  /// What an event of a participant's way tells.
  func told(_ event: WayEvent) -> Told {
    switch event {
    case .registered(let site, let cohort):
      let wanted = cohort.map { "cohort \(vocabulary.cohort($0, disease: true))" } ?? "any cohort"
      return Told("registered as a candidate at \(vocabulary.site(site)), for \(wanted)")
    case .dataImported(let data):
      return Told(
        "clinical data were taken over from \(data.source.words): \(Say.counted(data.resources, "entry", "entries"))",
        detail: ["bundle: SHA-256 \(data.bundle)"])
    case .consented(let consent): return told(consent)
    case .screeningStarted(let round):
      return Told(round == 1 ? "screening began" : "screening began anew, round \(round)")
    case .foundEligible(let decision): return told(decision)
    case .screeningFailed(let failure): return told(failure)
    case .eligibilityQuestioned(let question):
      return Told(
        "the eligibility decision is questioned: \(Say.quoted(question.reason))", detail: detail(question.assessment))
    case .enrolled(let cohort, let lines):
      return Told(
        "enrolled in cohort \(vocabulary.cohort(cohort))\(gate("enrollment", lines))", detail: detail(lines))
    case .dayZeroBooked(let day): return Told("Day 0, the day of the infusion, was booked for \(day)")
    case .recheckSigned(let recheck): return told(recheck)
    case .rechecksQuestioned(let reason):
      return Told("the re-checks that were signed count no more and are signed anew: \(Say.quoted(reason))")
    case .bridgingRecorded(let treatment, let listed):
      let name = vocabulary.treatment(treatment)
      return Told(
        "bridging treatment: \(Say.lowercasedFirst(name)), which the protocol " + (listed ? "allows" : "does not list"))
    case .lymphodepletionOrdered(let order): return told(order)
    case .infusionOrdered(let order): return told(order)
    case .readinessConfirmed(let item, let site, let doses):
      return Told(item.words + (doses.map { ", \(Say.counted($0, "dose"))" } ?? ""), about: "Confirmed at site \(site)")
    case .lymphodepletionGiven(let dose): return told(dose)
    case .lymphodepletionEnded(let reason):
      return Told("lymphodepletion was signed as ended before its last planned dose: \(Say.quoted(reason))")
    case .infusionDelayJustified(let reason):
      return Told("written reason for an infusion long after the last dose of lymphodepletion: \(Say.quoted(reason))")
    case .visitRecorded(let visit): return told(visit)
    case .contactAttempted(let inWriting):
      return Told("attempt to reach the participant\(inWriting ? " in writing" : ""), without answer")
    case .left(let departure): return told(departure)
    case .returned: return Told("the participant was found again and takes part again")
    case .died(let cause): return Told("the participant died; cause as reported: \(Say.quoted(cause))")
    case .siteChanged(let site): return Told("looked after from now on at \(vocabulary.site(site))")
    case .identityCorrected(let items, let reason):
      return Told(
        "changed in the participant's identity data: \(Say.listed(items.map(\.words)))"
          + (items.contains(where: \.isCompared) ? "; two people check the person anew" : "")
          + ". \(Say.quoted(reason))")
    case .capacityLost(let reason):
      return Told("the participant has lost the capacity to consent: \(Say.quoted(reason))")
    case .capacityRegained: return Told("the participant has regained the capacity to consent")
    case .pregnancyReported(let expectant): return Told("a pregnancy of \(expectant.words) became known")
    case .pregnancyEnded(let expectant, let outcome):
      return Told("the pregnancy of \(expectant.words) ended: \(Say.quoted(outcome))")
    case .enteredLate(let late): return told(late)
    case .corrected(let correction, let reason): return told(correction, because: reason)
    }
  }

  private func told(_ consent: GivenConsent) -> Told {
    var words =
      "informed consent was signed, version \(consent.version) of the form, at site \(consent.site); explained and "
      + "obtained by \(vocabulary.person(consent.obtainedBy))"
    words += consent.adult ? "; the participant is of age" : "; the participant is not of age"
    words += consent.copyGiven ? " and received a copy" : " and received no copy"
    return Told(words)
  }

  private func told(_ decision: EligibilityDecision) -> Told {
    Told(
      "found eligible for cohort \(vocabulary.cohort(decision.cohort)): \(summary(decision.assessment)). The decision "
        + "enrolls through \(Say.date(decision.validThrough))"
        + (decision.answersQuestion ? "; it answers the question that was raised about an earlier one" : ""),
      detail: detail(decision.assessment))
  }

  private func told(_ failure: ScreenFailure) -> Told {
    let failing = failure.failing.map { vocabulary.criterion($0) }
    let why = (failing.isEmpty ? [] : [Say.listed(failing)]) + (failure.reason.map { [Say.quoted($0)] } ?? [])
    return Told("screening failed: \(why.joined(separator: "; "))", detail: detail(failure.assessment))
  }

  private func told(_ recheck: SignedRecheck) -> Told {
    let outcome: String
    switch recheck.outcome {
    case .passed: outcome = "passed"
    case .deferred: outcome = "was deferred and is to be repeated"
    case .leave: outcome = "ends the participation"
    }
    var words = "the re-check before \(recheck.kind.rawValue) \(outcome)"
    if let assessment = recheck.assessment { words += ": \(summary(assessment))" }
    if !recheck.longWait.isEmpty {
      let passed = recheck.longWait.count { $0.outcome == .pass }
      words += "; after the long wait \(passed) of \(recheck.longWait.count) criteria asked anew passed"
    }
    if let reason = recheck.reason { words += "; \(Say.quoted(reason))" }
    let wait = recheck.longWait.map { "\($0.outcome.words)  \(vocabulary.criterion($0.id)) (asked anew)" }
    return Told(words, detail: wait + detail(recheck.assessment))
  }

  private func told(_ dose: LymphodepletionDose) -> Told {
    let round = dose.round == 1 ? "" : " of round \(dose.round)"
    return Told(
      "dose \(dose.number) of lymphodepletion\(round) was given\(dose.outsideGate ? " outside the gate" : "")"
        + "\(gate("lymphodepletion", dose.gate)). If it stays the last, the infusion may begin from "
        + "\(Say.date(dose.infusable.lowerBound)) to \(Say.date(dose.infusable.upperBound))\(reasonNeeded(dose))",
      detail: detail(dose.gate))
  }

  /// From which day on a late infusion needs a reason, as the gate asks for it.
  private func reasonNeeded(_ dose: LymphodepletionDose) -> String {
    guard let way = vocabulary.way else { return "" }
    let first = dose.infusable.lowerBound - way.infusionAfterLastDose.lowerBound + way.infusionReasonFromDay
    return dose.infusable.contains(first) ? ", from \(Say.date(first)) on with an investigator's written reason" : ""
  }

  private func told(_ order: InfusionOrder) -> Told {
    Told(
      "infusion ordered: \(bags(order.bags)), together \(Say.number(order.dosePerKg)) CAR-positive viable cells per kg "
        + "for a weight of \(Say.number(order.weight)) kg")
  }

  private func told(_ visit: RecordedVisit) -> Told {
    let name = visit.visit == "unscheduled" ? "an unscheduled visit" : "visit \(visit.visit)"
    return Told(
      "\(name) took place" + (visit.assessed ? ", with assessment of toxicity" : "")
        + (visit.completes ? "; it is the last planned visit and completes the study" : ""))
  }

  private func told(_ order: LymphodepletionOrder) -> Told {
    let agents = order.agents.map { agent in
      let share = agent.percent == 100 ? "" : ", \(agent.percent) % of it for renal function"
      return "\(Say.lowercasedFirst(vocabulary.treatment(agent.concept))) \(Say.number(agent.perSquareMeter))"
        + "\(vocabulary.doseUnit(agent.concept))\(share), \(Say.number(agent.daily)) mg a day"
    }
    let round = order.round == 1 ? "" : ", round \(order.round)"
    return Told(
      "lymphodepletion ordered\(round): \(Say.listed(agents)); height \(Say.number(order.height.trimmed)) cm, weight "
        + "\(Say.number(order.weight.trimmed)) kg, body surface \(Say.number(order.bodySurface)) m2 (Mosteller), creatinine clearance "
        + "\(Say.number(order.creatinineClearance)) mL/min (Cockcroft-Gault); to be followed by \(bags(order.bags))")
  }

  func bags(_ bags: [BagNumber]) -> String {
    (bags.count == 1 ? "bag " : "bags ") + Say.listed(bags.map(\.description))
  }

  private func told(_ departure: Departure) -> Told {
    var words: String
    switch departure.reason {
    case .withdrawn: words = "left the study: the participant withdrew"
    case .lostToFollowUp: words = "left the study: lost to follow-up"
    case .died: words = "left the study: died"
    case .discontinued: words = "left the study: discontinued by the investigator"
    case .neverInfused: words = "left the study: never infused"
    }
    if let withdrawal = departure.withdrawal {
      words +=
        " \(withdrawal.scope.words); samples are \(withdrawal.samples.rawValue), cells are "
        + withdrawal.cells.rawValue
    }
    return Told(
      words + "; \(departure.decidedBy.words), last contact \(departure.lastContact). \(Say.quoted(departure.detail))")
  }
}
