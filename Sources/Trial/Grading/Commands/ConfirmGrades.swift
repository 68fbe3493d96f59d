// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import Ledger

/// Confirms grades as they are proposed from recorded values and assessments; nobody confirms what they entered.
///
/// Not signed: the adverse event that a grade leads to is, and the casebook.
public struct ConfirmGrades: TrialCommand {
  public static let name = "grade confirm"
  public static let abstract = "Confirm grades as they are proposed from recorded values."
  public static let fields = [
    .whom,
    CommandField(
      "grades", "the grades as the list shows them, such as D7/1/hematology/1/LBORRES_NEUT/low=4, separated by commas"),
  ]
  public static let permission = Permission.judgeAndSign

  /// Whose grades.
  public let participant: ParticipantID
  /// The grades as they were shown.
  public let grades: [ShownGrade]

  public init(participant: ParticipantID, grades: [ShownGrade]) {
    self.participant = participant
    self.grades = grades
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard !grades.isEmpty, Set(grades.map(\.key)).count == grades.count else {
      throw Refusal(
        "nothing-to-confirm", because: grades.isEmpty ? "No grade is named." : "A grade is named twice.",
        remedy: "Name each grade once, as the list shows it.")
    }
    let proposals = try situation.proposals(of: participant)
    var judged: [JudgedGrade] = []
    for shown in grades {
      let proposal = try shown.proposal(among: proposals)
      guard proposal.standing != .confirmed else {
        throw Refusal(
          "nothing-changed", because: "\(shown) is confirmed already.", remedy: "There is nothing to be done.")
      }
      guard !situation.entered(proposal, of: participant) else {
        throw Refusal(
          "own-entry", because: "You entered what \(shown) rests on.", remedy: "Another investigator confirms it.")
      }
      judged.append(JudgedGrade(proposal))
    }
    return [Fact(.grade(participant, .confirmed(grades: judged)))]
  }
}

/// Gives another grade than the proposed one, with the reason; nobody judges what they entered.
public struct ChangeGrade: TrialCommand {
  public static let name = "grade change"
  public static let abstract = "Give another grade than the one proposed from a recorded value, with the reason."
  public static let fields = [
    .whom,
    CommandField("grade", "the proposed grade as the list shows it, such as D7/1/hematology/1/LBORRES_NEUT/low=4"),
    CommandField("to", "the grade that is right, 0 to 4"), .why,
  ]
  public static let permission = Permission.judgeAndSign

  /// Whose grade.
  public let participant: ParticipantID
  /// The grade as it was shown.
  public let grade: ShownGrade
  /// The grade that is right.
  public let to: Int
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, grade: ShownGrade, to: Int, reason: String) {
    self.participant = participant
    self.grade = grade
    self.to = to
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let proposal = try grade.proposal(among: try situation.proposals(of: participant))
    try Refusal.requireText(reason, "reason")
    guard !situation.entered(proposal, of: participant) else {
      throw Refusal(
        "own-entry", because: "You entered what \(grade) rests on.", remedy: "Another investigator changes it.")
    }
    guard (0...4).contains(to) else {
      throw Refusal(
        "no-such-grade", because: "A value has a grade of 0 to 4, not \(to).",
        remedy: to == 5 ? "Death is recorded with the adverse event that was its cause." : "Give 0 to 4.")
    }
    guard to != proposal.counting || proposal.standing == .proposedAnew, to != proposal.grade else {
      throw Refusal(
        "nothing-changed", because: "\(proposal.term) is of grade \(to) already.",
        remedy: "Confirm a grade that is right as it is proposed.")
    }
    return [
      Fact(.grade(participant, .changed(grade: JudgedGrade(proposal), to: to, reason: reason)))
    ]
  }
}

extension Situation {
  /// What the values of a participant propose now.
  fileprivate func proposals(of id: ParticipantID) throws(Refusal) -> [GradeProposal] {
    let grading = Grading(of: try participant(id), laboratories: state.laboratories, book: casebook)
    return grading.proposals + grading.syndromeProposals
  }

  /// Whether whoever acts has entered the value, or something of the assessment.
  fileprivate func entered(_ proposal: GradeProposal, of participant: ParticipantID) -> Bool {
    let items = state.participants[participant]?.casebook.forms[proposal.key.form]?.items ?? [:]
    let source = proposal.isOfSyndrome ? Array(items.values) : [items[proposal.key.item]].compactMap(\.self)
    let account = actor.account.description
    return source.contains { $0.current?.by.account == account && $0.current?.isCalculated == false }
  }
}

extension ShownGrade {
  /// The proposal that was shown, if it is still the same.
  fileprivate func proposal(among proposals: [GradeProposal]) throws(Refusal) -> GradeProposal {
    guard let proposal = proposals.first(where: { $0.key == key }) else {
      throw Refusal(
        "no-such-grade", because: "No grade is proposed for \(key).",
        remedy: "The list of the participant's grades shows what is proposed.")
    }
    guard proposal.grade == grade else {
      throw Refusal(
        "changed-since-shown", because: "\(proposal.term) is now proposed as grade \(proposal.grade), not \(grade).",
        remedy: "Look at the value again, then confirm or change what is proposed now.")
    }
    return proposal
  }
}
