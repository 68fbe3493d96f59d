import ClinicalValues
import StudyDesign

/// A time at grade 4 until it has come down to grade 2.
struct GradeSpell {
  let from: DateTime
  /// When it was down; nil as long as nobody has recorded that.
  var down: Instant?

  /// Those of a course of grades, in the order of time.
  static func all(of course: [(from: DateTime, grade: Int)]) -> [GradeSpell] {
    var spells: [GradeSpell] = []
    for change in course {
      let isOpen = spells.last.map { $0.down == nil } ?? false
      if change.grade >= 4, !isOpen { spells.append(GradeSpell(from: change.from)) }
      if change.grade <= 2, isOpen { spells[spells.count - 1].down = change.from.instant }
    }
    return spells
  }

  /// Whether it has lasted longer than so many days; what nobody recorded as down is not.
  func lasts(days: Int, at now: Instant) -> Bool {
    let deadline = from.instant.adding(hours: days * 24)
    return deadline < now && (down.map { $0 > deadline } ?? true)
  }
}

/// A spell of CRS or ICANS by assessments.
struct AssessedSpell {
  let kind: SpecialInterestKind
  /// The assessment that was the first of grade 4.
  let form: FormKey
  var spell: GradeSpell

  var from: DateTime { spell.from }

  func lasts(days: Int, at now: Instant) -> Bool { spell.lasts(days: days, at: now) }

  /// Whether an adverse event is the same matter: of the syndrome, and present when it began.
  func isPart(of event: AdverseEvent) -> Bool {
    event.syndrome == kind && event.mayHaveBeenPresent(from: from.date, through: from.date)
  }
}

extension Grading {
  /// Spells of grade 4 by the grades of assessments that count. One is over as well once an adverse event that is the same matter is
  /// recorded as down or ended.
  func spells(besides events: [AdverseEvent]) -> [AssessedSpell] {
    syndromes.flatMap { assessments -> [AssessedSpell] in
      let course = assessments.compactMap { kind, assessment -> (from: DateTime, grade: Int, form: FormKey)? in
        guard let when = assessment.when, let grade = knownGrade(kind, of: assessment) else { return nil }
        return (when, grade, assessment.form)
      }
      guard let kind = assessments.first?.kind else { return [] }
      return GradeSpell.all(of: course.map { ($0.from, $0.grade) }).compactMap { spell in
        guard let form = course.first(where: { $0.from == spell.from && $0.grade >= 4 })?.form else { return nil }
        var found = AssessedSpell(kind: kind, form: form, spell: spell)
        let downs = events.filter { found.isPart(of: $0) }.flatMap { $0.downs(after: spell.from) }
        found.spell.down = (downs + [spell.down].compactMap(\.self)).min()
        return found
      }
    }
  }

  /// The grade of an assessment that counts, where it says one: of an incomplete one, a grade that is too low to be the whole says
  /// nothing unless a person gave it.
  private func knownGrade(_ kind: SpecialInterestKind, of assessment: SyndromeAssessment) -> Int? {
    guard let proposal = proposal(kind, of: assessment) else { return assessment.grade }
    let isWhole = assessment.grade != nil || assessment.assigned != nil || proposal.standing == .changed
    return isWhole || proposal.counting > 2 ? proposal.counting : nil
  }
}

extension AdverseEvent {
  /// When it was down to grade 2 or over, after a time, by its own record.
  fileprivate func downs(after time: DateTime) -> [Instant] {
    let changes = course.filter { $0.grade <= 2 && $0.from.instant > time.instant }.map(\.from.instant)
    return changes + [ended(offset: time.offsetMinutes ?? 0)].compactMap(\.self).filter { $0 > time.instant }
  }
}
