import ClinicalValues
import Instruments
import StudyDesign

/// A report that what is recorded of a participant calls for.
struct CalledReport: Sendable {
  let duty: ReportDuty
  /// Since when somebody was aware of it, as the casebook says; nil where it does not.
  let aware: DateTime?
  /// What was aware of it in the casebook before, if it was there at all.
  let awareBefore: DateTime?
  /// Whether it was recorded before and did not call for the report: a new fact makes it one.
  let isNewFact: Bool
}

/// The reports that are called for by what is recorded of a participant, in the light of what was recorded before.
///
/// Unknown seriousness that somebody stated takes the shorter clock; what nobody has answered yet calls for nothing, and
/// stands in the list of what is missing.
struct ReportDuties {
  let participant: ParticipantState
  let before: ParticipantState
  let plan: SafetyPlan

  /// All of them, the clocks of site to sponsor first.
  func called() -> [CalledReport] {
    let earlier = Dictionary(before.adverseEvents(by: plan).map { ($0.number, $0) }) { first, _ in first }
    let events = participant.adverseEvents(by: plan)
    return events.flatMap { ofSite($0, before: earlier[$0.number]) } + death() + pregnancies()
      + events.flatMap { ofSponsor($0, before: earlier[$0.number]) }
  }

  private func ofSite(_ event: AdverseEvent, before: AdverseEvent?) -> [CalledReport] {
    var called: [CalledReport] = []
    func call(_ cause: ReportCause, isNewFact: Bool) {
      called.append(
        CalledReport(
          duty: ReportDuty(.event(event.number), cause, clock: ReportClock.siteToSponsor), aware: event.siteAware,
          awareBefore: before?.siteAware, isNewFact: isNewFact))
    }
    if event.isSerious == true || event.isSerious == nil && event.seriousness.isSaidUnknown {
      call(.serious, isNewFact: before?.isSerious == false)
    }
    if event.specialInterest != nil, let grade = event.worstGrade, grade >= CTCAE.severe {
      let milder = before.map { $0.specialInterest != nil && $0.worstGrade.map { $0 < CTCAE.severe } ?? false } ?? false
      call(.specialInterest, isNewFact: milder)
    }
    return called
  }

  private func ofSponsor(_ event: AdverseEvent, before: AdverseEvent?) -> [CalledReport] {
    guard event.isSUSAR == true else { return [] }
    let isUrgent = event.isFatalOrLifeThreatening != false
    let wasOne = before?.isSUSAR == true && (before?.isFatalOrLifeThreatening != false) == isUrgent
    return [
      CalledReport(
        duty: ReportDuty(
          .event(event.number), .suspectedUnexpected,
          clock: isUrgent ? ReportClock.susarFatal : ReportClock.susarOther),
        aware: event.assessment?.aware, awareBefore: before?.assessment?.aware,
        isNewFact: !wasOne && before?.assessment?.form == event.assessment?.form && before?.isSUSAR != nil)
    ]
  }

  private func death() -> [CalledReport] {
    guard let death = participant.death(by: plan) else { return [] }
    return [
      CalledReport(
        duty: ReportDuty(.death, .death, clock: ReportClock.siteToSponsor), aware: death.aware,
        awareBefore: before.death(by: plan)?.aware, isNewFact: false)
    ]
  }

  private func pregnancies() -> [CalledReport] {
    let earlier = before.casebook.rows(of: plan.forms?.pregnancy)
    let rows = participant.casebook.rows(of: plan.forms?.pregnancy).map { row in
      CalledReport(
        duty: ReportDuty(.pregnancy(row.key.row), .pregnancy, clock: ReportClock.pregnancyToSponsor),
        aware: row.time(.aware), awareBefore: earlier.first { $0.key == row.key }?.time(.aware), isNewFact: false)
    }
    let others = participant.way.pregnancies.sorted { $0.rawValue < $1.rawValue }.map { whose in
      CalledReport(
        duty: ReportDuty(.expectation(whose), .pregnancy, clock: ReportClock.pregnancyToSponsor), aware: nil,
        awareBefore: nil, isNewFact: false)
    }
    return rows + others
  }
}

extension AdverseEvent {
  /// When somebody at the site was first aware, by the event or by its reports.
  var siteAware: DateTime? { ([aware] + reports.map(\.aware)).compactMap(\.self).min { $0.instant < $1.instant } }

  /// Whether it is a suspected unexpected serious adverse reaction, in the more serious view of investigator and safety
  /// officer: a relation or an expectedness that cannot be judged counts against it; nil as long as nobody was asked.
  public var isSUSAR: Bool? {
    guard let assessment else { return nil }
    if assessment.isSaidSUSAR == true { return true }
    if isSerious == false, assessment.seriousness == nil { return false }
    let isRelated = anyOf(TreatmentPart.ofTreatment.map { countsAsRelated(to: $0) })
    let isUnexpected = assessment.expectedness.map { $0 != .expected }
    if isRelated == false || isUnexpected == false { return false }
    return isRelated == true && isUnexpected == true ? true : nil
  }
}
