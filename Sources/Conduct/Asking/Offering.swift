import ClinicalValues
import Ledger
import StudyDesign
public import Trial

/// What whoever acts could do now, so that no page offers what would be refused: the commands' own decisions are asked, on
/// the trial as it stands, with what a page knows already.
public struct Offering: Sendable {
  private let state: TrialState
  private let shelf: ProtocolShelf
  private let actor: Acting
  private let moment: Moment

  init(state: TrialState, shelf: ProtocolShelf, actor: Acting, moment: Moment) {
    self.state = state
    self.shelf = shelf
    self.actor = actor
    self.moment = moment
  }

  /// Why a command would be refused now whatever else is given to it; nil where it would not be, or where that hangs on
  /// what is still to be given, on data or on a gate.
  public func refusal(of command: any TrialCommand.Type, given: [String: String] = [:]) -> Refusal? {
    guard let current = edition(for: given) else { return nil }
    if let refusal = state.objection(
      to: actor, for: command.permission, at: moment, under: current.version.version, onlyCloses: command.onlyCloses)
    {
      return refusal
    }
    do throws(Refusal) {
      try state.people.requirePasswordConfirmed(
        of: actor.account, for: command.permission, onlyCloses: command.onlyCloses)
    } catch { return error }
    let form = CommandForm.of(command)
    let open = form.fields.filter { field in
      !field.isOptional && field.kind.reference != nil && given[field.key] == nil
    }
    // Without these nothing is known of whom or what it would be about.
    guard !open.contains(where: { Offering.subjects.contains($0.kind.reference) }) else { return nil }
    if lacksAny(of: open, form, given) { return Offering.nothingFits }
    guard let refusal = decided(form, given) else { return nil }
    // Whose it is hangs on where the bag lies that is still to be named.
    if refusal.id == "other-site", given["material"] == nil, holdsBag(given, for: command) { return nil }
    let isStanding =
      Offering.ofParticipant.contains(refusal.id) || open.isEmpty && Offering.ofState.contains(refusal.id)
    return isStanding ? refusal : nil
  }

  /// Whether a command is of what is done to cells, and a bag of the participant's lies at the site that asks.
  private func holdsBag(_ given: [String: String], for command: any TrialCommand.Type) -> Bool {
    guard command == RecordStep.self || command == LoseMaterial.self,
      let participant = given["participant"].flatMap({ try? ParticipantID($0) }).flatMap({ state.participants[$0] })
    else { return false }
    return actor.seesCells(of: participant)
  }

  /// Whether there is nothing to choose for one of these fields.
  private func lacksAny(of fields: [CommandForm.Field], _ form: CommandForm, _ given: [String: String]) -> Bool {
    guard let edition = edition(for: given) else { return false }
    let choices = FieldChoices(
      state: state, edition: edition, versions: shelf.editions.map(\.version.version), actor: actor, form: form,
      given: Given(texts: given.mapValues { [$0] }), moment: moment)
    return fields.contains { field in !choices.choices(for: field).contains(where: \.fits) }
  }

  /// The version of the protocol that counts: that of the participant whom it would be about, else the one in force.
  private func edition(for given: [String: String]) -> ProtocolShelf.Edition? {
    if let participant = given["participant"].flatMap({ try? ParticipantID($0) }) {
      return try? shelf.edition(of: participant, at: moment, in: state)
    }
    return try? shelf.edition(at: moment, in: state)
  }

  /// Whether a refusal says of an act only that it can no longer happen: what happened before is still entered late, with its
  /// time. What passes a gate is done now or never.
  public static func mayHaveBeen(_ command: any TrialCommand.Type, despite refusal: Refusal) -> Bool {
    !command.passesGate && ofTime.contains(refusal.id)
  }

  private static let nothingFits = Refusal(
    "nothing-fits", because: "There is nothing now that this could be about.",
    remedy: "What is recorded already is put right by a correction.")

  /// What the command says with what is given, and an example of all else.
  private func decided(_ form: CommandForm, _ given: [String: String]) -> Refusal? {
    let known = given.filter { pair in form.fields.contains { $0.key == pair.key } }
    let texts = form.examples.merging(known) { $1 }.mapValues { [$0] }
    guard let command = try? form.command(from: texts),
      let edition = try? shelf.edition(for: command, at: moment, in: state)
    else { return nil }
    let situation = Situation(
      state: state, plan: edition.study.conduct, protocolVersion: edition.version, actor: actor, happened: moment,
      now: moment.instant, casebook: edition.book)
    do throws(Refusal) {
      try Trial.requirePossible(command, in: situation)
      return nil
    } catch {
      return error
    }
  }

  private static let subjects: Set<FieldReference?> = [.participant, .site, .account]

  /// Refusals that speak of where the participant stands, and of the reader's site, alone.
  static let ofParticipant = ofTime.subtracting(ofState).union([
    "other-site", "unknown-participant", "no-consent", "not-enrolled", "already-infused", "already-enrolled",
    "no-cells", "no-identity", "already-dead", "not-lost", "not-withdrawn", "no-death", "no-collection",
    "collection-runs", "no-lymphodepletion-under-way", "withdrawn",
  ])
  /// Those that hang on when it happened.
  static let ofTime: Set<String> = [
    "after-death", "withdrawn-from-everything", "has-left", "has-completed", "collection-over", "not-in-hand",
  ]
  /// Refusals that speak of what a page names as well: an account, a lot, a quarantine, a line of the log.
  static let ofState: Set<String> = [
    "account-enabled", "account-not-enabled", "training-missing", "account-revoked", "own-account", "not-yours",
    "identity-not-checked", "reset-settled", "others-confirm",
    "delegation-settled", "lift-decided", "board-first", "question-settled", "not-open", "already-open",
    "not-to-be-released", "own-results", "took-part", "no-such-quarantine", "not-proposed", "results-missing",
    "outside-limits", "quarantined", "no-further-collection", "not-collected", "person-not-checked", "other-place",
    "not-in-hand",
  ]
}

extension LiveStudy {
  /// What somebody could do now.
  ///
  /// - Throws: `StoreFailure`.
  public func offering(to actor: Acting) async throws -> Offering {
    let state = try await state()
    let zone = actor.site.flatMap { state.sites[$0]?.zone } ?? "UTC"
    return Offering(state: state, shelf: shelf, actor: actor, moment: ZoneClock.moment(clock(), zone: zone))
  }
}
