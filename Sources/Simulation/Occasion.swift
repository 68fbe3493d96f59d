import ClinicalValues
import StudyDesign
import Trial

/// When forms are filled, and by whom: a visit, a morning's sample, a round on the ward.
struct Occasion: Sendable {
  /// The visit as the schedule names it.
  let visit: String
  /// Which of the visits of that name it is.
  var number = 1
  /// The time that the forms are of.
  let time: Moment
  /// Days after Day 0; nil where none is booked.
  let day: Int?
  /// Whether the participant was seen, called, or gave a sample only.
  var mode = VisitMode.site
  /// Who examines, by name: the same where possible.
  let assessor: String
  /// The laboratory that measures.
  let laboratory: String

  /// The same at another time of the day.
  func at(_ time: Moment) -> Occasion {
    Occasion(
      visit: visit, number: number, time: time, day: day, mode: mode, assessor: assessor, laboratory: laboratory)
  }

  /// Whether blood has changed since the screening: from the first day of lymphodepletion on.
  var isTreated: Bool { day.map { $0 > -5 } ?? false }
}

/// The forms of a visit's activities for one participant.
struct Expected: Sendable {
  let cohort: String
  let mayBecomePregnant: Bool
  let isInHospital: Bool
  /// Whether cytokine release or neurotoxicity lasts.
  let isToxic: Bool
  var isHepatitisBCarrier = false

  /// Whether an activity applies: what the schedule's conditions say of the people of the demonstration.
  func applies(_ activity: ActivityPlan) -> Bool {
    switch activity.applies {
    case "Schedule.is SLE": cohort == "sle"
    case "Schedule.is SSc": cohort == "ssc"
    case "Schedule.is IIM": cohort == "iim"
    case "Schedule.is SS": cohort == "ss"
    case "Schedule.is AIHA": cohort == "aiha"
    case "Schedule.is MS": cohort == "ms"
    case "Schedule.may become pregnant": mayBecomePregnant
    case "Schedule.is HBV carrier": isHepatitisBCarrier
    case "Schedule.is in hospital": isInHospital
    case "Schedule.is not in hospital": !isInHospital
    case "Schedule.has CRS or ICANS": isToxic
    case "Schedule.has neither CRS nor ICANS": !isToxic
    default: true
    }
  }

  /// The activities of a visit that apply, with their planned times.
  func activities(of visit: VisitPlan, in schedule: SchedulePlan) -> [(plan: ActivityPlan, planned: PlannedActivity)] {
    visit.activities.compactMap { planned in
      schedule.activity(planned.activity).flatMap { applies($0) ? ($0, planned) : nil }
    }
  }

  /// The forms of a visit that apply, in the order of its activities.
  func forms(of visit: VisitPlan, in schedule: SchedulePlan) -> [String] {
    activities(of: visit, in: schedule).flatMap(\.plan.forms)
  }
}
