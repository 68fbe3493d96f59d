// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Saves, as safety officer, the judgment of a serious adverse event: relation, expectedness, seriousness, submission.
public struct JudgeSeriousEvent: SavesEntries {
  public static let name = "form judge"
  public static let abstract =
    "Save, as safety officer, the own judgment of a serious adverse event, beside the site's."
  public static let fields = SaveForm.fields.filter { $0.key != "source" }
  public static let permission = Permission.judgeExpectedness
  public static let readsClinicalData = true

  /// Whose form.
  public let participant: ParticipantID
  /// Which form: one of judgments.
  public let form: FormKey
  /// What is saved, each entry with the version of the item that was read.
  public let entries: [ReadEntry]
  /// Why earlier answers are corrected.
  public let correction: String?

  public init(participant: ParticipantID, form: FormKey, entries: [ReadEntry], correction: String? = nil) {
    self.participant = participant
    self.form = form
    self.entries = entries
    self.correction = correction
  }

  public var participants: Set<ParticipantID> { [participant] }

  public var saves: [FormSave] {
    [FormSave(participant: participant, form: form, entries: entries, source: nil, reason: correction)]
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard form.form == situation.plan.safety.forms?.assessment?.form else {
      throw Refusal(
        "not-a-judgment", because: "\(form) is not a judgment of the safety officer.",
        remedy: "What the site records is saved by the site.")
    }
    return try savedFacts(in: situation)
  }
}

extension JudgeSeriousEvent: NeedsClinicalData {
  /// Nothing but the form's own rules.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds() }
}
