// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import Ledger
import StudyDesign

/// Signs what a form holds.
public struct SignForm: TrialCommand {
  public static let name = "form sign"
  public static let abstract = "Sign what a form holds; the signature covers exactly what was shown."
  public static let fields = [.whom, .form, CommandField("content", "the digest that the form shows with its content")]
  public static let permission = Permission.judgeAndSign

  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// The digest of what was shown.
  public let content: Digest

  public init(participant: ParticipantID, form: FormKey, content: Digest) {
    self.participant = participant
    self.form = form
    self.content = content
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let plan = try situation.casebook.form(of: form)
    let state = try situation.participant(participant)
    if plan.signed == .principalInvestigator, situation.actor.role != .principalInvestigator {
      throw Refusal(
        "role-may-not", because: "\(plan.title) is signed by the principal investigator.",
        remedy: "Ask the principal investigator.")
    }
    try state.casebook.requireSignable([form])
    let scope = CasebookScope.form(form)
    try state.casebook.requireShown(content, scope)
    let meaning = "I have reviewed \(plan.title) (\(form)) of \(participant): it is complete and correct."
    return [Fact(.casebook(participant, .signed(scope: scope, content: content)), signed: meaning)]
  }
}

/// Signs the whole casebook of a participant.
public struct SignCasebook: TrialCommand {
  public static let name = "casebook sign"
  public static let abstract = "Sign a participant's casebook, as principal investigator."
  public static let fields = [.whom, CommandField("content", "the digest that the casebook shows")]
  public static let permission = Permission.signAsPrincipalInvestigator

  /// Whose casebook.
  public let participant: ParticipantID
  /// The digest of what was shown.
  public let content: Digest

  public init(participant: ParticipantID, content: Digest) {
    self.participant = participant
    self.content = content
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let casebook = try situation.participant(participant).casebook
    let begun = casebook.keys().filter { casebook.state(of: $0) != .notStarted }
    guard !begun.isEmpty else {
      throw Refusal("nothing-to-sign", because: "The casebook is empty.", remedy: "Enter the data first.")
    }
    try casebook.requireSignable(begun)
    try casebook.requireShown(content, .casebook)
    let meaning = "I have reviewed the casebook of \(participant): it is complete and correct."
    return [Fact(.casebook(participant, .signed(scope: .casebook, content: content)), signed: meaning)]
  }
}

extension CasebookState {
  /// Refuses to sign forms that are not complete or that are asked about.
  fileprivate func requireSignable(_ forms: [FormKey]) throws(Refusal) {
    let standings = forms.map { (form: $0, standing: standing(of: $0)) }
    if let open = standings.first(where: { $0.standing.state == .notStarted || $0.standing.state == .incomplete }) {
      let lacks = self.forms[open.form]?.missing ?? []
      throw Refusal(
        "form-incomplete",
        because: "\(open.form) is \(open.standing.state == .notStarted ? "not started" : "incomplete")"
          + (lacks.isEmpty ? "." : ": \(lacks.joined(separator: ", ")) lack an answer."),
        remedy: "Answer these items, or say why there is no answer.")
    }
    if let asked = standings.first(where: { $0.standing.badges.openQueries + $0.standing.badges.answeredQueries > 0 }) {
      throw Refusal(
        "open-queries", because: "\(asked.form) has queries that are not closed.", remedy: "They are settled first.")
    }
    if let locked = locked.sorted().first(where: { scope in forms.contains(where: scope.covers) }) {
      throw Refusal("locked", because: "It is locked (\(locked)).", remedy: "A data manager unlocks it first.")
    }
  }

  /// Refuses a signature under something else than what is there now, and a second one under the same.
  fileprivate func requireShown(_ content: Digest, _ scope: CasebookScope) throws(Refusal) {
    guard let now = try? self.content(of: scope), now == content else {
      throw Refusal(
        "changed-since-shown", because: "What was shown is not what stands there now.",
        remedy: "Look again, then sign.")
    }
    if let signature = signatures[scope], signature.brokenBy == nil, signature.content == content {
      throw Refusal("signed-already", because: "This is signed already.", remedy: "There is nothing to be done.")
    }
  }
}
