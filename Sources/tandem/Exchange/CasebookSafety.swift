import Analysis
import ClinicalValues
import Exchange
import StudyDesign
import Trial

/// The rows of safety tables, read from casebooks whose items bear SDTM's names.
///
/// The safety set is who has a row of EX; its treatment is an item of DM. An event is treatment-emergent unless it certainly began
/// before the first day of dosing: a partial date counts as before it only where every day that it can mean is. A result is
/// baseline by its flag, and after baseline on a day after the first of dosing; any other is of neither.
struct CasebookSafety {
  /// What became of adverse events, each counted once.
  struct Emergence: Equatable {
    /// Began on or after the first day of dosing.
    var after = 0
    /// Began before it.
    var before = 0
    /// May have begun before or after it; counted as after it.
    var uncertain = 0
    /// Of subjects without a dose.
    var unexposed = 0
  }

  /// The safety set by treatment, in the order of their names.
  private(set) var groups: [IncidenceTable.Group] = []
  /// Treatment-emergent adverse events: system organ class, term, severity.
  private(set) var occurrences: [IncidenceTable.Occurrence] = []
  /// What became of all adverse events.
  private(set) var emergence = Emergence()
  /// Laboratory results at and after baseline, by LBNRIND; tests in the order of their codes.
  private(set) var results: [ShiftTable.Result] = []
  /// Results that are neither.
  private(set) var otherResults = 0
  /// The names of tests, by code.
  private(set) var tests: [String: String] = [:]

  private let forms: [String: Set<String>]

  /// Reads casebooks.
  init(_ casebooks: [SubjectKey: CasebookState], plan: CasebookPlan, treatment: String) {
    forms = Dictionary(grouping: plan.forms, by: \.domain).mapValues { Set($0.map(\.id)) }
    var subjects: [String: Set<String>] = [:]
    for (subject, casebook) in casebooks.sorted(by: { $0.key < $1.key }) {
      let doses = records("EX", casebook)
      let first = doses.map { $0.date("EXSTDTC") }
      if !doses.isEmpty {
        let group = records("DM", casebook).first?.text(treatment) ?? "unknown"
        subjects[group, default: []].insert(subject.description)
      }
      let start = first.contains(nil) ? nil : first.compactMap(\.self).min { $0.earliest.isBefore($1.earliest) }
      addEvents(casebook, of: subject, isExposed: !doses.isEmpty, from: start)
      addResults(casebook, of: subject, from: start)
    }
    groups = subjects.sorted { $0.key < $1.key }.map { IncidenceTable.Group($0.key, subjects: $0.value) }
    let byTest = Dictionary(grouping: results, by: \.analyte)
    results = byTest.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  private func records(_ domain: String, _ casebook: CasebookState) -> [FormRecord] {
    guard let ids = forms[domain] else { return [] }
    return casebook.forms.filter { ids.contains($0.key.form) }.map(\.value)
  }

  private mutating func addEvents(
    _ casebook: CasebookState, of subject: SubjectKey, isExposed: Bool, from first: CalendarDate?
  ) {
    for record in records("AE", casebook) {
      guard isExposed else {
        emergence.unexposed += 1
        continue
      }
      switch Order(record.date("AESTDTC"), first) {
      case .before:
        emergence.before += 1
        continue
      case .onOrAfter: emergence.after += 1
      case nil: emergence.uncertain += 1
      }
      occurrences.append(
        IncidenceTable.Occurrence(
          subject: subject.description, category: record.text("AEBODSYS") ?? "unknown",
          term: record.text("AEDECOD") ?? "unknown", grade: record.text("AESEV")))
    }
  }

  private mutating func addResults(_ casebook: CasebookState, of subject: SubjectKey, from first: CalendarDate?) {
    for record in records("LB", casebook) {
      guard let test = record.text("LBTESTCD") else { continue }
      if let name = record.text("LBTEST") { tests[test] = name }
      let time: ShiftTable.Result.Time
      if record.text("LBBLFL") == "Y" || record.text("LBLOBXFL") == "Y" {
        time = .baseline
      } else if let day = record.date("LBDTC"), let first, day.precision == .day, first.latest.isBefore(day) {
        time = .after(day.daysSinceEpoch * 1440 + (record.text("LBTIM").flatMap(minutes) ?? 0))
      } else {
        otherResults += 1
        continue
      }
      results.append(
        ShiftTable.Result(
          subject: subject.description, analyte: test, category: record.text("LBNRIND"), time: time))
    }
  }

  /// Minutes from midnight of `11:45`.
  private func minutes(_ time: String) -> Int? {
    let parts = time.split(separator: ":").map { Int($0) }
    guard parts.count >= 2, let hour = parts[0], let minute = parts[1] else { return nil }
    return hour * 60 + minute
  }

  /// How a day that may be partial stands to another.
  private enum Order {
    case before, onOrAfter

    /// Nil where one is not known, or not well enough.
    init?(_ date: CalendarDate?, _ first: CalendarDate?) {
      guard let date, let first else { return nil }
      if date.latest.isBefore(first.earliest) {
        self = .before
      } else if !date.earliest.isBefore(first.latest) {
        self = .onOrAfter
      } else {
        return nil
      }
    }
  }
}

extension CalendarDate {
  /// Whether a whole date is before another.
  fileprivate func isBefore(_ other: CalendarDate) -> Bool { daysSinceEpoch < other.daysSinceEpoch }
}

extension FormRecord {
  /// The text of an item's answer; nil where it has no value.
  fileprivate func text(_ item: String) -> String? { entry(item)?.answer.text }

  /// The date of an item's answer, as far as it is known.
  fileprivate func date(_ item: String) -> CalendarDate? { text(item).flatMap { CalendarDate($0) } }
}
