import ClinicalValues
import StudyDesign

/// What shows that a visit was held: its form, whoever recorded it, the forms that were filled at it, or what was done
/// to the participant and cannot be done otherwise.
///
/// On which day it was held its own form, a recorded visit, or such a deed says. The other forms are dated by what they are
/// about: an echocardiogram that was made for the visit before is a result of this one too, and says of no day that the
/// participant was seen on it.
struct VisitEvidence {
  /// What became of a visit, as far as it is recorded.
  enum Found: Hashable {
    /// Nothing is recorded.
    case nothing
    /// It was held on a day; nil: nobody says on which.
    case held(Int?)
    /// It was not held, and why.
    case notHeld(String)

    var day: Int? { if case .held(let day) = self { day } else { nil } }
  }

  private let state: ParticipantState
  private let book: FormBook
  private let form: FormPlan?
  /// The keys of forms of which something is recorded, by visit.
  private let keys: [String: [FormKey]]

  init(_ state: ParticipantState, _ book: FormBook) {
    self.state = state
    self.book = book
    form = book.visitForm
    keys = Dictionary(grouping: state.casebook.keys(), by: \.visit)
  }

  /// The numbers of a visit of which something is recorded in forms or by itself.
  func numbers(of visit: String) -> Int {
    max(keys[visit]?.map(\.number).max() ?? 0, state.visits.days(of: visit).count)
  }

  /// What became of a number of a visit under these plans.
  func found(_ visit: VisitPlan, _ number: Int, _ plans: [VisitDates]) -> Found {
    let said = inForm(visit.id, number)
    if said != .nothing { return said }
    let days = state.visits.days(of: visit.id)
    if days.indices.contains(number - 1) { return .held(days[number - 1]) }
    let day = act(visit, number, plans)
    return day != nil || isFilled(visit.id, number, plans) ? .held(day) : .nothing
  }

  /// What the form of the visit itself says (CDASH domain SV).
  private func inForm(_ visit: String, _ number: Int) -> Found {
    guard let form, let key = try? FormKey(visit: visit, number: number, form: form.id),
      let record = state.casebook.forms[key]
    else { return .nothing }
    if let notDone = record.notDone { return .notHeld(notDone.reason) }
    guard record.isBegun else { return .nothing }
    if record.entry("SVOCCUR")?.answer.text == "false" {
      let reason = record.entry("SVREASND")?.answer.text
      let words = form.item("SVREASND")?.codes.first { $0.code == reason }?.label
      return .notHeld(words ?? reason ?? "no reason given")
    }
    return .held(day(of: key, form))
  }

  /// Whether any other form of it is filled. What is dated before consent is history, such as a finding on which a diagnosis
  /// rests, and what is dated before the visit's window is a result of an earlier visit: neither says that it was held.
  private func isFilled(_ visit: String, _ number: Int, _ plans: [VisitDates]) -> Bool {
    guard let consent = state.way.consents.map(\.signed.day).min() else { return false }
    let first = max(consent, plans.map(\.window.days.lowerBound).min() ?? consent)
    return (keys[visit] ?? []).contains { key in
      guard key.number == number, state.casebook.forms[key]?.isBegun == true else { return false }
      return book.forms[key.form].flatMap { day(of: key, $0) }.map { $0 >= first } ?? true
    }
  }

  private func day(of key: FormKey, _ plan: FormPlan) -> Int? { state.casebook.day(of: key, by: plan) }

  /// The day on which what the visit is for was done: screening began, cells were collected, a dose was given, the
  /// infusion began, a re-check was signed in the visit's window.
  private func act(_ visit: VisitPlan, _ number: Int, _ plans: [VisitDates]) -> Int? {
    let history = state.visits
    switch visit.anchor {
    case .consent: return history.screenings.dropFirst(number - 1).first?.day
    case .enrollment: return state.product.collections.dropFirst(number - 1).first?.firstDay
    case .bookedDayZero:
      guard let dose = book.schedule.visits.filter({ $0.anchor == .bookedDayZero }).firstIndex(of: visit) else {
        return nil
      }
      return history.doses.dropFirst(number - 1).first?.dropFirst(dose).first?.day
    case .dayZero where visit.day.contains(0): return state.product.infusion?.begun.day
    case .dayZero where visit.day.upperBound < 0: return recheck(.infusion, plans)
    case .firstDose: return recheck(.lymphodepletion, plans)
    case .dayZero, .leukapheresis, .lastProcedure, .unscheduled: return nil
    }
  }

  private func recheck(_ kind: RecheckKind, _ plans: [VisitDates]) -> Int? {
    state.visits.rechecks.first { recheck in
      recheck.kind == kind
        && plans.contains { $0.since <= recheck.signed && $0.window.days.contains(recheck.signed.day) }
    }?.signed.day
  }
}

extension FormBook {
  /// The form of a visit itself, by its CDASH domain.
  var visitForm: FormPlan? { forms.values.filter { $0.domain == "SV" && $0.occurs == .visit }.min { $0.id < $1.id } }
}

extension CasebookState {
  /// The day that a form says it is of, since 1970-01-01; nil where it says none, or less than a whole day.
  func day(of key: FormKey, by plan: FormPlan) -> Int? {
    guard let text = plan.dated.flatMap({ forms[key]?.entry($0)?.answer.text }),
      let date = DateTime(text)?.date ?? CalendarDate(text), date.precision == .day
    else { return nil }
    return date.daysSinceEpoch
  }
}
