public import ClinicalValues
import Instruments
import StudyDesign
public import Trial

/// An adverse event as the report lists it: what it is, how bad, when, and what was judged. What a site wrote at length is not
/// quoted.
public struct EventLine: Sendable, Hashable, Encodable {
  /// Who.
  public let participant: ParticipantID
  /// The disease.
  public let cohort: String?
  /// The number of the event in the participant's casebook.
  public let number: Int
  /// CTCAE's own system organ class; nil where no term of CTCAE was chosen.
  public let organClass: String?
  /// The CTCAE term; nil where none was chosen.
  public let term: String?
  /// What it is, where the term is “Other, specify”.
  public let specified: String?
  /// The MedDRA code, where the sponsor, who holds the license, has given one.
  public let medDRA: String?
  /// The worst grade, of the event or of its course.
  public let grade: Int?
  /// The first day as precisely as it is known.
  public let start: CalendarDate?
  /// The day of onset, counted from Day 0; nil for the never infused and where the day is not known.
  public let onsetDay: Int?
  /// Days from the first to the last, both counted; nil while it goes on.
  public let durationDays: Int?
  /// Whether it has ended.
  public let isResolved: Bool?
  /// How it ended or stands.
  public let outcome: EventOutcome?
  /// What it went on until, where it has no end and is no longer followed.
  public let outlasted: Outlasted?
  /// Whether it is serious.
  public let isSerious: Bool?
  /// What makes it serious.
  public let criteria: [SeriousnessCriterion]
  /// The relations that were judged, in the more serious view, by part of the treatment.
  public let relations: [String: Causality]
  /// The event of special interest that it is, by the code of the casebook.
  public let specialInterest: String?
  /// Whether the reference safety information of the day expects it.
  public let expectedness: String?
  /// When the site was aware, by the clocks there.
  public let aware: String?
  /// Versions of its report from the site to the sponsor.
  public let reports: Int
  /// Whether it began on or after the day of the first dose of lymphodepletion. A date that leaves that open counts as after.
  public let isAfterLymphodepletion: Bool

  static func all(in snapshot: TrialSnapshot, plan: SafetyPlan, schedule: SchedulePlan) -> [EventLine] {
    snapshot.state.participants.values.sorted { $0.id < $1.id }.flatMap { state in
      state.adverseEvents(by: plan).map { EventLine($0, of: state, plan: plan, schedule: schedule) }
    }
  }

  private init(_ event: AdverseEvent, of state: ParticipantState, plan: SafetyPlan, schedule: SchedulePlan) {
    participant = event.participant
    cohort = state.way.cohort
    number = event.number
    organClass = event.ctcae?.systemOrganClass
    term = event.ctcae?.name
    specified = event.specified
    medDRA = plan.forms?.adverseEvent?[.medDRA].flatMap { state.casebook.forms[event.form]?.entry($0)?.answer.text }
    grade = event.worstGrade
    start = event.start
    onsetDay = state.product.infusion.flatMap { event.onsetDay(from: $0.begun.day) }
    durationDays = event.durationDays
    isResolved = event.isResolved
    outcome = event.outcome
    outlasted = state.outlasted(by: event, plan: plan, schedule: schedule)
    isSerious = event.isSerious
    criteria = event.seriousness.met
    relations = Dictionary(
      uniqueKeysWithValues: TreatmentPart.allCases.compactMap { part in
        event.causality(to: part).map { (part.rawValue, $0) }
      })
    specialInterest = event.specialInterest
    expectedness = event.assessment?.expectedness?.rawValue.lowercased()
    aware = event.aware?.description
    reports = event.reports.count
    isAfterLymphodepletion =
      state.way.firstLymphodepletion.map { dose in event.start.map { $0.latest.daysSinceEpoch >= dose.day } ?? true }
      ?? false
  }

  /// What it is called: the term, specified where it is “other”.
  public var title: String {
    switch (term, specified) {
    case (let term?, let specified?): "\(term): \(specified)"
    case (let term?, nil): term
    case (nil, _): "no CTCAE term chosen"
    }
  }

  /// As the table of incidence counts it.
  var occurrence: IncidenceTable.Occurrence {
    IncidenceTable.Occurrence(
      subject: participant.description, category: organClass ?? "no CTCAE term chosen", term: term ?? "-",
      grade: grade.map(String.init))
  }
}
