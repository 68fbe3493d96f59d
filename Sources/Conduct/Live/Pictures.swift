public import ClinicalValues
import FHIR
import Ledger
import Rules
import StudyDesign
public import Trial

// What CQL says of participants as of a moment, from the data that were imported for them: the one place where Rules
// and Trial meet.

extension LiveStudy {
  /// The pictures that a command is decided on, and the sealed records and reports that they name.
  ///
  /// - Parameter earlier: those of an earlier decision on the same command. Where nothing was appended since they are
  ///   used again; where the same documents come out they keep their seals, and so the digests that were signed.
  func pictures(
    for request: Request, at moment: Moment, in fold: LedgerFold, by edition: ProtocolShelf.Edition,
    after earlier: SealedPictures?
  ) async throws -> SealedPictures {
    let command = request.command
    var found = SealedPictures(position: fold.position)
    guard type(of: command).readsClinicalData else { return found }
    if let earlier, earlier.position == fold.position { return earlier }
    for participant in command.participants {
      guard let state = fold.state.participants[participant] else { continue }
      guard var parts = try await parts(of: participant, until: moment, in: fold) else { continue }
      // Data that are just being imported are asked too: they may speak against what was decided.
      if command is ImportData {
        for sealed in request.attachments {
          guard let bytes = try await vault.open(sealed, for: participant) else { continue }
          parts.append(RecordMerge.Part(file: "this import", bytes: bytes))
        }
      }
      guard !parts.isEmpty else { continue }
      let merged = try RecordMerge.record(of: participant, parts)
      var painter = PicturePainter(
        state: state, edition: edition, moment: moment, record: merged.record, snapshot: merged.bundle)
      let picture = try painter.paint(command.neededOfPicture)
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

  /// What CQL says of a participant as of a moment, for the person who looks.
  public func picture(of participant: ParticipantID, at moment: Moment) async throws -> ClinicalPicture {
    try await refresh()
    guard let state = fold.state.participants[participant],
      let parts = try await parts(of: participant, until: moment, in: fold), !parts.isEmpty
    else { return ClinicalPicture() }
    let edition = try shelf.edition(of: participant, at: moment, in: fold.state)
    let merged = try RecordMerge.record(of: participant, parts)
    var painter = PicturePainter(
      state: state, edition: edition, moment: moment, record: merged.record, snapshot: merged.bundle)
    return try painter.paint(.everything)
  }

  /// The files that were imported for a participant until a moment, oldest first; nil if their key was destroyed.
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
  var documents: [Document] = []
  /// The end of the ledger as it was when they were painted.
  let position: Position
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
  let record: FHIR.Record
  /// The bundle that the record was read from.
  let snapshot: [UInt8]
  /// The documents that the picture names by their digests.
  private(set) var documents: [[UInt8]] = []

  init(
    state: ParticipantState, edition: ProtocolShelf.Edition, moment: Moment, record: FHIR.Record, snapshot: [UInt8]
  ) {
    self.state = state
    self.edition = edition
    self.moment = moment
    self.record = record
    self.snapshot = snapshot
  }

  private var cohorts: [Cohort] {
    let all = edition.study.cohorts
    return state.way.cohort.map { id in all.filter { $0.id == id } } ?? all
  }

  /// The days that criteria and findings reckon from.
  private var anchors: Anchors {
    let plan = edition.study.conduct.way
    let dayZero = state.product.infusion?.begun.date ?? state.way.bookedDayZero
    return Anchors(
      leukapheresis: state.product.lastCollection?.date,
      firstDose: state.way.lymphodepletionDoses.first?.date ?? dayZero?.adding(-plan.dayZeroAfterFirstDose, .day),
      dayZero: dayZero)
  }

  /// The parts of the picture that are needed.
  mutating func paint(_ needs: ClinicalNeeds) throws -> ClinicalPicture {
    var picture = ClinicalPicture()
    let snapshot = keep(snapshot)
    for cohort in cohorts where needs.eligibility {
      let results = try edition.screening.screen(record, asOf: moment.date, cohorts: [cohort]).assessments
        .flatMap(\.criteria)
      picture.eligibility[cohort.id] = try summary(results, asOf: moment.date, snapshot)
    }
    guard let cohort = cohorts.first, state.way.cohort != nil else { return picture }
    if needs.reviewed, case .eligible(let signed, _, let version) = state.way.eligibility, version == edition.version {
      let results = try edition.screening.screen(record, asOf: signed.date, cohorts: [cohort]).assessments
        .flatMap(\.criteria)
      picture.reviewed = try summary(results, asOf: signed.date, snapshot)
    }
    for kind in RecheckKind.allCases where needs.rechecks.contains(kind) {
      let results = try edition.screening.recheck(kind, of: record, at: moment, cohort: cohort, anchors: anchors)
      picture.rechecks[kind] = try summary(results, asOf: moment.date, snapshot)
    }
    if needs.longWait {
      picture.longWait = try summary(
        edition.screening.recheckAfterLongWait(of: record, at: moment, cohort: cohort, anchors: anchors),
        asOf: moment.date, snapshot)
    }
    guard needs.findings else { return picture }
    for result in try edition.screening.findings(of: record, at: moment, cohort: cohort, anchors: anchors) {
      picture.findings[result.plan.id] = Finding(result)
    }
    return picture
  }

  private mutating func summary(
    _ results: [CriterionResult], asOf: CalendarDate, _ snapshot: Digest
  ) throws -> AssessmentSummary {
    AssessmentSummary(
      criteria: results.map { AssessmentSummary.Criterion(id: $0.criterion.id, outcome: CriterionOutcome($0.outcome)) },
      asOf: asOf, protocolVersion: edition.version, record: snapshot, report: keep(try FrozenReport(results).json.bytes)
    )
  }

  private mutating func keep(_ bytes: [UInt8]) -> Digest {
    if !documents.contains(bytes) { documents.append(bytes) }
    return Digest(of: bytes)
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
