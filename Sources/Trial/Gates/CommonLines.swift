import ClinicalValues
import StudyDesign

/// Answers that several gates ask for.
extension GateQuestion {
  /// Consent in force, and every re-consent that is due before an activity. It ends with death, whatever tells of it.
  func consent(before activity: Activity) -> GateAnswer {
    if way.died == nil, participant.death(by: plan.safety) != nil {
      return GateAnswer(
        false, ["a form says that the participant died"], remedy: "If that is not so, the site corrects the form.")
    }
    guard situation.isConsentInForce(way) else {
      let found = way.left != nil ? "withdrawn, or the participant has left" : "no consent at site \(siteName)"
      return GateAnswer(
        false, [found], remedy: "Somebody delegated for it obtains consent under the version in force at the site.")
    }
    guard let id = way.site, let site = situation.state.sites[id] else {
      return GateAnswer(nil, ["site \(siteName) is not in the ledger"], remedy: "The principal investigator adds it.")
    }
    let due = site.reconsentDue(participant, before: activity, at: moment)
    let signed = way.consents.filter { $0.signed <= moment }.map { "version \($0.version), \($0.signed.date)" }
    return GateAnswer(
      against: due.map { "version \($0) of the consent form is not signed" }, evidence: signed,
      remedy: way.lacksCapacity
        ? "It waits until the participant has the capacity to consent again."
        : "Somebody delegated for it obtains consent under the new version.")
  }

  private var siteName: String { way.site.map(\.description) ?? "(none)" }

  /// No hold in force on any of some activities; of those alone that the ledger took where it matters.
  func noHold(on activities: [Activity], taken matters: (LedgerPlace) -> Bool = { _ in true }) -> GateAnswer {
    guard let site = way.site, let cohort = way.cohort else {
      return GateAnswer(nil, ["the cohort is not decided"], remedy: "An investigator decides on eligibility.")
    }
    let holds = study.holdsInForce.filter { held in
      matters(held.place) && held.hold.covers(site: site, cohort: cohort)
        && activities.contains { held.hold.activities.contains($0) }
    }.map(\.hold)
    return GateAnswer(
      against: holds.map { "hold \($0.number) (\($0.kind.rawValue)): \($0.reason)" }, evidence: ["none"],
      remedy: holds.contains { $0.kind == .safety }
        ? "The safety board decides on the hold, then the safety officer accepts." : "Who set the hold lifts it.")
  }

  /// The eligibility decision is signed and nothing stands against it; no pregnancy.
  func eligibilityStands() -> GateAnswer {
    var problems: [String] = []
    guard case .eligible(let signed, _, let version) = way.eligibility else {
      return GateAnswer(false, ["no decision"], remedy: "An investigator decides on eligibility.")
    }
    // What opens counts when its time has come: a clock that was ahead has given it one that is still to come.
    if moment < signed { problems.append("it is signed at \(signed), which is still to come") }
    if way.isEligibilityQuestioned { problems.append("a correction or a late result speaks against the decision") }
    problems += way.pregnancies.map(\.rawValue).sorted().map { "a pregnancy of the \($0) is reported" }
    return GateAnswer(
      against: problems, evidence: ["signed \(signed.date), criteria of version \(version.version)"],
      remedy: way.isEligibilityQuestioned
        ? "An investigator decides anew on the corrected data, or the participant leaves."
        : "It stays closed until the pregnancy has ended, or the participant leaves.")
  }

  /// A re-check that passed and is not too old, and that today's data still pass: a value that has grown too old since it
  /// was signed, or was taken back, leaves it unknown.
  func recheck(_ kind: RecheckKind) -> GateAnswer {
    let remedy = "An investigator does and signs the re-check before \(kind.rawValue)."
    guard let asked = plan.recheck[kind] else {
      return GateAnswer(nil, ["the study has no such re-check"], remedy: "The study's files must name its criteria.")
    }
    guard let last = way.rechecks[kind] else { return GateAnswer(false, ["none"], remedy: remedy) }
    let until = last.signed.instant.adding(hours: asked.validHours)
    let evidence = ["\(last.outcome.rawValue), \(last.signed)"]
    if kind == .leukapheresis, let earlier = product.collectionBefore, last.signed <= earlier {
      return GateAnswer(false, evidence + ["signed before the collection of \(earlier.date)"], remedy: remedy)
    }
    guard last.signed <= moment else {
      return GateAnswer(false, evidence + ["signed after the moment that is asked about"], remedy: remedy)
    }
    guard last.outcome == .passed, moment.instant <= until else {
      return GateAnswer(false, evidence, remedy: remedy)
    }
    let isStill = stillPasses(kind, findings: asked.findings)
    return GateAnswer(isStill.value, evidence + isStill.evidence, remedy: remedy, until: until)
  }

  /// What the re-check would say of today's data. Of its findings one that is known to be false closes it; how long they
  /// hold unasked is the re-check's own time.
  private func stillPasses(_ kind: RecheckKind, findings: [String]) -> GateAnswer {
    let picture = situation.pictures[id]
    let failing = findings.filter { picture?.findings[$0]?.value == false }.map { "\(title(of: $0)): no" }
    guard let now = picture?.rechecks[kind] else {
      return GateAnswer(failing.isEmpty ? nil : false, failing + ["there are no data to ask its criteria of"])
    }
    let open = now.criteria.filter { $0.outcome != .pass }.map { criterion in
      "\(criterion.id) \(criterion.outcome == .fail ? "fails" : "is unknown") by data of today"
    }
    let value: Bool? =
      switch now.verdict {
      case .ineligible: false
      case .undetermined: failing.isEmpty ? nil : false
      case .eligible: failing.isEmpty
      }
    return GateAnswer(value, failing + open)
  }

  /// What CQL found; unknown where it found nothing.
  func finding(_ id: String, remedy: String) -> GateAnswer {
    guard let finding = situation.pictures[self.id]?.findings[id] else {
      return GateAnswer(nil, ["\(title(of: id)): no data"], remedy: remedy)
    }
    let missing = finding.missing.map { "missing: \($0)" }
    let said = finding.evidence + missing + openQueries(on: finding, id)
    let bare = "\(title(of: id)): \(finding.value.map { $0 ? "yes" : "no" } ?? "unknown")"
    let uncoded = finding.value == nil ? uncodedMedicines(for: id) : []
    return GateAnswer(
      finding.value, (said.isEmpty ? [bare] : said) + uncoded,
      remedy: uncoded.isEmpty ? remedy : "The ATC code of each medicine without one is found and entered.",
      until: finding.until)
  }

  /// Medicines of which nobody can tell what they are, where a finding asks for medicines: any of them may be one of those.
  private func uncodedMedicines(for finding: String) -> [String] {
    let book = situation.book(of: id)
    let concepts = plan.findings.first { $0.id == finding }?.concepts ?? []
    guard !book.medicines.union(book.medicineSets).isDisjoint(with: concepts) else { return [] }
    return participant.uncodedMedicines(book).map { "medicine without a code: ‘\($0.text)’ (\($0.form))" }
  }

  /// Queries that wait about the data that a finding rests on. The protocol does not let them decide; whoever passes the gate has seen them.
  private func openQueries(on finding: Finding, _ id: String) -> [String] {
    let concepts = Set(plan.findings.first { $0.id == id }?.concepts ?? [])
    let book = situation.book(of: self.id)
    return participant.casebook.queries.filter(\.status.isPending).compactMap { state in
      let asked = state.query
      let form = book.forms[asked.form.form]
      let isAboutIt =
        asked.items.isEmpty || asked.items.contains { form?.item($0)?.concept.map(concepts.contains) ?? false }
      let isOfIt = finding.evidence.contains { $0.contains("\(asked.form)#") || $0.hasSuffix("\(asked.form)") }
      guard isAboutIt, isOfIt else { return nil }
      return "query \(state.number) on \(asked.form) is \(state.status.rawValue)"
    }
  }

  /// The number that a finding gives; nil where it is unknown.
  func number(_ finding: String) -> Decimal? { situation.pictures[id]?.findings[finding]?.number }

  /// Every one of some findings.
  func findings(_ ids: [String], remedy: String) -> GateAnswer {
    ids.map { finding($0, remedy: remedy) }.reduce(GateAnswer(true)) { $0.and($1) }
  }

  private func title(of finding: String) -> String {
    plan.findings.first { $0.id == finding }?.title ?? finding
  }

  /// Things that were confirmed as ready at the present site, within some hours where they grow old.
  func ready(_ items: [Readiness], withinHours hours: Int? = nil, remedy: String) -> GateAnswer {
    items.map { ready($0, withinHours: hours, remedy: remedy) }.reduce(GateAnswer(true)) { $0.and($1) }
      .with(remedy: remedy)
  }

  private func ready(_ item: Readiness, withinHours hours: Int?, remedy: String) -> GateAnswer {
    guard let confirmed = way.readiness[item], confirmed.site == way.site, confirmed.confirmed <= moment else {
      return GateAnswer(false, ["\(item.words): not confirmed"], remedy: remedy)
    }
    let until = hours.map { confirmed.confirmed.instant.adding(hours: $0) }
    let doses = item == .tocilizumabKept ? ", doses: \(confirmed.doses ?? 0)" : ""
    let isCurrent = until.map { moment.instant <= $0 } ?? true
    let isEnough = item != .tocilizumabKept || (confirmed.doses ?? 0) >= plan.way.tocilizumabDoses
    return GateAnswer(
      isCurrent && isEnough, ["\(item.words): \(confirmed.confirmed)\(doses)"], remedy: remedy, until: until)
  }
}

extension GateAnswer {
  /// The same with one remedy in place of the remedies of its parts.
  func with(remedy: String) -> GateAnswer {
    GateAnswer(value, evidence, remedy: value == true ? nil : remedy, until: until)
  }
}

extension Readiness {
  /// As people read it.
  var words: String {
    switch self {
    case .tocilizumabBooked: "tocilizumab booked"
    case .intensiveCareBooked: "intensive care bed booked"
    case .infectionProphylaxis: "infection prophylaxis planned"
    case .antiviralProphylaxis: "antiviral prophylaxis"
    case .tocilizumabKept: "tocilizumab kept for this participant"
    case .resuscitationReady: "resuscitation ready"
    case .intensiveCareReady: "intensive care bed free"
    case .neurologistReachable: "neurologist reachable"
    case .premedicationGiven: "premedication given"
    }
  }
}

extension DLTQuestion {
  /// Why it bars who comes next, for the line of a gate.
  var bars: String {
    isDoseLimiting == nil
      ? "question \(number) on \(participant) is open"
      : "question \(number) on \(participant) was answered, but how long the event lasts is not known yet"
  }
}
