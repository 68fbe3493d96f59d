import ClinicalValues
import Trial

extension SafetyReport {
  /// Pregnancies, followed to their outcome and the child.
  var pregnancySection: Section {
    Section(
      "pregnancies", "Pregnancies",
      [
        .table(
          "Pregnancies of participants and partners (\(pregnancies.count))",
          Table(
            ["participant", "cohort", "no", "who expects", "expected", "outcome", "on", "child"],
            pregnancies.map(\.cells), nothing: "none is on record."))
      ])
  }

  /// Reports that were called for, and which were late.
  var reportSection: Section {
    let late = reports.indices.filter { reports[$0].isLate }
    return Section(
      "reports", "Reports and their clocks",
      [
        .table(
          "Reports that were called for (all, \(reports.count); late or overdue \(late.count))",
          Table(
            ["participant", "no", "report", "aware", "due", "handed in", "late"], reports.map(\.cells),
            nothing: "none was.", marked: Set(late)))
      ])
  }
}

extension PregnancyLine {
  fileprivate var cells: [String] {
    [
      participant.description, Printed.known(cohort), number.map(String.init) ?? "no form",
      Printed.known(expectant?.rawValue), Printed.known(expected?.description),
      outcome.map { $0.rawValue.lowercased() } ?? "not yet", ended?.description ?? "-", child?.lowercased() ?? "-",
    ]
  }
}

extension ReportLine {
  fileprivate var cells: [String] {
    let verdict = submitted == nil ? (isLate ? "OVERDUE" : "running") : Printed.flag(isLate)
    return [
      participant?.description ?? "the study", "\(number)", title, Printed.time(aware.instant), Printed.time(due),
      submitted.map { Printed.time($0) } ?? "-", verdict,
    ]
  }
}
