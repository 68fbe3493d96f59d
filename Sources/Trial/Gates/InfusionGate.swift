import ClinicalValues
import StudyDesign

extension GateBook {
  /// The infusion begins behind these ten lines; thawing behind all but the fourth.
  static let infusion: [Rule] = [
    Rule(id: "infusion.consent", title: "Consent is in force, with every re-consent due before this step") {
      $0.consent(before: .infusion)
    },
    Rule(id: "infusion.recheck", title: "Eligibility is signed and stands, the pre-infusion re-check has passed") {
      $0.eligibilityStands().and($0.recheck(.infusion))
        .and($0.finding(FindingID.notPregnant, remedy: "The site does a pregnancy test and records it."))
    },
    Rule(id: "infusion.bag", title: "The bag is of the released lot, keeps, is not in quarantine, without a gap") {
      $0.bagIsInOrder()
    },
    Rule(id: "infusion.bedside", title: "Two people have verified this bag at the bedside") { $0.isVerified() },
    Rule(id: "infusion.lymphodepletion", title: "Lymphodepletion is completed or ended, the right number of days ago") {
      $0.followsLymphodepletion()
    },
    Rule(id: "infusion.open", title: "The study is open: no hold of infusions, or the board lets go on") { question in
      let hold = question.noHold(on: [.infusion], taken: question.standsAgainst)
      guard hold.value == false,
        question.situation.state.boardLetsGoOn(question.id, at: question.moment, plan: question.plan.safety)
      else { return hold }
      return GateAnswer(true, hold.evidence + ["the board's signed decision: go on"])
    },
    Rule(id: "infusion.stagger", title: "Nobody infused earlier is inside the interval, no DLT question is open") {
      $0.intervalIsOver()
    },
    Rule(id: "infusion.readiness", title: "Tocilizumab, resuscitation, intensive care and neurologist are ready") {
      $0.ready(
        [.tocilizumabKept, .resuscitationReady, .intensiveCareReady, .neurologistReachable],
        withinHours: $0.plan.way.readinessValidHours,
        remedy:
          "The site confirms each, with \($0.plan.way.tocilizumabDoses) doses of tocilizumab for this participant.")
    },
    Rule(id: "infusion.order", title: "The infusion order is signed, for the weight since LD 1, within dose limits") {
      $0.infusionIsOrdered()
    },
    Rule(id: "infusion.baseline", title: "ICE score and vital signs are recent, premedication given, steroids low") {
      let remedy = "The site records ICE score, vital signs and medication, and gives premedication."
      return $0.findings(FindingID.preInfusion, remedy: remedy)
        .and($0.ready([.premedicationGiven], withinHours: $0.plan.way.readinessValidHours, remedy: remedy))
    },
  ]
}

extension GateQuestion {
  /// Whether what the ledger took at a place stands against the next bag. Further bags of the same day are the same
  /// infusion: what stood before it began its gate has seen, and the board has let pass.
  fileprivate func standsAgainst(_ place: LedgerPlace) -> Bool {
    guard let course = product.infusion, course.begun.day == moment.day else { return true }
    return course.isNew(place)
  }

  /// How a bag stands on this participant's way until a day: the product's problems, and that it is the right lot.
  func standing(of bag: BagNumber, until day: Int) -> BagStanding {
    guard bag.lot.participant == id else {
      return BagStanding(problems: ["these are the cells of another participant"], until: nil)
    }
    var standing = product.standing(of: bag, at: moment, until: day) { self.end(ofDay: $0) }
    if let site = product[bag]?.site, let own = way.site, site != own {
      standing = BagStanding(problems: standing.problems + ["it lies at site \(site)"], until: nil)
    }
    guard bag.lot == product.releasedLot else {
      return BagStanding(problems: ["it does not belong to the released lot"] + standing.problems, until: nil)
    }
    return standing
  }

  /// Where no bag is ordered the order comes first; only then has anybody to do with a bag.
  private var noBag: GateAnswer {
    GateAnswer(nil, ["no bag is ordered"], remedy: "An investigator signs the infusion order.")
  }

  fileprivate func bagIsInOrder() -> GateAnswer {
    let remedy = "Quality assurance clears what stands against the bag; else another bag of the order is taken."
    guard !bags.isEmpty else { return noBag }
    let standings = bags.map { ($0, standing(of: $0, until: moment.day)) }
    return GateAnswer(
      against: standings.flatMap { bag, standing in standing.problems.map { "\(bag): \($0)" } },
      evidence: bags.map(\.description), remedy: remedy, until: standings.compactMap { $0.1.until }.min())
  }

  fileprivate func isVerified() -> GateAnswer {
    let remedy = "Two people delegated for it verify label, wristband and person, each for themselves."
    guard !bags.isEmpty else { return noBag }
    let standings = bags.map { ($0, product.bedside(of: $0, at: moment, plan: plan.way)) }
    let evidence = standings.map { bag, standing in
      "\(bag): " + (standing.by.isEmpty ? "nobody" : standing.by.map(\.description).joined(separator: ", "))
    }
    return GateAnswer(
      standings.allSatisfy { $0.1.isVerified }, evidence, remedy: remedy,
      until: standings.compactMap { $0.1.until }.min())
  }

  fileprivate func followsLymphodepletion() -> GateAnswer {
    guard let last = way.lymphodepletionDoses.last, let days = way.infusable else {
      return GateAnswer(false, ["none was given"], remedy: "Lymphodepletion is given first.")
    }
    guard way.isLymphodepleted(plan.way) else {
      return GateAnswer(
        false, ["\(way.lymphodepletionDoses.count) of \(plan.way.lymphodepletionDays) doses were given"],
        remedy: "The remaining doses are given, or an investigator signs lymphodepletion as ended.")
    }
    let since = moment.day - last.day
    let lastWithoutReason = last.day + plan.way.infusionReasonFromDay - 1
    let evidence =
      ["last dose \(last.date), days since then \(since)"]
      + (CalendarDate(daysSinceEpoch: lastWithoutReason + 1)
        .map { ["from \($0) on with an investigator's written reason"] } ?? [])
    guard days.contains(moment.day) else {
      return GateAnswer(
        false, evidence,
        remedy: since < plan.way.infusionAfterLastDose.lowerBound
          ? "The site waits for the first day that is allowed."
          : "Lymphodepletion has run out: it is given once more at most, or the participant leaves.")
    }
    guard moment.day <= lastWithoutReason || way.isDelayJustified else {
      return GateAnswer(false, evidence, remedy: "An investigator gives the written reason for the delay.")
    }
    let end = way.isDelayJustified ? days.upperBound : min(days.upperBound, lastWithoutReason)
    return GateAnswer(true, evidence, until: self.end(ofDay: end))
  }

  fileprivate func intervalIsOver() -> GateAnswer {
    let stagger = study.stagger(for: id, onDay: moment.day, in: situation.state, plan: plan.safety)
    var problems: [String] = []
    if !stagger.isOver {
      let whom = stagger.waitsFor.map(\.description).joined(separator: ", ")
      problems.append("the interval after \(whom) is not over, or no assessment after it is recorded")
    }
    let earlier = Set(study.infusions.map(\.participant)).subtracting([id])
    let questions = situation.state.barringQuestions(at: moment.instant, plan: plan.safety).filter {
      earlier.contains($0.participant) && standsAgainst($0.place)
    }
    var evidence = ["the interval is over"]
    if !questions.isEmpty, situation.state.boardLetsGoOn(id, at: moment, plan: plan.safety) {
      evidence.append("the board's signed decision: go on")
    } else {
      problems += questions.map(\.bars)
    }
    return GateAnswer(
      against: problems, evidence: evidence,
      remedy: stagger.isOver
        ? "The principal investigator answers, the safety officer confirms; of an event that goes on, its site records the "
          + "course; the board may decide for this participant."
        : "The site waits for the interval, and the assessment on or after its end is recorded.")
  }

  fileprivate func infusionIsOrdered() -> GateAnswer {
    let remedy = "An investigator signs the infusion order, for the weight measured since the first dose."
    guard let order = way.infusionOrder else { return GateAnswer(false, ["none"], remedy: remedy) }
    var problems: [String] = []
    if let bag, !order.bags.contains(bag) { problems.append("\(bag) is not ordered") }
    problems += situation.doseProblems(of: order, for: participant)
    if let dose = product.dosePerKg(of: order.bags, weight: order.weight), dose != order.dosePerKg {
      problems.append("the bags hold \(Say.number(dose)) per kg, not what was ordered")
    }
    let ordered = "\(Say.number(order.dosePerKg)) per kg, \(order.weight) kg"
    guard let weight = number(FindingID.weight) else {
      return GateAnswer(problems.isEmpty ? nil : false, problems + [ordered, "no weight since LD 1"], remedy: remedy)
    }
    if weight != order.weight { problems.append("ordered for \(order.weight) kg, weighed since: \(weight) kg") }
    return GateAnswer(against: problems, evidence: [ordered], remedy: remedy)
  }
}

extension Situation {
  /// What speaks against an ordered dose: the limits per kg and of the whole.
  ///
  /// A dose below the least may be given of a lot that was released in spite of its dose (the test by kilogram); what was
  /// released for its viability or transduction keeps the limit. Above the largest none ever is.
  func doseProblems(of order: InfusionOrder, for participant: ParticipantState) -> [String] {
    var problems: [String] = []
    let passedOver = order.bags.first.flatMap { participant.product[$0.lot]?.passedOver } ?? []
    let mayBeLess = plan.product.tests.contains { passedOver.contains($0.id) && $0.unit?.hasSuffix("/kg") == true }
    if order.dosePerKg < plan.product.smallestDosePerKg, !mayBeLess {
      problems.append("the dose is below \(Say.number(plan.product.smallestDosePerKg)) per kg")
    }
    if order.dosePerKg > plan.product.largestDosePerKg {
      problems.append("the dose is above \(Say.number(plan.product.largestDosePerKg)) per kg")
    }
    guard let cells = order.dosePerKg * order.weight else { return problems + ["the dose cannot be reckoned"] }
    if cells > plan.product.largestDose {
      problems.append("the dose is above \(Say.number(plan.product.largestDose)) cells")
    }
    return problems
  }
}
