import CQL

/// Whether visits, activities and forms fit together.
struct ScheduleCheck {
  let casebook: CasebookFiles
  let conduct: ConductPlan
  let study: StudyFile
  let source: SourceText

  private var schedule: ScheduleFile { casebook.schedule }

  /// The problems that show without the libraries.
  func problems() -> [Problem] {
    let references = schedule.references
    return references.duplicates() + references.unknownProvisional(study) + references.misquoted(source)
      + schedule.plan.visits.indices.flatMap(visitProblems) + activityProblems() + formProblems()
      + lastVisitProblems()
  }

  // MARK: visits

  private func visitProblems(_ index: Int) -> [Problem] {
    let (visit, fields) = (schedule.plan.visits[index], schedule.visits[index])
    var problems: [Problem] = []
    if FormOccurrence.inPlaceOfVisits.contains(visit.id) || !visit.id.isIdentifier {
      problems.append(FormCheck.badID("visit", visit.id, at: fields.place("id")))
    }
    if !visit.window.contains(0) {
      problems.append(
        Problem(
          "out-of-range", at: fields.place("window"),
          "The window \(visit.window.lowerBound) to \(visit.window.upperBound) leaves out the planned day.",
          remedy: "Count days before it as negative and days after it as positive."))
    }
    var seen: Set<String> = []
    for (planned, place) in zip(visit.activities, schedule.planned[index]) {
      if !seen.insert("\(planned.activity) \(planned.fromInfusion)").inserted {
        problems.append(
          Problem(
            "duplicate", at: place, "The visit ‘\(visit.id)’ plans ‘\(planned.activity)’ twice.",
            remedy: "Write all its minutes in one entry."))
      }
      problems += timeProblems(planned, of: visit, at: place)
    }
    let names = zip(visit.activities, schedule.planned[index]).map { Located($0.activity, at: $1) }
    return problems
      + PlanReferences.unknown(
        "activity", names, among: schedule.plan.activities.map(\.id), "Declare it under ‘activities:’.")
  }

  private func timeProblems(
    _ planned: PlannedActivity, of visit: VisitPlan, at place: SourceLocation
  ) -> [Problem] {
    var problems: [Problem] = []
    if planned.fromInfusion, visit.anchor != .dayZero || visit.day != 0...0 {
      problems.append(
        Problem(
          "no-effect", at: place, "‘\(visit.id)’ is not the day of the infusion, from which ‘fromInfusion’ counts.",
          remedy: "Remove ‘fromInfusion’, or plan it on day 0 of the anchor dayZero."))
    }
    guard !planned.minutes.isEmpty, let activity = schedule.plan.activity(planned.activity) else { return problems }
    let forms = activity.forms.compactMap { id in casebook.forms.first { $0.plan.id == id } }
    if !forms.isEmpty, !forms.contains(where: { $0.plan.occurs == .repeated }) {
      problems.append(
        Problem(
          "no-effect", at: place, "‘\(activity.id)’ is planned for several times, and none of its forms is repeated.",
          remedy: "Write ‘occurs: repeated’ in one of its forms, or remove ‘minutes’."))
    }
    return problems
  }

  /// The visit that completes the study is one of the schedule.
  private func lastVisitProblems() -> [Problem] {
    guard study.conducted == .tandem, casebook.hasSchedule, schedule.plan.visit(conduct.way.lastVisit) == nil else {
      return []
    }
    return [
      Problem(
        "unknown-reference", at: SourceLocation(file: ScheduleFile.name, line: 1, column: 1),
        "There is no visit ‘\(conduct.way.lastVisit)’, which completes the study by conduct.yaml.",
        remedy: suggestion(
          for: conduct.way.lastVisit, among: schedule.plan.visits.map(\.id), otherwise: "Declare it under ‘visits:’."))
    ]
  }

  // MARK: activities and forms

  private func activityProblems() -> [Problem] {
    let forms = casebook.forms.map(\.plan.id)
    let planned = Set(schedule.plan.visits.flatMap { $0.activities.map(\.activity) })
    var problems: [Problem] = []
    for (activity, fields) in zip(schedule.plan.activities, schedule.activities) {
      if !activity.id.isIdentifier { problems.append(FormCheck.badID("activity", activity.id, at: fields.place("id"))) }
      let names = activity.forms.enumerated().map { Located($1, at: fields.place("forms", $0)) }
      problems += PlanReferences.unknown("form", names, among: forms, "Write it in forms/.")
      if !planned.contains(activity.id) {
        problems.append(
          Problem(
            "unused", at: fields.place("id"), "No visit plans the activity ‘\(activity.id)’.",
            remedy: "Add it to a visit, or remove it."))
      }
    }
    return problems
  }

  /// A form that nothing asks for would never be filled in; a log is always there.
  private func formProblems() -> [Problem] {
    let used = Set(schedule.plan.activities.flatMap(\.forms))
    // A misspelled form is one problem, not also one that nothing uses.
    guard used.isSubset(of: casebook.forms.map(\.plan.id)) else { return [] }
    return casebook.forms.filter { $0.plan.occurs != .log && !used.contains($0.plan.id) }.map { form in
      Problem(
        "unused", at: form.fields.place("id"),
        "No activity of schedule.yaml is recorded in the form ‘\(form.plan.id)’.",
        remedy: "Name it under ‘forms:’ of an activity, or write ‘occurs: log’.")
    }
  }
}

extension String {
  /// Whether it can be an id: a letter, then letters, digits, `_` and `-`, all of ASCII.
  var isIdentifier: Bool {
    guard let first, first.isASCII, first.isLetter else { return false }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }
}
