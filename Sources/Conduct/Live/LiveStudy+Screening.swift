public import ClinicalValues
import FHIR
import Ledger
public import Rules
public import StudyDesign
public import Trial

/// A participant measured by the criteria, and the record that this rests on.
public struct ScreenedParticipant: Sendable {
  /// The day as of which the criteria were asked.
  public let asOf: CalendarDate
  /// The protocol version that was asked.
  public let study: Study
  /// One assessment a cohort: the participant's own, or all where none is chosen.
  public let assessments: [Assessment]
  /// The codes of data that no criterion can have read.
  public let unrecognized: [UnrecognizedCode]
  private let record: FHIR.Record
  private let mask: IdentityMask?

  init(_ screened: Screened, study: Study, record: FHIR.Record, mask: IdentityMask?) {
    asOf = screened.asOf
    self.study = study
    assessments = screened.assessments
    unrecognized = screened.unrecognized
    self.record = record
    self.mask = mask
  }

  /// The JSON of a resource that evidence names as its source; nil where there is none, and for the Patient, since who
  /// somebody is has no place beside what was measured. What names the person in another one is masked.
  public func resource(_ source: String) -> String? { shown(source)?.shown(by: mask) }

  /// Whether there is a resource that evidence names as its source and that is shown.
  public func hasResource(_ source: String) -> Bool { shown(source) != nil }

  private func shown(_ source: String) -> Resource? {
    record.resources.first { $0.reference == source && $0.type != "Patient" }
  }

  /// The form of the casebook that evidence names as its source, with the item or instrument in it; nil where the source is none.
  public func form(_ source: String) -> (key: FormKey, part: String?)? {
    guard source.hasPrefix(CasebookRecord.prefix) else { return nil }
    let parts = source.dropFirst(CasebookRecord.prefix.count).split(separator: "#", maxSplits: 1)
    guard let name = parts.first, let key = try? FormKey(name), study.forms.contains(where: { $0.id == key.form })
    else { return nil }
    return (key, parts.count > 1 ? String(parts[1]) : nil)
  }
}

extension LiveStudy {
  /// A participant measured by the criteria with all data that are known now, and with values that are only supposed.
  ///
  /// Somebody whose screening has ended is measured as of the day of the decision, everybody else as of today. Nothing is
  /// recorded by it.
  ///
  /// - Returns: nil where nothing is known of the participant, or their key was destroyed.
  /// - Throws: `Refusal` (`unknown-participant`, `no-such-value`); `MissingVersion`; `RecordError`.
  public func screening(
    of participant: ParticipantID, supposing supposed: [SupposedValue] = []
  ) async throws -> ScreenedParticipant? {
    try await refresh()
    let fold = self.fold
    let state = try fold.state.registered(participant)
    let now = fold.state.moment(clock(), of: state)
    let asOf = state.endOfScreening?.date ?? now.date
    let edition = try shelf.edition(of: participant, at: now, in: fold.state)
    let merged: MergedRecord?
    if supposed.isEmpty {
      let basis = try await basis(of: state, at: now, in: fold)
      merged = try await record(of: state, on: basis, until: now, by: edition, in: fold)
    } else {
      var source = try await source(of: state, until: now, in: fold)
      let bundle = try SupposedValue.bundle(supposed, of: participant, on: asOf, in: edition.study)
      source?.parts.append(RecordMerge.Part(file: "supposed values", bytes: Array(bundle.text.utf8)))
      merged = try source?.record(by: edition.study)
    }
    guard let merged else { return nil }
    let cohorts = edition.study.cohorts.filter { state.way.cohort == nil || $0.id == state.way.cohort }
    var due: Set<String> = []
    if state.endOfScreening == nil {
      let watched = try await watched(state, at: now.instant, in: fold)
      due = ParticipantCalendar(of: watched).dueConcepts(of: state, by: edition.book)
    }
    let screened = try edition.screening.screen(merged.record, asOf: asOf, cohorts: cohorts, due: due)
    return ScreenedParticipant(
      screened, study: edition.study, record: merged.record,
      mask: try await vault.person(participant).map(IdentityMask.init))
  }
}

extension ParticipantState {
  /// When screening ended: with an enrollment by the decision that it rests on, or with its failure.
  fileprivate var endOfScreening: Moment? {
    switch way.eligibility {
    case .eligible(let signed, _, _) where way.enrolled != nil: signed
    case .failed(let decided): decided
    case .eligible, nil: nil
    }
  }
}
