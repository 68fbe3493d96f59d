import ClinicalValues
import StudyDesign

/// What shows that a visit was held: its form, whoever recorded it, the forms that were filled at it, or what was done
/// to the participant and cannot be done otherwise.
///
/// On which day it was held its own form, a recorded visit, or such a deed says. The other forms are dated by what they are
/// about: an echocardiogram that was made for the visit before is a result of this one too, and says of no day that the
/// participant was seen on it. Only of a visit to a laboratory the sample is the visit, and its day the day, also where it was
/// taken before the window.
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
    if let day = act(visit, number, plans) { return .held(day) }
    return filled(visit, number, plans)
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

  /// What the other forms of it say. What is dated before consent is history, such as a finding on which a diagnosis rests,
  /// and what is dated before the visit's window, or without a date entered before it, is a result of an earlier visit; what is
  /// dated after the window is one of a later day: none says that it was held. What has no date may be entered later. Nor does
  /// anything while that which the visit is counted from is still to come.
  private func filled(_ visit: VisitPlan, _ number: Int, _ plans: [VisitDates]) -> Found {
    guard let consent = state.way.consents.map(\.signed.day).min(),
      !plans.isEmpty || visit.anchor == .unscheduled || number > 1
    else { return .nothing }
    let first = max(consent, plans.map(\.window.days.lowerBound).min() ?? consent)
    let last = plans.map(\.window.days.upperBound).max() ?? .max
    let forms = samples(of: visit)
    let firstSample = forms.isEmpty ? consent : max(consent, afterEarlier(visit, plans) ?? consent)
    var sampled: [Int] = []
    var dated: [Int] = []
    var isUndated = false
    for key in keys[visit.id] ?? [] where key.number == number {
      guard let record = state.casebook.forms[key], record.isBegun else { continue }
      if let day = book.forms[key.form].flatMap({ day(of: key, $0) }) {
        if first <= day { dated.append(day) }
        if forms.contains(key.form), firstSample <= day { sampled.append(day) }
      } else if record.firstSaved.map({ first <= $0.day }) ?? true {
        isUndated = true
      }
    }
    let window = plans.last?.window.days
    if let day = sampled.min(by: { Self.rank($0, by: window) < Self.rank($1, by: window) }) { return .held(day) }
    return isUndated || dated.contains { $0 <= last } ? .held(nil) : .nothing
  }

  /// The forms whose day is that of a visit to a laboratory: of what the laboratory finds, that which everybody gives there. Where
  /// that is nothing, what only some give, who may do it at home.
  private func samples(of visit: VisitPlan) -> Set<String> {
    guard visit.mode == .laboratory else { return [] }
    let activities = visit.activities.compactMap { book.schedule.activity($0.activity) }
    let found = activities.map { (isForAll: $0.applies == nil, forms: $0.forms.filter(isOfLaboratory)) }
    let ofAll = Set(found.filter(\.isForAll).flatMap(\.forms))
    return ofAll.isEmpty ? Set(found.flatMap(\.forms)) : ofAll
  }

  private func isOfLaboratory(_ form: String) -> Bool { book.forms[form]?.source == .laboratory }

  /// The first day after the windows of the visits before it that are counted from the same day: a sample of an earlier day is
  /// theirs. Nil where there are none, or nothing is planned.
  private func afterEarlier(_ visit: VisitPlan, _ plans: [VisitDates]) -> Int? {
    let first = visit.day.lowerBound + visit.window.lowerBound
    let ends = book.schedule.visits.filter { $0.anchor == visit.anchor }
      .map { $0.day.upperBound + $0.window.upperBound }
    guard let last = ends.filter({ $0 < first }).max() else { return nil }
    return plans.map { $0.window.days.lowerBound - first + last + 1 }.min()
  }

  /// A day inside the window before any other, then the nearest to it, then the earliest.
  private static func rank(_ day: Int, by window: ClosedRange<Int>?) -> (Int, Int) {
    guard let window else { return (0, day) }
    return (max(window.lowerBound - day, day - window.upperBound, 0), day)
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
