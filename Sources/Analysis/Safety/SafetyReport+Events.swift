import ClinicalValues
import Instruments
import Trial

extension SafetyReport {
  /// Adverse events by class, term and grade.
  var incidenceSection: Section {
    Section(
      "events", "Adverse events by system organ class, term and grade",
      [
        incidence(
          events.afterLymphodepletion,
          "From the first dose of lymphodepletion on: participants, each once a row at the worst grade"),
        incidence(events.beforeLymphodepletion, "Before the first dose of lymphodepletion"),
        .note(
          "System organ classes and terms are those of CTCAE v5.0. An event whose first day leaves open whether it began before "
            + "the first dose counts as after it. “?” counts participants of whose events no grade is known."),
      ])
  }

  private func incidence(_ table: IncidenceTable, _ caption: String) -> ReportDocument.Block {
    let group = table.groups.first
    let size = "(\(group?.name ?? "nobody"), N = \(group?.subjects.count ?? 0))"
    let rows = table.rows.compactMap { row in row.cells.first.map { Self.cells(row, $0) } }
    let classes = table.rows.indices.filter { table.rows[$0].term == nil }
    return .table(
      "\(caption) \(size)",
      Table(
        ["class and term", "any grade", "grade \(CTCAE.severe) or more"] + table.grades + ["?", "events"],
        table.rows.first?.cells.first?.events == 0 ? [] : rows, nothing: "none is on record.", marked: Set(classes)))
  }

  private static func cells(_ row: IncidenceTable.Row, _ cell: IncidenceTable.Cell) -> [String] {
    let title = row.term.map { "  \($0)" } ?? row.category ?? "Any adverse event"
    return [title, short(cell.subjects), short(cell.subjects(atLeast: CTCAE.severe - CTCAE.grades.lowerBound))]
      + cell.worst.map { $0 == 0 ? "." : "\($0)" }
      + [cell.ungraded == 0 ? "." : "\(cell.ungraded)", "\(cell.events)"]
  }

  /// Count and percent; the denominator stands in the caption.
  private static func short(_ share: Share) -> String { "\(share.count)" + (share.percent.map { " (\($0) %)" } ?? "") }

  /// Events of special interest, with onset and duration.
  var specialInterestSection: Section {
    Section(
      "aesi", "Events of special interest",
      [
        .table(
          "By kind (infused, N = \(infusions.count))",
          Table(
            [
              "kind", "infused with it", "worst grade \(CTCAE.grades.map(String.init).joined(separator: "/"))",
              "events", "onset, Day", "duration, days", "not ended",
            ],
            events.specialInterest.map { kind in
              [
                kind.title, Self.short(kind.infused), kind.worst.map(String.init).joined(separator: "/"),
                "\(kind.events)",
                Self.spread(kind.onsetDays), Self.spread(kind.durationDays), "\(kind.ongoing)",
              ]
            }, nothing: "the study names none.",
            marked: Set(events.specialInterest.indices.filter { events.specialInterest[$0].events > 0 }))),
        listing(
          "Every event of special interest", events.listing.filter { $0.specialInterest != nil },
          nothing: "none is on record."),
        .note(
          "Onset and duration: median (least to greatest), of those of which it is known. Durations count both days."),
      ])
  }

  /// `6 (5 to 9)`; the mean of the two in the middle of an even number, one decimal.
  private static func spread(_ numbers: [Int]) -> String {
    guard let least = numbers.first, let greatest = numbers.last else { return "-" }
    let (low, high) = (numbers[(numbers.count - 1) / 2], numbers[numbers.count / 2])
    let median = (low + high).isMultiple(of: 2) ? "\((low + high) / 2)" : (Double(low + high) / 2).fixed(1)
    return "\(median) (\(least) to \(greatest))"
  }

  /// Serious events.
  var seriousSection: Section {
    let unknown = events.ofUnknownSeriousness
    return Section(
      "serious", "Serious adverse events",
      [
        .table(
          "Serious events (\(events.serious.count), of \(Set(events.serious.map(\.participant)).count) participants)",
          Table(
            [
              "participant", "cohort", "no", "event", "grade", "onset", "serious because", "to the product", "expected",
              "outcome",
            ],
            events.serious.map(\.seriousCells), nothing: "none is on record."))
      ]
        + (unknown.isEmpty
          ? []
          : [
            .finding(
              "Of \(unknown.count) more events nobody has said whether they are serious: \(Self.numbers(unknown)).")
          ]))
  }

  private static func numbers(_ lines: [EventLine]) -> String {
    lines.map { "\($0.participant) no \($0.number)" }.joined(separator: ", ")
  }

  /// Every event.
  var listingSection: Section {
    Section(
      "listing", "Listing of adverse events",
      [listing("Every adverse event", events.listing, nothing: "none is on record.")])
  }

  private func listing(_ caption: String, _ lines: [EventLine], nothing: String) -> ReportDocument.Block {
    .table(
      "\(caption) (\(lines.count))",
      Table(
        ["participant", "cohort", "no", "event", "grade", "onset", "days", "serious", "to the product", "outcome"],
        lines.map(\.cells), nothing: nothing))
  }
}

extension EventLine {
  private var onset: String { onsetDay.map { "Day \($0)" } ?? Printed.known(self.start?.description) }
  private var judged: String { relations[TreatmentPart.product.rawValue]?.rawValue.lowercased() ?? "not judged" }
  private var ended: String { outcome?.words ?? "unknown" }

  fileprivate var cells: [String] {
    [
      participant.description, Printed.known(cohort), "\(number)", title, Printed.known(grade.map(String.init)), onset,
      durationDays.map(String.init) ?? outlasted?.words ?? (isResolved == false ? "goes on" : "unknown"),
      Printed.flag(isSerious), judged, ended,
    ]
  }

  fileprivate var seriousCells: [String] {
    [
      participant.description, Printed.known(cohort), "\(number)", title, Printed.known(grade.map(String.init)), onset,
      criteria.isEmpty ? "reported as serious" : criteria.map(\.words).joined(separator: "; "), judged,
      expectedness ?? "not judged", outlasted.map { "\(ended), \($0.words)" } ?? ended,
    ]
  }
}
