// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records that a form was not done, and why.
public struct MarkFormNotDone: TrialCommand {
  public static let name = "form not-done"
  public static let abstract = "Record that a form was not done, and why."
  public static let fields = [CommandField.whom, .form, .why]
  public static let permission = Permission.recordData

  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, form: FormKey, reason: String) {
    self.participant = participant
    self.form = form
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let plan = try situation.casebook.form(of: form)
    let state = try situation.recordable(participant)
    try situation.requireChangeable(form, in: state)
    try Refusal.requireText(reason, "reason")
    let record = state.casebook.forms[form]
    guard record?.isBegun != true else {
      throw Refusal(
        "form-has-answers", because: "\(form) has answers.",
        remedy: "Answer what was not done item by item, or clear what was entered in error first.")
    }
    guard record?.notDone?.reason != reason else {
      throw Refusal(
        "nothing-changed", because: "\(form) is marked as not done already.", remedy: "There is nothing to be saved.")
    }
    var draft = CasebookDraft(of: state, in: situation)
    draft.record(.markedNotDone(form: form, reason: reason))
    draft.takeBackMarks(of: form, items: [])
    draft.follow(FormPicture(shown: Set(plan.items.map(\.id))), of: form)
    return draft.facts
  }
}
