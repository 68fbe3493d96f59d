import ClinicalValues
import Instruments
import StudyDesign

/// A report that what is recorded of a participant calls for.
struct CalledReport: Sendable {
  let duty: ReportDuty
  /// The same matter as it was told without a form: it has its clocks, and they tell of this.
  var told: ReportDuty?
  /// Since when somebody was aware of it, as the casebook says; nil where it does not.
  let aware: DateTime?
  /// What was aware of it in the casebook before, if it was there at all.
  let awareBefore: DateTime?
  /// When the site was aware as its reports alone say, and as they said before: of an event that became reportable later than
  /// it was known, they tell since when.
  var reported: (now: DateTime?, before: DateTime?) = (nil, nil)
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
          awareBefore: before?.siteAware, reported: (event.reportAware, before?.reportAware), isNewFact: isNewFact))
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
        duty: ReportDuty(.death, .death, clock: ReportClock.siteToSponsor),
        aware: death.aware ?? (death.isOnRecord ? nil : awareOfFatalEvent), awareBefore: before.death(by: plan)?.aware,
        isNewFact: false)
    ]
  }

  /// When the site was aware of a death that an adverse event alone tells of: with the event itself, where that was not to be
  /// reported before; nil for one that has become fatal since, of which nobody says when that was known.
  private var awareOfFatalEvent: DateTime? {
    let reported = Set(before.adverseEvents(by: plan).filter { $0.isSerious == true }.map(\.number))
    return participant.adverseEvents(by: plan).filter { $0.isFatal && !reported.contains($0.number) }
      .compactMap(\.siteAware).min { $0.instant < $1.instant }
  }

  /// A pregnancy that was told and its row in the casebook are one matter as long as it goes on.
  private func pregnancies() -> [CalledReport] {
    func duty(_ subject: ReportSubject) -> ReportDuty {
      ReportDuty(subject, .pregnancy, clock: ReportClock.pregnancyToSponsor)
    }
    let known = participant.pregnancies(by: plan)
    let earlier = before.pregnancies(by: plan)
    var told = participant.way.pregnancies
    var called: [CalledReport] = []
    for pregnancy in known.reversed() {
      let isTold = pregnancy.outcome?.isFinal != true && pregnancy.expectant.map { told.remove($0) != nil } ?? false
      called.append(
        CalledReport(
          duty: duty(.pregnancy(pregnancy.number)),
          told: isTold ? pregnancy.expectant.map { duty(participant.way.expectation($0)) } : nil,
          aware: pregnancy.aware,
          awareBefore: earlier.first { $0.number == pregnancy.number }?.aware, isNewFact: false))
    }
    return called.reversed()
      + told.sorted { $0.rawValue < $1.rawValue }.map { whose in
        CalledReport(duty: duty(participant.way.expectation(whose)), aware: nil, awareBefore: nil, isNewFact: false)
      }
  }
}

extension AdverseEvent {
  /// When somebody at the site was first aware, by the event or by its reports.
  var siteAware: DateTime? { [aware, reportAware].compactMap(\.self).min { $0.instant < $1.instant } }

  /// The same by its reports alone.
  var reportAware: DateTime? { reports.compactMap(\.aware).min { $0.instant < $1.instant } }

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
