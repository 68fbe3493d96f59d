// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import StudyDesign

/// Saves answers of one form: new ones, and corrections with their reason.
public struct SaveForm: SavesEntries {
  public static let name = "form save"
  public static let abstract = "Save answers of a form; what corrects an earlier answer needs a reason."
  public static let fields = [
    .whom, .form,
    CommandField(
      "entries",
      "JSON: [{\"item\", \"value\", \"unit\"?, \"low\"?, \"high\"?, \"laboratory\"?, \"read\"?}], or \"absent\" "
        + "(notDone, unknown, notApplicable) or \"cleared\" (true) in place of value; read: the item's version as shown"
    ),
    CommandField("source", "where the data come from, if not from where the form says", optional: true),
    CommandField("correction", "why earlier answers are corrected, in a sentence", optional: true),
  ]
  public static let permission = Permission.recordData
  public static let readsClinicalData = true

  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// What is saved, each entry with the version of the item that was read.
  public let entries: [ReadEntry]
  /// Where the data come from, where that is not what the form says.
  public let source: SourceOfData?
  /// Why earlier answers are corrected.
  public let correction: String?

  public init(
    participant: ParticipantID, form: FormKey, entries: [ReadEntry], source: SourceOfData? = nil,
    correction: String? = nil
  ) {
    self.participant = participant
    self.form = form
    self.entries = entries
    self.source = source
    self.correction = correction
  }

  public var participants: Set<ParticipantID> { [participant] }

  public var saves: [FormSave] {
    [FormSave(participant: participant, form: form, entries: entries, source: source, reason: correction)]
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    if form.form == situation.plan.safety.forms?.assessment?.form {
      throw Refusal(
        "role-may-not", because: "\(form) is the safety officer's own judgment.",
        remedy: "The safety officer saves it (\(JudgeSeriousEvent.name)).")
    }
    return try savedFacts(in: situation)
  }
}

extension SaveForm: NeedsClinicalData {
  /// Whether the data speak against the decision.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(questioned: true) }
}

extension CommandField {
  /// Which form.
  static let form = CommandField("form", "the form: VISIT/NUMBER/FORM/ROW, such as D28/1/vitalSigns/1")
}
