public import ClinicalValues
public import Statistics
public import StudyDesign

/// A stopping rule that what is recorded meets: on which facts, and in which numbers.
public struct MetRule: Sendable, Hashable {
  /// The rule.
  public let rule: StoppingRule
  /// What it is met by, so that the same does not fire twice; sorted.
  public let basis: [String]
  /// The rule with its numbers and its limit.
  public let reason: String
}

extension TrialState {
  /// The stopping rules that what is recorded meets at an instant, the rate of toxicities first; those that the plan does not
  /// name are not asked. An infusion outside the gate is none of them: it stops the study with the act itself.
  ///
  /// Assessments of CRS and ICANS are asked of those whose forms are given.
  public func metRules(at now: Instant, plan: ConductPlan, books: [ParticipantID: FormBook] = [:]) -> [MetRule] {
    MetRules(state: self, plan: plan, now: now, books: books).all()
  }
}

/// The stopping rules that a trial meets at an instant.
struct MetRules {
  let state: TrialState
  let plan: ConductPlan
  let now: Instant
  let books: [ParticipantID: FormBook]

  /// All of them, the rate of toxicities first; those that the plan does not name are not asked.
  func all() -> [MetRule] {
    let events = Dictionary(grouping: state.adverseEvents(by: plan.safety), by: \.participant)
    let standings = state.doseLimitingStandings(at: now, plan: plan)
    var met = [rate(standings), early()].compactMap(\.self)
    for id in state.participants.keys.sorted() {
      guard let participant = state.participants[id] else { continue }
      let events = events[id] ?? []
      met += [death(participant, events)].compactMap(\.self) + persistent(participant, events)
      met += events.compactMap { malignancy($0) } + vector(participant)
    }
    return met
  }

  private func named(_ rule: StoppingRule) -> StopEventPlan? {
    plan.safety.stopEvents.first { $0.id == rule.rawValue }
  }

  // MARK: toxicities

  private func rate(_ standings: [DoseLimitingStanding]) -> MetRule? {
    let stopping = plan.safety.stopping
    let evaluable = standings.filter(\.isEvaluable)
    let (toxic, total) = (evaluable.count(where: \.isDoseLimited), evaluable.count)
    guard total >= stopping.fromEvaluable, let rule = stopping.rule, rule.stops(having: toxic, of: total),
      let probability = rule.probability(having: toxic, of: total)
    else { return nil }
    let boundary = rule.fewest(of: total).map { " It stops from \($0) of \(total) on." } ?? ""
    return MetRule(
      rule: .toxicityRate,
      basis: evaluable.map { "\($0.participant)\($0.isDoseLimited ? " dose-limited" : "")" }.sorted(),
      reason:
        "\(StoppingRule.toxicityRate.sentence) \(toxic) of \(total) evaluable participants had one: the probability "
        + "of a rate above \(stopping.rate) is \(Self.thousandths(probability)), the limit is \(stopping.probability)."
        + boundary)
  }

  /// Of the first three infused, whatever the dose: one below the least counts for safety, though not for the rate.
  private func early() -> MetRule? {
    guard named(.twoEarlyToxicities) != nil else { return nil }
    let limited = Set(state.study.questions.filter { $0.isDoseLimiting == true }.map(\.participant))
    let toxic = state.study.infusions.prefix(3).map(\.participant).filter(limited.contains).map(\.description)
    guard toxic.count >= 2 else { return nil }
    return MetRule(
      rule: .twoEarlyToxicities, basis: toxic.sorted(),
      reason: "\(StoppingRule.twoEarlyToxicities.sentence) These are \(Say.listed(toxic)); the limit is 2.")
  }

  // MARK: deaths

  private func death(_ participant: ParticipantState, _ events: [AdverseEvent]) -> MetRule? {
    guard let death = participant.death(by: plan.safety) else { return nil }
    if let plan = named(.earlyDeath), let days = plan.withinDays,
      let early = early(death, of: participant, within: days)
    {
      return MetRule(
        rule: .earlyDeath, basis: [participant.id.description],
        reason: "\(StoppingRule.earlyDeath.sentence) \(participant.id) died on \(early); the limit is Day \(days).")
    }
    guard named(.relatedDeath) != nil, death.countsAsRelated(events) == true else { return nil }
    return MetRule(
      rule: .relatedDeath, basis: [participant.id.description],
      reason: "\(StoppingRule.relatedDeath.sentence) It is \(participant.id); what cannot be judged counts as related.")
  }

  /// On which day after which anchor somebody died, in words; nil where it was on none of so many days. Of a death whose day
  /// is not known precisely the earliest day that it can have been counts, of one that a fatal adverse event alone tells of the
  /// day on which that began; one without any date has happened by now.
  private func early(_ death: RecordedDeath, of participant: ParticipantState, within days: Int) -> String? {
    let infusion = state.study.infusions.first { $0.participant == participant.id }?.begun
    let doses = [participant.way.firstLymphodepletion, participant.way.lymphodepletionDoses.first]
    let anchors =
      [infusion].compactMap(\.self).map { ($0, "the infusion") }
      + doses.compactMap(\.self).map { ($0, "the first dose of lymphodepletion") }
    for (anchor, name) in anchors {
      let here = Moment(now, offsetMinutes: anchor.offsetMinutes, zone: anchor.zone)
      let last = min(death.day?.latest.daysSinceEpoch ?? here.day, here.day)
      let first = max(death.earliestDay ?? last, anchor.day)
      guard first <= last, first - anchor.day <= days else { continue }
      return "Day \(first - anchor.day) after \(name)" + (first == last ? "" : " at the earliest")
    }
    return nil
  }

  // MARK: single events

  /// CRS and ICANS by adverse events with their course, and by assessments. An event and the assessments that it rests on are one
  /// matter: the one that the rule has fired on speaks for both, else the event.
  private func persistent(_ participant: ParticipantState, _ events: [AdverseEvent]) -> [MetRule] {
    guard let days = named(.persistentGrade4)?.withinDays else { return [] }
    func rule(_ basis: String, since: DateTime) -> MetRule {
      MetRule(
        rule: .persistentGrade4, basis: [basis],
        reason: "\(StoppingRule.persistentGrade4.sentence) It is \(basis), of grade 4 since "
          + "\(since.date), not down to grade 2 within \(days) days by what is recorded.")
    }
    let byEvents = events.compactMap { event in
      event.persistentGrade4(days: days, at: now).map { (event: event, rule: rule(event.name, since: $0)) }
    }
    let spells = assessedSpells(participant, events).filter { $0.lasts(days: days, at: now) }
    let byAssessments = spells.map { (spell: $0, rule: rule("\(participant.id), \($0.form)", since: $0.from)) }
    let fired = Set((state.study.firedRules[.persistentGrade4] ?? []).map(\.basis))
    return byEvents.filter { found in
      !byAssessments.contains { $0.spell.isPart(of: found.event) && fired.contains($0.rule.basis) }
    }.map(\.rule)
      + byAssessments.filter { found in
        fired.contains(found.rule.basis) || !byEvents.contains { found.spell.isPart(of: $0.event) }
      }.map(\.rule)
  }

  private func assessedSpells(_ participant: ParticipantState, _ events: [AdverseEvent]) -> [AssessedSpell] {
    guard participant.product.infusion != nil, let book = books[participant.id] else { return [] }
    return Grading(syndromesOf: participant, laboratories: state.laboratories, book: book).spells(besides: events)
  }

  private func malignancy(_ event: AdverseEvent) -> MetRule? {
    guard named(.carPositiveMalignancy) != nil, event.transgene == "POSITIVE" else { return nil }
    return MetRule(
      rule: .carPositiveMalignancy, basis: [event.name],
      reason: "\(StoppingRule.carPositiveMalignancy.sentence) It is \(event.name): the transgene is in the tumor.")
  }

  private func vector(_ participant: ParticipantState) -> [MetRule] {
    guard named(.replicationCompetentVector) != nil else { return [] }
    return participant.casebook.rows(of: plan.safety.forms?.vector)
      .filter { $0.text(.result) == "detected" && $0.flag(.confirmed) == true }
      .map { row in
        MetRule(
          rule: .replicationCompetentVector, basis: ["\(participant.id) \(row.key)"],
          reason: "\(StoppingRule.replicationCompetentVector.sentence) It is \(participant.id), visit \(row.key.visit)."
        )
      }
  }

  /// A probability to three places.
  private static func thousandths(_ probability: Double) -> String {
    (Decimal(Int((probability * 1000).rounded())) / 1000 ?? 0).description
  }
}

extension AdverseEvent {
  /// Whose event it is, for reasons and lists: `01-0003, adverse event 2`.
  var name: String { "\(participant), adverse event \(number)" }

  /// Since when CRS or ICANS of grade 4 has not come down to grade 2 within so many days; nil where it has, where there is
  /// still time, and where it was never of grade 4. What nobody recorded as down is not.
  func persistentGrade4(days: Int, at now: Instant) -> DateTime? {
    guard syndrome != nil, let worstGrade, worstGrade >= 4 else { return nil }
    var spells = GradeSpell.all(of: course.map { ($0.from, $0.grade) })
    if let last = spells.last, last.down == nil {
      spells[spells.count - 1].down = ended(offset: last.from.offsetMinutes ?? 0)
    }
    if spells.isEmpty, let start, let from = DateTime(date: start.earliest) {
      spells = [GradeSpell(from: from, down: ended(offset: 0))]
    }
    return spells.first { $0.lasts(days: days, at: now) }?.from
  }

  /// When it was over by its own record: at the end of its last day; nil while it goes on, and of a fatal one.
  func ended(offset: Int) -> Instant? {
    isFatal
      ? nil : end.map { Instant(milliseconds: ($0.latest.daysSinceEpoch + 1) * 86_400_000 - offset * 60_000) }
  }
}

extension StoppingPlan {
  /// The rule as statistics computes it; nil where its numbers are none.
  public var rule: Statistics.StoppingRule? {
    guard let a = Double(priorA.description), let b = Double(priorB.description), let rate = Double(rate.description),
      let cutoff = Double(probability.description)
    else { return nil }
    return Statistics.StoppingRule(priorA: a, priorB: b, rate: rate, cutoff: cutoff)
  }
}
