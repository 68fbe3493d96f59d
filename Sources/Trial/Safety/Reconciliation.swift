import ClinicalValues
import Instruments
public import StudyDesign

/// Something in which two parts of a casebook do not agree on safety.
public struct ReconciliationFinding: Sendable, Hashable, Codable {
  /// What does not agree.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A serious adverse event without a report.
    case seriousWithoutReport
    /// A report of an event that is said not to be serious.
    case reportWithoutSerious
    /// A report that judges a relation otherwise than its event.
    case relationDiffers
    /// A form names an adverse event that there is not.
    case noSuchEvent
    /// A fatal adverse event, and no death on record.
    case fatalWithoutDeath
    /// A death that is the outcome of no adverse event.
    case deathWithoutEvent
    /// A death whose event is not said to be fatal.
    case eventNotFatal
    /// A death without its form.
    case deathWithoutForm
    /// Treated with a medicine, and no medicine names it.
    case treatedWithoutMedicine
    /// A report's date of submission is not the one that stopped its clock.
    case submissionDiffers
    /// A judgment of the safety officer that lowers the one before, says no reason, and so does not count.
    case loweredWithoutReason
    /// The sponsor is said to have been aware of an event before the site was.
    case sponsorAwareFirst
    /// An adverse event of a grade that its term does not have.
    case gradeNotOfTerm
  }

  /// What does not agree.
  public let kind: Kind
  /// Whose casebook it is.
  public let participant: ParticipantID
  /// The form that says it.
  public let form: FormKey?
  /// What is found, in a sentence.
  public let text: String
}

/// What of a casebook does not agree with itself on safety: events, reports, death, medicines, submissions.
public struct Reconciliation: Sendable {
  /// What was found, in the order of the kinds, and of forms within one.
  public let findings: [ReconciliationFinding]

  /// Compares the parts of a participant's casebook with one another and with what was submitted.
  public init(of participant: ParticipantState, plan: SafetyPlan) {
    var reader = ReconciliationReader(participant, plan)
    findings = reader.findings()
  }
}

private struct ReconciliationReader {
  private let state: ParticipantState
  private let plan: SafetyPlan
  private let events: [AdverseEvent]
  private var found: [ReconciliationFinding] = []

  init(_ state: ParticipantState, _ plan: SafetyPlan) {
    self.state = state
    self.plan = plan
    events = state.adverseEvents(by: plan)
  }

  mutating func findings() -> [ReconciliationFinding] {
    for event in events {
      reconcileReports(of: event)
      reconcileGrade(of: event)
      if event.isTreated == true, event.medication.isEmpty {
        find(.treatedWithoutMedicine, event.form, "\(event.title) was treated, and no medicine is given for it.")
      }
    }
    reconcileDeath()
    reconcileNumbers()
    let order = ReconciliationFinding.Kind.allCases
    return found.sorted {
      (order.firstIndex(of: $0.kind) ?? 0, $0.form?.description ?? "", $0.text)
        < (order.firstIndex(of: $1.kind) ?? 0, $1.form?.description ?? "", $1.text)
    }
  }

  private mutating func find(_ kind: ReconciliationFinding.Kind, _ form: FormKey?, _ text: String) {
    found.append(ReconciliationFinding(kind: kind, participant: state.id, form: form, text: text))
  }

  private mutating func reconcileReports(of event: AdverseEvent) {
    if event.isSerious == true, event.reports.isEmpty, plan.forms?.report != nil {
      find(.seriousWithoutReport, event.form, "\(event.title) is serious, and no report of it was begun.")
    }
    if event.seriousness.said == false, event.seriousness.met.isEmpty, !event.isFatal, let report = event.reports.first
    {
      find(.reportWithoutSerious, report.form, "\(event.title) is reported, and said not to be serious.")
    }
    for part in TreatmentPart.ofTreatment {
      // An earlier version says what was thought then.
      guard let report = event.reports.last(where: { $0.relations[part] != nil }), let judged = event.relations[part],
        report.relations[part] != judged
      else { continue }
      find(
        .relationDiffers, report.form,
        "The report of \(event.title) judges its relation to \(part.words) otherwise than the event.")
    }
    for judgment in event.loweredWithoutReason {
      find(
        .loweredWithoutReason, judgment.form,
        "The judgment of \(event.title) in \(judgment.form) lowers the one before and says no reason: it does not count."
      )
    }
    if let site = event.siteAware {
      for judgment in event.assessments where judgment.aware.map({ $0.instant < site.instant }) == true {
        find(
          .sponsorAwareFirst, judgment.form,
          "By \(judgment.form) the sponsor was aware of \(event.title) before the site, which was on \(site).")
      }
    }
    let clocks = state.clocks(of: event).filter { $0.clock == ReportClock.siteToSponsor }
    let sent = event.reports.compactMap(\.sent)
    for submitted in clocks.compactMap(\.submitted)
    where !sent.isEmpty && !sent.contains(where: { $0.instant == submitted }) {
      find(
        .submissionDiffers, event.reports.first?.form,
        "The report of \(event.title) was sent \(sent.map(\.description).joined(separator: ", ")) by its form, and "
          + "handed in \(submitted) by its clock.")
    }
  }

  /// CRS and ICANS are graded after ASTCT, whatever their term.
  private mutating func reconcileGrade(of event: AdverseEvent) {
    guard event.syndrome == nil, let term = event.ctcae, let grade = event.worstGrade, !term.grades.contains(grade)
    else { return }
    find(
      .gradeNotOfTerm, event.form,
      "CTCAE has no grade \(grade) of \(event.title), only \(term.grades.map(String.init).joined(separator: ", ")).")
  }

  private mutating func reconcileDeath() {
    let fatal = events.filter(\.isFatal)
    guard let death = state.death(by: plan) else { return }
    guard death.isOnRecord else {
      for event in fatal { find(.fatalWithoutDeath, event.form, "\(event.title) is fatal, and no death is on record.") }
      return
    }
    let form = state.casebook.rows(of: plan.forms?.death).first?.key
    if !death.hasForm, plan.forms?.death != nil {
      find(.deathWithoutForm, nil, "\(state.id) died, and the form on it was not filled in.")
    }
    guard let number = death.event else {
      if fatal.isEmpty { find(.deathWithoutEvent, form, "\(state.id) died, and no adverse event is fatal.") }
      return
    }
    if let event = events.first(where: { $0.number == number }), !event.isFatal {
      find(.eventNotFatal, event.form, "\(event.title) is named as the cause of death, and is not said to be fatal.")
    }
  }

  /// Numbers of adverse events that other forms name and that there are not.
  private mutating func reconcileNumbers() {
    let numbers = Set(events.map(\.number))
    func named<Item: SafetyItem>(_ binding: FormBinding<Item>?, _ item: Item) -> [(key: FormKey, number: Int)] {
      state.casebook.rows(of: binding).compactMap { row in row.number(item).map { (row.key, $0) } }
    }
    let forms = plan.forms
    let all =
      named(forms?.course, .event) + named(forms?.details, .event) + named(forms?.report, .event)
      + named(forms?.assessment, .event) + named(forms?.question, .event) + named(forms?.medication, .event)
      + named(forms?.death, .event)
    for (key, number) in all where !numbers.contains(number) {
      find(.noSuchEvent, key, "\(key) names adverse event \(number), which there is not.")
    }
  }
}
