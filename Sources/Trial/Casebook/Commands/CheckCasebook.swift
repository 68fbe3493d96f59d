// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues

/// Asks the rules and checks of all forms anew and raises and closes their queries.
public struct CheckCasebook: TrialCommand {
  public static let name = "casebook check"
  public static let abstract = "Ask the checks of all forms anew; their queries are raised and closed."
  public static let fields = [CommandField.whom]
  public static let permission = Permission.queries
  public static let readsClinicalData = true

  /// Whose casebook.
  public let participant: ParticipantID

  public init(participant: ParticipantID) { self.participant = participant }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    var draft = CasebookDraft(of: try situation.participant(participant), in: situation)
    for (form, picture) in (situation.forms[participant] ?? [:]).sorted(by: { $0.key < $1.key })
    where !draft.casebook.locked.contains(where: { $0.covers(form) }) {
      draft.follow(picture, of: form)
    }
    guard !draft.facts.isEmpty else {
      throw Refusal(
        "nothing-changed", because: "The checks find what they found before.", remedy: "There is nothing to be done.")
    }
    return draft.facts
  }
}
