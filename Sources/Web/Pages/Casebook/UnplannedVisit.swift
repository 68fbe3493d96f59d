import Markup
import StudyDesign
import Trial

/// That a visit is not planned yet, told where something of it can be entered: what it is counted from has not happened.
enum UnplannedVisit {
  /// Nothing where the visit is planned, or is one that nobody plans.
  ///
  /// - Parameter form: the form that is open; nil for the page of the whole visit.
  @MarkupBuilder static func notice(
    _ visit: CalendarVisit?, of study: Study, form: FormPlan? = nil, _ words: Words
  ) -> Markup {
    if let visit, isUnplanned(visit), let why = study.schedule.visit(visit.visit).flatMap({ reason($0.anchor, words) })
    {
      Notice.markup(
        .warning, .text(why),
        .text(held(visit, form, words)))
    }
  }

  /// What says that it was held: its own form, which is among those of the whole visit.
  private static func held(_ visit: CalendarVisit, _ form: FormPlan?, _ words: Words) -> String {
    if form?.domain == "SV" || form == nil && visit.status == .done {
      return words["If it was held all the same, it counts as held; once it is planned, its window is looked at."]
    }
    return form == nil
      ? words["Only the visit's own form says that it was held; the other forms stay under this visit."]
      : words["What is entered here stays under this visit, and does not say that it was held."]
  }

  /// A further one of the same visit is no other plan: a second echocardiogram of screening is not a second screening.
  private static func isUnplanned(_ visit: CalendarVisit) -> Bool {
    visit.dates == nil && visit.number == 1 && (visit.status == .notPlanned || visit.status == .done)
  }

  private static func reason(_ anchor: VisitAnchor, _ words: Words) -> String? {
    switch anchor {
    case .consent: words["This visit is not planned yet: no consent is recorded."]
    case .enrollment: words["This visit is not planned yet: the participant is not enrolled."]
    case .leukapheresis: words["This visit is not planned yet: no leukapheresis was accepted."]
    case .firstDose, .bookedDayZero, .dayZero: words["This visit is not planned yet: Day 0 is not booked."]
    case .lastProcedure: words["This visit is planned for who leaves after a procedure and was never infused."]
    case .unscheduled: nil
    }
  }
}
