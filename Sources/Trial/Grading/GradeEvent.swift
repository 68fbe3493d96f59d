public import ClinicalValues
import Instruments
public import Ledger

/// What an investigator said of proposed grades.
public enum GradeEvent: Sendable, Hashable, Codable {
  /// They are right as proposed.
  case confirmed(grades: [JudgedGrade])
  /// Another grade is right, and why.
  case changed(grade: JudgedGrade, to: Int, reason: String)
}

/// A proposal as it was judged: what a later one is compared with.
public struct JudgedGrade: Sendable, Hashable, Codable {
  /// The form.
  public let form: FormKey
  /// The item.
  public let item: String
  /// Too low (`low`) or too high (`high`).
  public let direction: String
  /// The CTCAE term.
  public let term: String
  /// The grade that was proposed.
  public let grade: Int
  /// The value, as entered.
  public let value: String
  /// The ledger position of that entry.
  public let version: Position
  /// The rule in words, with the numbers that it was applied to.
  public let rule: String
}

/// What somebody said of a proposal.
public struct GradeJudgment: Sendable, Hashable {
  /// The proposal that was judged.
  public let judged: JudgedGrade
  /// The grade that they hold right.
  public let grade: Int
  /// Why it differs; nil for a confirmation.
  public let reason: String?
  /// Who.
  public let by: Actor
  /// When.
  public let at: Moment

  /// Whether the proposal was confirmed as it was.
  public var isConfirmation: Bool { reason == nil }
}

/// What was said of a participant's proposed grades.
public struct GradeState: Sendable, Hashable {
  /// Judgments of each grade, oldest first.
  public private(set) var judgments: [GradeKey: [GradeJudgment]] = [:]

  /// Nothing was said yet.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<GradeEvent>) {
    switch recorded.event {
    case .confirmed(let grades):
      for judged in grades { append(judged, judged.grade, reason: nil, recorded) }
    case .changed(let judged, let grade, let reason): append(judged, grade, reason: reason, recorded)
    }
  }

  private mutating func append(
    _ judged: JudgedGrade, _ grade: Int, reason: String?, _ recorded: Recorded<GradeEvent>
  ) {
    guard let key = judged.key else { return }
    judgments[key, default: []].append(
      GradeJudgment(judged: judged, grade: grade, reason: reason, by: recorded.actor, at: recorded.happened))
  }
}

extension JudgedGrade {
  /// Which grade; nil where the direction is none.
  public var key: GradeKey? {
    CTCAE.Direction(rawValue: direction).map { GradeKey(form: form, item: item, direction: $0) }
  }

  /// A proposal as it stands now.
  init(_ proposal: GradeProposal) {
    self.init(
      form: proposal.key.form, item: proposal.key.item, direction: proposal.key.direction.rawValue,
      term: proposal.term, grade: proposal.grade, value: proposal.value.answer.description,
      version: proposal.value.source.version, rule: proposal.rule)
  }
}
