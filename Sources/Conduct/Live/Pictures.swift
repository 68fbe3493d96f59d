public import ClinicalValues
import FHIR
import Ledger
import Rules
import StudyDesign
public import Trial

// What CQL says of participants as of a moment, from the data that were imported for them and entered in forms: the one
// place where Rules and Trial meet.

extension LiveStudy {
  /// The pictures that a command is decided on as of a moment, and the sealed records and reports that they name.
  ///
  /// - Parameter earlier: those of an earlier decision on the same command. Where all that they follow from is the same they are
  ///   used again; where the same documents come out they keep their seals, and so the digests that were signed.
  func pictures(
    for request: Request, at moment: Moment, now: Instant, in fold: LedgerFold, by edition: ProtocolShelf.Edition,
    after earlier: SealedPictures?
  ) async throws -> SealedPictures {
    let command = request.command
    var found = SealedPictures()
    guard type(of: command).readsClinicalData else { return found }
    for participant in command.participants {
      guard let state = fold.state.participants[participant] else { continue }
      found.bases[participant] = try await basis(of: state, at: moment, in: fold)
    }
    if let earlier, earlier.bases == found.bases { return earlier }
    let saves = (command as? any SavesEntries)?.saves ?? []
    for participant in command.participants {
      guard var state = fold.state.participants[participant] else { continue }
      // Entries that are about to be saved are asked too: they may speak against what was decided.
      for save in saves where save.participant == participant {
        state.casebook = state.casebook.with(save, since: state.way.assessedAnewSince, at: moment, now: now)
      }
      guard var source = try await source(of: state, until: moment, in: fold) else { continue }
      // So are data that are just being imported.
      if command is ImportData {
        for sealed in request.attachments {
          guard let bytes = try await vault.open(sealed, for: participant) else { continue }
          source.parts.append(RecordMerge.Part(file: "this import", bytes: bytes))
        }
      }
      // Several participants of one command may be under different versions.
      let edition = saves.isEmpty ? edition : try shelf.edition(of: participant, at: moment, in: fold.state)
      let needs = command.neededOfPicture
      guard let merged = try source.record(by: edition.study, ofPersonAlone: needs.age) else { continue }
      if !saves.isEmpty { found.books[participant] = edition.book }
      var painter = PicturePainter(
        state: state, edition: edition, moment: moment, merged: merged,
        decided: try decided(of: state, on: source, read: merged, by: edition, needs), verdicts: verdicts)
      let forms = FormPainter(source: source, edition: edition, moment: moment, record: merged.record)
      if command is CheckCasebook {
        found.forms[participant] = try forms.pictures(of: state.casebook.keys())
        continue
      }
      if !saves.isEmpty || command is ImportData {
        // What waits in other forms may be settled by these entries and data. What is told late is told as of then, when less was known.
        let own = saves.filter { $0.participant == participant }.map(\.form)
        let waiting = request.late == nil ? state.casebook.unsettled : []
        found.forms[participant] = try forms.pictures(of: waiting.union(own))
      }
      let picture = try painter.paint(needs)
      var renamed: [Digest: Digest] = [:]
      for plain in painter.documents {
        let name = Digest(of: plain)
        let kept = earlier?.documents.first { $0.participant == participant && $0.plain == name }?.sealed
        let bytes = if let kept { kept } else { try await vault.seal(plain, for: participant) }
        renamed[name] = Digest(of: bytes)
        found.documents.append(.init(participant: participant, plain: name, sealed: bytes))
      }
      found.pictures[participant] = picture.renaming(renamed)
    }
    return found
  }

  /// The same as of now, where a gate, or an investigator's verdict on data, is given an earlier time: it must hold both then and
  /// now. Nil for all else. Only what was found then is named in events.
  ///
  /// - Parameter earlier: an earlier proposal of the same command; one that was made at the time that is given holds but one.
  func picturesOfNow(
    for request: Request, at happened: Moment, now: Instant, in fold: LedgerFold, by edition: ProtocolShelf.Edition,
    after earlier: Proposal?
  ) async throws -> SealedPictures? {
    guard request.command.isAskedOfNow, happened.instant < now else { return nil }
    let present = Moment(now, offsetMinutes: happened.offsetMinutes, zone: happened.zone)
    // What was found before midnight is of another day.
    let found = happened.date == present.date ? earlier?.clinicalNow ?? earlier?.clinical : nil
    return try await pictures(for: request, at: present, now: now, in: fold, by: edition, after: found)
  }

  /// What CQL says of a participant as of a moment, for the person who looks: the parts that are needed.
  public func picture(
    of participant: ParticipantID, at moment: Moment, needed needs: ClinicalNeeds = .everything
  ) async throws -> ClinicalPicture {
    try await refresh()
    let fold = self.fold
    guard let state = fold.state.participants[participant] else { return ClinicalPicture() }
    let edition = try shelf.edition(of: participant, at: moment, in: fold.state)
    let basis = try await basis(of: state, at: moment, in: fold)
    guard let merged = try await record(of: state, on: basis, until: moment, by: edition, in: fold),
      let source = try await source(of: state, until: moment, in: fold)
    else { return ClinicalPicture() }
    var painter = PicturePainter(
      state: state, edition: edition, moment: moment, merged: merged,
      decided: try decided(of: state, on: source, read: merged, by: edition, needs), verdicts: verdicts)
    return try painter.paint(needs)
  }

  /// What a participant's eligibility decision was made by, with the record as it is now, read by that version; nil where
  /// there is no decision, or it is not asked for. An amendment leaves the decision what it was.
  private func decided(
    of state: ParticipantState, on source: ClinicalSource, read merged: MergedRecord,
    by edition: ProtocolShelf.Edition, _ needs: ClinicalNeeds
  ) throws -> PicturePainter.Decided? {
    guard needs.reviewed || needs.questioned, case .eligible(let signed, _, let version) = state.way.eligibility else {
      return nil
    }
    if version == edition.version { return .init(day: signed.date, edition: edition, merged: merged) }
    let former = try shelf.edition(named: version.version, digest: version.digest)
    return try source.record(by: former.study).map { .init(day: signed.date, edition: former, merged: $0) }
  }

  /// All that is known of a participant until a moment, of which one record is made; nil if their key was destroyed.
  func source(
    of state: ParticipantState, until moment: Moment, in fold: LedgerFold
  ) async throws -> ClinicalSource? {
    guard let parts = try await parts(of: state.id, until: moment, in: fold) else { return nil }
    return ClinicalSource(
      state: state, parts: parts, person: Demographics(try await vault.person(state.id)),
      laboratories: fold.state.laboratories, written: written)
  }

  /// The files that were imported for a participant until a moment and count, oldest first; nil if their key was
  /// destroyed.
  func parts(
    of participant: ParticipantID, until moment: Moment, in fold: LedgerFold
  ) async throws -> [RecordMerge.Part]? {
    var parts: [RecordMerge.Part] = []
    for imported in fold.imports[participant] ?? [] where imported.happened <= moment {
      guard let sealed = try await store.attachment(imported.bundle) else {
        throw StoreFailure(
          .damaged, found: "The data that event \(imported.position) names are not in the ledger.",
          remedy: "Restore the last backup.")
      }
      guard let bytes = try await vault.open(sealed, for: participant) else { return nil }
      parts.append(RecordMerge.Part(file: "import \(imported.position)", bytes: bytes))
    }
    return parts
  }
}

/// Pictures of participants, and the documents that they name, each sealed under its participant's key.
struct SealedPictures: Sendable {
  /// A record or report, sealed.
  struct Document: Sendable {
    let participant: ParticipantID
    /// The digest of what was sealed. A seal is never the same twice, so this is how one document is known again.
    let plain: Digest
    let sealed: [UInt8]
  }

  var pictures: [ParticipantID: ClinicalPicture] = [:]
  /// What the rules of the forms that the command touches say of them.
  var forms: [ParticipantID: [FormKey: FormPicture]] = [:]
  /// The forms of the version that each participant whose entries are saved is under.
  var books: [ParticipantID: FormBook] = [:]
  var documents: [Document] = []
  /// What they follow from.
  var bases: [ParticipantID: ParticipantBasis] = [:]
}

extension TrialEvent {
  /// Data that were taken over, if that is what it tells.
  var imported: (participant: ParticipantID, bundle: Digest)? {
    if case .way(let participant, .dataImported(let data)) = self { (participant, data.bundle) } else { nil }
  }
}

/// Makes the picture of one participant.
private struct PicturePainter {
  let state: ParticipantState
  let edition: ProtocolShelf.Edition
  let moment: Moment
  let merged: MergedRecord
  /// By what an eligibility decision was made, and the data as they are known now, read by it.
  let decided: Decided?
  let verdicts: StandingVerdicts
  /// The bundle that the record is read from.
  private lazy var snapshot = merged.bundle
  /// The documents that the picture names by their digests.
  private(set) var documents: [[UInt8]] = []

  struct Decided {
    let day: CalendarDate
    let edition: ProtocolShelf.Edition
    let merged: MergedRecord
  }

  init(
    state: ParticipantState, edition: ProtocolShelf.Edition, moment: Moment, merged: MergedRecord,
    decided: Decided?, verdicts: StandingVerdicts
  ) {
    self.state = state
    self.edition = edition
    self.moment = moment
    self.merged = merged
    self.decided = decided
    self.verdicts = verdicts
  }

  private var record: FHIR.Record { merged.record }

  private var cohorts: [Cohort] {
    let all = edition.study.cohorts
    return state.way.cohort.map { id in all.filter { $0.id == id } } ?? all
  }

  private var anchors: Anchors { Anchors(state, edition.study.conduct.way) }

  private var anchorsOfToday: Anchors { Anchors(state, edition.study.conduct.way, beginning: moment) }

  /// The parts of the picture that are needed.
  mutating func paint(_ needs: ClinicalNeeds) throws -> ClinicalPicture {
    var picture = ClinicalPicture()
    for cohort in cohorts where needs.eligibility {
      let results = try edition.screening.screen(record, asOf: moment.date, cohorts: [cohort]).assessments
        .flatMap(\.criteria)
      picture.eligibility[cohort.id] = try summary(results, asOf: moment.date)
    }
    guard let cohort = cohorts.first, state.way.cohort != nil || needs.age else { return picture }
    // Before a cohort is meant nothing else is asked: whether somebody is of age is the same in every one.
    let needs = state.way.cohort == nil ? ClinicalNeeds(age: true) : needs
    picture.reviewed = try reviewed(of: cohort.id, needs)
    for kind in RecheckKind.allCases where needs.rechecks.contains(kind) {
      let results = try edition.screening.recheck(
        kind, of: record, at: moment, cohort: cohort, anchors: kind == .lymphodepletion ? anchorsOfToday : anchors)
      picture.rechecks[kind] = try summary(results, asOf: moment.date)
    }
    if needs.longWait {
      picture.longWait = try summary(
        edition.screening.recheckAfterLongWait(
          of: record, at: moment, cohort: cohort, anchors: anchorsOfToday),
        asOf: moment.date)
    }
    guard needs.findings || needs.age else { return picture }
    for result in try edition.screening.findings(of: record, at: moment, cohort: cohort, anchors: anchorsOfToday)
    where needs.findings || result.plan.id == ClinicalPicture.adult {
      picture.findings[result.plan.id] = Finding(result)
    }
    return picture
  }

  /// The verdict on the day of the eligibility decision, by the criteria that it was made by, on the data as they are
  /// now.
  private mutating func reviewed(of cohort: String, _ needs: ClinicalNeeds) throws -> AssessmentSummary? {
    guard needs.reviewed || needs.questioned, let decided,
      let cohort = decided.edition.study.cohorts.first(where: { $0.id == cohort })
    else { return nil }
    let (edition, merged) = (decided.edition, decided.merged)
    let decision = StandingVerdicts.Decision(
      participant: state.id, version: edition.version, cohort: cohort.id, day: decided.day)
    guard try needs.reviewed || !verdicts.passes(decision, on: merged, by: edition.screening, cohort) else {
      return nil
    }
    let results = try edition.screening.screen(merged.record, asOf: decided.day, cohorts: [cohort]).assessments
      .flatMap(\.criteria)
    return try summary(results, asOf: decided.day, by: edition.version, on: merged.bundle)
  }

  private mutating func summary(_ results: [CriterionResult], asOf: CalendarDate) throws -> AssessmentSummary {
    try summary(results, asOf: asOf, by: edition.version, on: snapshot)
  }

  private mutating func summary(
    _ results: [CriterionResult], asOf: CalendarDate, by version: ProtocolVersion, on bundle: [UInt8]
  ) throws -> AssessmentSummary {
    AssessmentSummary(
      criteria: results.map { AssessmentSummary.Criterion(id: $0.criterion.id, outcome: CriterionOutcome($0.outcome)) },
      asOf: asOf, protocolVersion: version, record: keep(bundle),
      report: keep(try FrozenReport(results).json.bytes)
    )
  }

  private mutating func keep(_ bytes: [UInt8]) -> Digest {
    if !documents.contains(bytes) { documents.append(bytes) }
    return Digest(of: bytes)
  }
}

extension Anchors {
  /// The days that criteria, findings and forms reckon from, as a participant's way has them.
  init(_ state: ParticipantState, _ plan: WayPlan) {
    let dayZero = state.product.infusion?.begun.date ?? state.way.bookedDayZero
    self.init(
      leukapheresis: state.product.lastCollection?.date,
      firstDose: state.way.lymphodepletionDoses.first?.date ?? dayZero?.adding(-plan.dayZeroAfterFirstDose, .day),
      dayZero: dayZero)
  }

  /// The same as the gate of lymphodepletion reckons: unless lymphodepletion was given and has not run out, its first dose
  /// is that which the gate would let be given now, whatever day is booked.
  init(_ state: ParticipantState, _ plan: WayPlan, beginning now: Moment) {
    self.init(state, plan)
    if state.product.infusion == nil, !state.way.isConditioned(onDay: now.day) { firstDose = now.date }
  }
}

extension CriterionOutcome {
  init(_ outcome: Outcome) {
    switch outcome {
    case .pass: self = .pass
    case .fail: self = .fail
    case .unknown: self = .unknown
    }
  }
}

extension Finding {
  init(_ result: FindingResult) {
    self.init(
      value: result.value,
      evidence: result.evidence.map { evidence in
        "\(evidence.concept) \(evidence.value)" + (evidence.when.map { " (\($0))" } ?? "") + ", \(evidence.source)"
      },
      missing: result.missing, number: result.number, unit: result.unit, until: result.until)
  }
}

extension ClinicalPicture {
  /// The same with the digests of documents as they are kept, sealed.
  fileprivate func renaming(_ sealed: [Digest: Digest]) -> ClinicalPicture {
    func renamed(_ summary: AssessmentSummary) -> AssessmentSummary {
      AssessmentSummary(
        criteria: summary.criteria, asOf: summary.asOf, protocolVersion: summary.protocolVersion,
        record: sealed[summary.record] ?? summary.record, report: sealed[summary.report] ?? summary.report)
    }
    var picture = self
    picture.eligibility = eligibility.mapValues(renamed)
    picture.rechecks = rechecks.mapValues(renamed)
    picture.reviewed = reviewed.map(renamed)
    picture.longWait = longWait.map(renamed)
    return picture
  }
}
