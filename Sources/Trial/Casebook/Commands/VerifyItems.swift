// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import Ledger

/// Records that items were compared with their source and are the same (source data verification).
public struct VerifyItems: TrialCommand {
  public static let name = "form verify"
  public static let abstract = "Record that items, or a whole form, were compared with their source and are the same."
  public static let fields = [
    .whom, .form, CommandField("items", "the items; left out: all answered ones", optional: true),
    CommandField("source", "the source that was seen, such as laboratory report 4711 of 2026-03-13"),
  ]
  public static let permission = Permission.verifySource

  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// The items; nil: all that have an answer.
  public let items: [String]?
  /// The source that was seen.
  public let source: String

  public init(participant: ParticipantID, form: FormKey, items: [String]? = nil, source: String) {
    self.participant = participant
    self.form = form
    self.items = items
    self.source = source
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.casebook.form(of: form)
    let state = try situation.participant(participant)
    try Refusal.requireText(source, "source that was seen")
    if let scope = state.casebook.locked.sorted().first(where: { $0.covers(form) }) {
      throw Refusal("locked", because: "\(form) is locked (\(scope)).", remedy: "A data manager unlocks it first.")
    }
    let record = state.casebook.forms[form] ?? FormRecord()
    let answered = Set(
      record.items.keys.filter { record.entry($0) != nil && record.items[$0]?.current?.isCalculated == false })
    let chosen = Set(items ?? answered.sorted())
    if let unanswered = chosen.subtracting(answered).min() {
      throw Refusal(
        "nothing-to-verify", because: "\(unanswered) of \(form) has no answer of a person.",
        remedy: "Verify what was entered.")
    }
    guard !chosen.isEmpty else {
      throw Refusal("nothing-to-verify", because: "\(form) has no answers.", remedy: "Verify what was entered.")
    }
    let account = situation.actor.account.description
    let own = chosen.filter { record.items[$0]?.current?.by.account == account }
    guard own.isEmpty else {
      throw Refusal(
        "own-entry", because: "You entered \(own.sorted().joined(separator: ", ")) yourself.",
        remedy: "Somebody else verifies it.")
    }
    return [Fact(.casebook(participant, .verified(form: form, items: chosen.sorted(), source: source)))]
  }
}
