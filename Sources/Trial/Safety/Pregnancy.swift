public import ClinicalValues
public import StudyDesign

/// A pregnancy of a participant or a partner, as the casebook follows it.
public struct Pregnancy: Sendable, Hashable {
  /// How a pregnancy ended, or stands; the raw values are those of the casebook.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    case liveBirth = "LIVE BIRTH"
    case preterm = "PRETERM"
    case stillbirth = "STILLBIRTH"
    case miscarriage = "SPONTANEOUS ABORTION"
    case termination = "INDUCED ABORTION"
    case ectopic = "ECTOPIC"
    case ongoing = "ONGOING"
    case lost = "LOST"

    /// Whether nothing more is to be learned of it; somebody lost to follow-up cannot be asked.
    public var isFinal: Bool { self != .ongoing }
    /// Whether there is a child to be followed.
    public var isBirth: Bool { self == .liveBirth || self == .preterm }
  }

  /// Whose casebook it is in.
  public let participant: ParticipantID
  /// Its number: the row of its form.
  public let number: Int
  /// The form that it was recorded in.
  public let form: FormKey
  /// Who expects the child.
  public let expectant: Expectant?
  /// When somebody at the site was aware.
  public let aware: DateTime?
  /// Whether the partner consents to being followed; nil where nobody was asked, and for the participant.
  public let isConsented: Bool?
  /// The expected date of birth.
  public let expected: CalendarDate?
  /// The last outcome that was recorded; nil where none was.
  public let outcome: Outcome?
  /// The day of that outcome.
  public let ended: CalendarDate?
  /// What was said of the child at the end of its follow-up, by the code of the casebook; nil where nothing was.
  public let child: String?

  /// Whether the child has still to be seen: nobody has said anything, or that it is too early.
  var isChildOpen: Bool { outcome?.isBirth == true && (child == nil || child == Self.notYet) }
  /// Whether it is followed at all: without the partner's consent nothing more is recorded of her pregnancy.
  var isFollowed: Bool { expectant != .partner || isConsented != false }

  private static let notYet = "NOT YET"
}

extension ParticipantState {
  /// The pregnancies of the casebook, in the order of their numbers.
  public func pregnancies(by plan: SafetyPlan) -> [Pregnancy] {
    let outcomes = Dictionary(grouping: casebook.rows(of: plan.forms?.pregnancyOutcome)) { $0.number(.pregnancy) }
    return casebook.rows(of: plan.forms?.pregnancy).map { row in
      let last = outcomes[row.key.row]?.last { $0.text(.outcome) != nil }
      return Pregnancy(
        participant: id, number: row.key.row, form: row.key,
        expectant: row.text(.who).flatMap { Expectant(rawValue: $0.lowercased()) }, aware: row.time(.aware),
        isConsented: row.flag(.consent), expected: row.date(.expected),
        outcome: last?.text(.outcome).flatMap(Pregnancy.Outcome.init), ended: last?.date(.ended),
        child: last?.text(.child))
    }
  }

  /// What pregnancies wait for: an outcome until it is known, the child to the end of its follow-up, and that what was told
  /// of them and what their forms say agree.
  func pregnancyTasks(_ plan: SafetyPlan) -> [StudyTask] {
    guard plan.forms?.pregnancy != nil else { return [] }
    let known = pregnancies(by: plan)
    let told = way.pregnancies.sorted { $0.rawValue < $1.rawValue }.compactMap { toldTask($0, known) }
    guard plan.forms?.pregnancyOutcome != nil else { return told }
    return known.filter(\.isFollowed).compactMap { pregnancy in
      pregnancy.outcome?.isFinal != true
        ? outcomeTask(pregnancy) : pregnancy.isChildOpen ? childTask(pregnancy, plan.childFollowUpMonths) : nil
    } + told
  }

  private func outcomeTask(_ pregnancy: Pregnancy) -> StudyTask {
    let expected = pregnancy.expected.map { "expected \($0)" } ?? "the expected date is not known"
    return pregnancyTask(
      "Follow \(name(of: pregnancy)) until its outcome is known (\(expected)): fill in the form on the outcome.",
      since: pregnancy.aware?.date, deadline: pregnancy.expected)
  }

  private func childTask(_ pregnancy: Pregnancy, _ months: Int) -> StudyTask {
    pregnancyTask(
      "Follow the child of \(name(of: pregnancy)) to \(months) months: say in the form on the outcome how it is then.",
      since: pregnancy.ended, deadline: pregnancy.ended?.adding(months, .month))
  }

  /// A pregnancy that a command told of and has not ended, where the forms know none, or its outcome already.
  private func toldTask(_ expectant: Expectant, _ known: [Pregnancy]) -> StudyTask? {
    let same = known.filter { $0.expectant == expectant }
    guard let last = same.last, same.count > way.endedPregnancies[expectant, default: 0] else {
      return pregnancyTask("Fill in the form on the pregnancy of \(words(expectant)), which was told.", since: nil)
    }
    guard same.allSatisfy({ $0.outcome?.isFinal == true }) else { return nil }
    return pregnancyTask(
      "Record the end of \(name(of: last)), whose outcome is in its form: it is still told as going on.",
      since: last.ended, roles: Role.allowed(.judgeAndSign))
  }

  private func pregnancyTask(
    _ title: String, since: CalendarDate?, deadline: CalendarDate? = nil, roles: [Role] = ParticipantState.site
  ) -> StudyTask {
    StudyTask(
      .followPregnancy, title, roles: roles, site: way.site, participant: id, since: since ?? .least,
      deadline: deadline.flatMap { $0.precision == .day ? .through($0) : nil })
  }

  private func name(of pregnancy: Pregnancy) -> String {
    "pregnancy \(pregnancy.number) of \(pregnancy.expectant.map(words) ?? "\(id) or a partner")"
  }

  private func words(_ expectant: Expectant) -> String {
    expectant == .participant ? "\(id)" : "the partner of \(id)"
  }
}

extension WayState {
  /// The pregnancy that was told of somebody and has not ended, or would be told next: each has its own report.
  func expectation(_ who: Expectant) -> ReportSubject {
    .expectation(who, number: endedPregnancies[who, default: 0] + 1)
  }
}
