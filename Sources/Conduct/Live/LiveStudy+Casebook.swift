import ClinicalValues
import FHIR
public import Ledger
public import StudyDesign
public import Trial

/// A form as a person sees it: its plan, what it holds, what its rules say, where it stands.
public struct FormView: Sendable {
  /// Which form.
  public let key: FormKey
  /// Its plan, under the participant's protocol version.
  public let plan: FormPlan
  /// What it holds, with the history of each item; empty where nothing was entered.
  public let record: FormRecord
  /// What its rules say; nil where they cannot be asked, since nothing is known of the participant.
  public let picture: FormPicture?
  /// Its state and marks.
  public let standing: Standing
  /// Its queries.
  public let queries: [QueryState]
  /// The digest of what it holds: a signature under the form covers it.
  public let content: Digest
}

/// What an import of results would do, or did.
public struct ResultImport: Sendable {
  /// What is new or different, by participant and form.
  public let changes: [(participant: ParticipantID, form: FormKey, entries: [Entry])]
  /// Results that the casebook holds already.
  public let unchanged: Int
  /// What was recorded; nil where nothing was.
  public let performed: Performed?
}

extension LiveStudy {
  /// A form of a participant as it stands now.
  ///
  /// - Throws: `Refusal` where there is no such participant or form.
  public func form(_ key: FormKey, of participant: ParticipantID) async throws -> FormView {
    let state = try await state()
    let fold = self.fold
    let found = try state.registered(participant)
    let now = state.moment(clock(), of: found)
    let edition = try shelf.edition(of: participant, at: now, in: state)
    let plan = try edition.book.form(of: key)
    var picture: FormPicture?
    if let source = try await source(of: found, until: now, in: fold), let merged = try source.record(by: edition.study)
    {
      picture = try FormPainter(source: source, edition: edition, moment: now, record: merged.record).picture(of: key)
    }
    return FormView(
      key: key, plan: plan, record: found.casebook.forms[key] ?? FormRecord(), picture: picture,
      standing: found.casebook.standing(of: key), queries: found.casebook.queries.filter { $0.query.form == key },
      content: try found.casebook.content(of: .form(key)))
  }

  /// Asks the checks of a participant's whole casebook and records the queries that they raise and close.
  ///
  /// - Returns: what was recorded; nil where the checks find what they found before.
  public func runChecks(of participant: ParticipantID, by actor: Acting, origin: Origin) async throws -> Performed? {
    do {
      return try await perform(
        Request(CheckCasebook(participant: participant), by: actor, origin: origin), sign: { _ in [] })
    } catch let refusal as Refusal where refusal.id == "nothing-changed" {
      return nil
    }
  }

  /// The normal ranges of a CSV file, as the JSON that `ImportRanges` takes.
  ///
  /// - Throws: `RefusedFile` with every row that cannot be taken over.
  public func ranges(in text: String, file: String) async throws -> String {
    let edition = try shelf.edition(at: Moment(clock()), in: try await state())
    let ranges = try RangeFile(text, file: file, dictionary: edition.study.dictionary).ranges
    return try CanonicalJSON(encoding: ranges).description
  }

  /// Takes over a file of laboratory results in CSV, all of it or nothing, each row by the protocol version that its
  /// participant is under; a file whose results are all in the casebook already changes nothing.
  ///
  /// - Parameters:
  ///   - correction: why results that are in the casebook already are replaced by others of the file.
  ///   - isDryRun: show what it would do, and do nothing.
  /// - Throws: `RefusedFile` with every row that cannot be taken over; `Refusal`.
  public func importResults(
    _ text: String, file: String, mapping: ResultMapping, by actor: Acting, correction: String? = nil, isDryRun: Bool,
    origin: Origin
  ) async throws -> ResultImport {
    let state = try await state()
    let now = Moment(clock())
    let shelf = shelf
    let results = ResultFile(text, file: file, mapping: mapping) { id throws(MissingVersion) in
      guard let participant = state.participants[id] else { return nil }
      return ResultFile.Owner(
        casebook: participant.casebook, edition: try shelf.edition(of: id, at: now, in: state),
        now: state.moment(now.instant, of: participant))
    }
    guard results.refused.isEmpty else { throw RefusedFile(file: file, rows: results.refused) }
    return try await take(
      results.entries, file: Digest(of: text), source: .laboratory, by: actor, correction: correction,
      isDryRun: isDryRun, origin: origin)
  }

  /// Takes over FHIR Observations of one participant into the forms of a visit, all of them or none.
  ///
  /// - Throws: `RecordError`; `RefusedFile` with every Observation that no form takes; `Refusal`.
  public func importObservations(
    _ bytes: [UInt8], file: String, of participant: ParticipantID, visit: String, by actor: Acting,
    correction: String? = nil, isDryRun: Bool, origin: Origin
  ) async throws -> ResultImport {
    let record = try Record.read(bytes, file: file)
    try await recognize(record, as: participant, file: file)
    let state = try await state()
    let now = Moment(clock())
    let edition = try shelf.edition(of: participant, at: now, in: state)
    let casebook = state.participants[participant]?.casebook ?? CasebookState()
    let filled = FormFilling(edition.study, visit: visit, until: state.moment(now.instant, of: participant))
      .fill(record, into: casebook, only: ["Observation"])
    guard filled.left.isEmpty else {
      throw RefusedFile(file: file, rows: filled.left.map { RefusedRow($0.resource, $0.why) })
    }
    return try await take(
      [participant: filled.entries], file: Digest(of: bytes), source: .laboratory, by: actor, correction: correction,
      isDryRun: isDryRun, origin: origin)
  }

  private func take(
    _ entries: [ParticipantID: [FormKey: [Entry]]], file: Digest, source: SourceOfData, by actor: Acting,
    correction: String?, isDryRun: Bool, origin: Origin
  ) async throws -> ResultImport {
    let state = try await state()
    var saves: [FormSave] = []
    var changes: [(participant: ParticipantID, form: FormKey, entries: [Entry])] = []
    var unchanged = 0
    for (participant, forms) in entries.sorted(by: { $0.key < $1.key }) {
      for (form, entries) in forms.sorted(by: { $0.key < $1.key }) {
        let record = state.participants[participant]?.casebook.forms[form]
        let save = FormSave(
          participant: participant, form: form,
          entries: entries.map { ReadEntry($0, read: record?.items[$0.item]?.version ?? 0) }, source: source,
          reason: correction)
        let changed = save.changes(in: record, since: state.participants[participant]?.way.assessedAnewSince ?? 0)
        unchanged += entries.count - changed.count
        guard !changed.isEmpty else { continue }
        changes.append((participant, form, changed))
        saves.append(save)
      }
    }
    guard !saves.isEmpty else { return ResultImport(changes: [], unchanged: unchanged, performed: nil) }
    let request = Request(RecordResults(file: file, saves: saves), by: actor, origin: origin)
    if isDryRun {
      _ = try await propose(request)
      return ResultImport(changes: changes, unchanged: unchanged, performed: nil)
    }
    let performed = try await perform(request, sign: { _ in [] })
    return ResultImport(changes: changes, unchanged: unchanged, performed: performed)
  }
}
