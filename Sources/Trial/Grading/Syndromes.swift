public import ClinicalValues
import Instruments
import StudyDesign

/// One assessment of cytokine release (CRS) or neurotoxicity (ICANS), graded after ASTCT from what was recorded.
public struct SyndromeAssessment: Sendable, Hashable {
  /// The form.
  public let form: FormKey
  /// When.
  public let when: DateTime?
  /// The study day; nil before the infusion's start is known, or without a date.
  public let day: Int?
  /// The grade; nil where what is recorded does not decide it.
  public let grade: Int?
  /// The lowest grade that it can be.
  public let minimum: Int?
  /// The rule in words.
  public let rule: String
  /// The grade that a person assigned in the form.
  public let assigned: Int?
  /// The ICE score that went into it (ICANS alone).
  public let ice: Int?

  /// The grade, or the lowest that it can be where that says more than that nothing is known.
  public var atLeast: Int? { grade ?? minimum.flatMap { $0 > 0 ? $0 : nil } }
  /// As a person reads it: `2`, or `>=2` where it is a minimum; `?` where it may be any.
  public var text: String { grade.map(String.init) ?? atLeast.map { ">=\($0)" } ?? "?" }
}

/// An ICE score, with the one at baseline beside it.
public struct IceScore: Sendable, Hashable {
  /// The form.
  public let form: FormKey
  /// When.
  public let when: DateTime?
  /// The study day.
  public let day: Int?
  /// 0 to 10; nil where items lack an answer.
  public let total: Int?
  /// The last score before LD 1; nil where there is none.
  public let baseline: Int?

  /// Whether the score at baseline was below 10, so that it is no sign of toxicity by itself.
  public var isBaselineReduced: Bool { baseline.map { $0 < 10 } ?? false }
}

extension Grading {
  /// Assessments of CRS, oldest first. Temperature and oxygen flow that the form does not hold are the highest of its day.
  public var crs: [SyndromeAssessment] {
    assessments("crs") { filling, form, when in
      filling.answers(of: form, at: when, pick: { _ in .highest })
    }
  }

  /// Assessments of ICANS, oldest first; the ICE score is that of the same day nearest in time. Whoever could not be aroused for it
  /// is so for ICANS too, unless the assessment says another consciousness.
  public var icans: [SyndromeAssessment] {
    let scores = iceScores
    return assessments("icans") { filling, form, when in
      var answers = filling.answers(of: form, at: when)
      if let score = nearest(to: when, among: scores) {
        answers["iceScore"] = .whole(score.total)
        if isUnarousable(in: score.form), answers["consciousness"] == nil {
          answers["consciousness"] = .text("unarousableOrVigorous")
        }
      }
      return answers
    }
  }

  /// ICE scores, oldest first: the sum of the items, or the score as entered where items lack an answer.
  public var iceScores: [IceScore] {
    let scores = forms(of: "ice").map { form, when -> (form: FormKey, when: DateTime?, total: Int?) in
      let filling = InstrumentAnswers(
        filling: book.grading.instruments["ice"] ?? InstrumentFilling(assigned: "", keys: []), values: values)
      let computed = Instrument.named("ice").flatMap { $0(filling.answers(of: form, at: nil)).whole("total") }
      return (form, when, computed ?? assigned("ice", in: form))
    }
    let baseline = firstDose.flatMap { dose in
      scores.last { score in score.total != nil && score.when?.isBefore(treatment: dose) == true }?.total
    }
    return scores.map { score in
      IceScore(
        form: score.form, when: score.when, day: studyDay(of: score.when), total: score.total, baseline: baseline)
    }
  }

  /// What CRS and ICANS are graded as after ASTCT, from the infusion on, CRS first, each oldest first. An assessment that is not
  /// complete, or to which its form assigns a higher grade, counts with the highest that is known.
  public var syndromeProposals: [GradeProposal] { syndromes.flatMap(\.self).compactMap(proposal) }

  /// Assessments after the infusion, by syndrome.
  var syndromes: [[(kind: SpecialInterestKind, assessment: SyndromeAssessment)]] {
    guard infused != nil else { return [] }
    return [(SpecialInterestKind.crs, crs), (.icans, icans)].map { kind, all in
      all.filter { ($0.day ?? 0) >= 0 }.map { (kind, $0) }
    }
  }

  /// What an assessment proposes; nil where it is of no grade, or of none that is known.
  func proposal(_ kind: SpecialInterestKind, of assessment: SyndromeAssessment) -> GradeProposal? {
    let grade = max(assessment.atLeast ?? 0, assessment.assigned ?? 0)
    guard grade > 0, let concept = book.grading.instruments[kind.rawValue]?.assigned,
      let item = book.forms[assessment.form.form]?.items.first(where: { $0.concept == concept })?.id
    else { return nil }
    let record = participant.casebook.forms[assessment.form] ?? FormRecord()
    let key = GradeKey(form: assessment.form, item: item, direction: .high)
    let assigned = assessment.assigned.map { " Its form says \($0)." } ?? ""
    return GradeProposal(
      key: key, analyte: kind.rawValue, term: kind == .crs ? CTCAE.cytokineReleaseSyndrome : "Neurotoxicity (ICANS)",
      grade: grade, rule: "ASTCT: \(assessment.rule)\(assigned)",
      value: CasebookValue(
        concept: concept,
        source: ValueSource(
          form: assessment.form, item: item, version: record.items.values.map(\.version).max() ?? 0),
        measure: ItemMeasure(
          answer: .value(assessment.text), when: assessment.when, number: nil, limit: nil, unit: nil, range: nil,
          problem: nil)),
      baseline: nil, baselineGrade: nil, isBeforeTreatment: false, judgments: participant.grades.judgments[key] ?? [])
  }

  private func isUnarousable(in form: FormKey) -> Bool {
    let concept = book.grading.instruments["ice"]?.keys.first { $0.key == "unarousable" }?.concept
    return concept.flatMap { values.value($0, in: form)?.flag } == true
  }

  private func nearest(to when: DateTime?, among scores: [IceScore]) -> IceScore? {
    guard let when else { return nil }
    func distance(_ score: IceScore) -> Int {
      abs((score.when?.earliestMillisecond() ?? .max / 2) - when.earliestMillisecond())
    }
    return scores.filter { $0.when?.date == when.date && $0.total != nil }.min { distance($0) < distance($1) }
  }

  private func assessments(
    _ id: String, answers: (InstrumentAnswers, FormKey, DateTime?) -> [String: Datum]
  ) -> [SyndromeAssessment] {
    guard let plan = book.grading.instruments[id], let instrument = Instrument.named(id) else { return [] }
    let filling = InstrumentAnswers(filling: plan, values: values)
    return forms(of: id).map { form, when in
      let answers = answers(filling, form, when)
      let result = instrument(answers)
      // ICANS says the worst of what is recorded, and whether that is all; CRS says the lowest that it can be.
      let isMinimum = result.flag("complete") == false
      return SyndromeAssessment(
        form: form, when: when, day: studyDay(of: when), grade: isMinimum ? nil : result.whole("grade"),
        minimum: result.whole("minimumGrade") ?? result.whole("grade"),
        rule: instrument.rule(for: answers) ?? "An answer is out of range.", assigned: assigned(id, in: form),
        ice: answers["iceScore"].flatMap {
          if case .number(let score) = $0 { Int64(exactly: score).map(Int.init) } else { nil }
        })
    }
  }

  /// The begun forms of an instrument: those that ask for the result that a person assigns, by time.
  private func forms(of id: String) -> [(form: FormKey, when: DateTime?)] {
    guard let assigned = book.grading.instruments[id]?.assigned else { return [] }
    let plans = Set(book.forms.values.filter { $0.items.contains { $0.concept == assigned } }.map(\.id))
    let begun = participant.casebook.keys().filter { key in
      let record = participant.casebook.forms[key]
      return plans.contains(key.form) && record?.notDone == nil && record?.isBegun == true
    }
    return begun.map { ($0, time(of: $0)) }
      .enumerated().sorted { a, b in
        let times = (a.element.1?.earliestMillisecond() ?? .max, b.element.1?.earliestMillisecond() ?? .max)
        return (times.0, a.offset) < (times.1, b.offset)
      }.map { (form: $0.element.0, when: $0.element.1) }
  }

  /// When a form's data were so.
  private func time(of form: FormKey) -> DateTime? {
    let text = book.forms[form.form]?.dated.flatMap { participant.casebook.forms[form]?.entry($0)?.answer.text }
    return text.flatMap { DateTime($0) ?? CalendarDate($0).flatMap { DateTime(date: $0) } }
      ?? participant.casebook.date(ofVisit: form, book: book)
  }

  private func assigned(_ id: String, in form: FormKey) -> Int? {
    guard let concept = book.grading.instruments[id]?.assigned else { return nil }
    return values.value(concept, in: form)?.number.flatMap { Int64(exactly: $0) }.map { Int($0) }
  }

  /// The study day of a time: calendar days from the day on which the infusion started.
  func studyDay(of when: DateTime?) -> Int? {
    guard let infused, let date = when?.date, date.precision == .day else { return nil }
    return date.daysSinceEpoch - infused.day
  }
}
