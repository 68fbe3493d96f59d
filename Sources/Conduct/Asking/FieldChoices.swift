public import ClinicalValues
import StudyDesign
public import Trial

/// What can be given to the fields of a command as the trial stands, for whoever asks and for the participant whom it is
/// about: from here a page takes its lists.
public struct FieldChoices: Sendable {
  let state: TrialState
  let edition: ProtocolShelf.Edition
  let versions: [String]
  let actor: Acting
  let form: CommandForm
  let given: Given
  /// Now, by the clocks of whoever asks.
  public let moment: Moment

  /// What may be given to a field, the fitting ones first; empty where it names nothing that could be listed.
  public func choices(for field: CommandForm.Field) -> [FieldChoice] {
    guard let reference = field.kind.reference else { return [] }
    let found =
      switch reference {
      case .participant, .account, .site, .delegation: ofPeople(reference, field)
      case .collection, .lot, .bag, .material, .custodyStep, .releaseTest, .quarantine, .outsideGate:
        ofProduct(reference)
      case .cohort, .enrollmentScope, .visit, .treatment, .protocolVersion, .consentVersion, .provisionalItem, .hold,
        .question, .query, .deviation, .clock:
        ofStudy(reference, field)
      }
    return found.filter(\.fits) + found.filter { !$0.fits }
  }

  /// The unit in which a number is given, in UCUM; nil where it has none.
  public func unit(of field: CommandForm.Field) -> String? {
    switch field.key {
    case "yield": edition.study.conduct.product.yieldUnit
    case "result": edition.study.conduct.product.tests.first { $0.id == given["test"] }?.unit
    default: FieldChoices.units[field.key]
    }
  }

  /// Units of numbers that have the same everywhere, as the commands document them.
  private static let units = [
    "volumeML": "mL", "least": "Cel", "largest": "Cel", "weight": "kg", "height": "cm", "creatinineClearance": "mL/min",
    "lastedDays": "d",
  ]

  /// The participant whom it is about; nil where none is named, or whoever asks may not see them.
  var participant: ParticipantState? {
    given["participant"].flatMap { try? ParticipantID($0) }.flatMap { state.participants[$0] }
      .flatMap { sees($0) ? $0 : nil }
  }

  /// Whether whoever asks may see a participant: of what is done to cells, also one whose bag lies with them.
  func sees(_ participant: ParticipantState) -> Bool {
    actor.sees(participant.way.site)
      || isOne(of: RecordStep.self, LoseMaterial.self) && actor.seesCells(of: participant)
  }

  /// Whether the command is one of these.
  func isOne(of commands: any TrialCommand.Type...) -> Bool { commands.contains { $0 == form.type } }
}

extension LiveStudy {
  /// What can be given to the fields of a command now.
  ///
  /// - Parameter given: what was given so far; the participant in it decides what there is to choose from.
  /// - Throws: `StoreFailure`; `MissingVersion`.
  public func choices(for form: CommandForm, given: Given, by actor: Acting) async throws -> FieldChoices {
    let state = try await state()
    let moment = ZoneClock.moment(clock(), zone: actor.site.flatMap { state.sites[$0]?.zone } ?? "UTC")
    let participant = given["participant"].flatMap { try? ParticipantID($0) }
    let edition =
      if let participant {
        try shelf.edition(of: participant, at: moment, in: state)
      } else { try shelf.edition(at: moment, in: state) }
    return FieldChoices(
      state: state, edition: edition, versions: shelf.editions.map(\.version.version), actor: actor, form: form,
      given: given, moment: moment)
  }
}
