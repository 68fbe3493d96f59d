import CQL
import Rules
import StudyDesign

extension StudyChecker {
  /// The checker with the data models that Tandem has.
  static var shipped: StudyChecker { StudyChecker(models: Screening.models) }
}

/// What `study check` says.
enum CheckReport {
  static func json(_ problem: Problem) -> JSON {
    .object([
      ("id", .string(problem.id)), ("file", .string(problem.location.file)),
      ("line", .integer(problem.location.line)), ("column", .integer(problem.location.column)),
      ("message", .string(problem.message)), ("remedy", .string(problem.remedy)),
    ])
  }

  /// One line for a study without problems.
  static func summary(_ study: Study) -> String {
    let casebook =
      study.forms.isEmpty ? "" : "\(study.forms.count) forms, \(study.schedule.visits.count) visits, "
    let endpoints = study.endpoints.map { "endpoints of \($0.cohorts.count) cohorts, " } ?? ""
    let examples = study.examples.isEmpty ? "" : ", \(study.examples.count) examples that come out as expected"
    return
      "\(study.id) \(study.version): no problems. \(study.criteria.count) criteria, \(study.cohorts.count) cohorts, "
      + "\(study.dictionary.concepts.count) concepts, \(casebook)\(endpoints)\(study.provisional.count) provisional items"
      + "\(examples).\n"
  }
}

/// The registry page, as `study show` prints it.
enum RegistryPage {
  /// What stands where the source's text was lost.
  static let notStated = "not stated in the source"

  static func json(_ study: Study) -> JSON {
    let titleNote: JSON = study.titleNote.map { .string($0) } ?? .null
    return .object([
      ("study", .string(study.id)), ("version", .string(study.version)), ("title", .string(study.title)),
      ("titleNote", titleNote),
      ("registry", .array(study.registry.map(field))),
      ("cohorts", .array(study.cohorts.map(cohort))), ("arms", .array(study.arms.map(arm))),
      (
        "criteria",
        .array(
          study.criteria.map { criterion in
            .object([
              ("id", .string(criterion.id)), ("kind", .string(criterion.kind.rawValue)),
              ("title", .string(criterion.title)), ("text", .string(criterion.text)),
              ("cohorts", .strings(study.cohorts.filter { criterion.applies(to: $0) }.map(\.id))),
              ("provisional", .boolean(criterion.isProvisional)),
            ])
          })
      ),
    ])
  }

  private static func field(_ field: RegistryField) -> JSON {
    .object([
      ("field", .string(field.id)), ("label", .string(field.label)),
      ("value", field.value.map { .string($0) } ?? .null),
      ("text", .string(field.value ?? notStated)), ("note", field.note.map { .string($0) } ?? .null),
    ])
  }

  private static func cohort(_ cohort: Cohort) -> JSON {
    .object([("id", .string(cohort.id)), ("name", .string(cohort.name)), ("title", .string(cohort.title))])
  }

  private static func arm(_ arm: Arm) -> JSON {
    .object([
      ("id", .string(arm.id)), ("title", .string(arm.title)), ("source", arm.source.map { .string($0) } ?? .null),
      ("cohorts", .strings(arm.cohorts)),
    ])
  }

  static func text(_ study: Study) -> String {
    var page = Page()
    page.line(study.title)
    if let note = study.titleNote { page.entry("", "(\(note))", labelWidth: 0) }
    page.line("Study \(study.id), protocol version \(study.version)")
    page.line()
    let width = study.registry.map(\.label.count).max() ?? 0
    for field in study.registry {
      page.entry(field.label, field.value ?? notStated, labelWidth: width)
      if let note = field.note { page.entry("", "(\(note))", labelWidth: width) }
    }
    page.line()
    page.line("Cohorts")
    for cohort in study.cohorts { page.entry("  \(cohort.name)", cohort.title, labelWidth: 6) }
    if !study.arms.isEmpty {
      page.line()
      page.line("Arms")
      for arm in study.arms {
        page.entry("  \(arm.id)", "\(arm.title) [\(arm.cohorts.joined(separator: ", "))]", labelWidth: 11)
        if let source = arm.source { page.entry("", "‘\(source)’", labelWidth: 11) }
      }
    }
    for (kind, heading) in [(Criterion.Kind.inclusion, "Inclusion criteria"), (.exclusion, "Exclusion criteria")] {
      page.line()
      page.line(heading)
      for criterion in study.criteria where criterion.kind == kind {
        let cohorts = criterion.cohorts.isEmpty ? "" : " [\(criterion.cohorts.map(\.value).joined(separator: ", "))]"
        let mark = criterion.isProvisional ? " (provisional)" : ""
        page.entry("  \(criterion.id)", "\(criterion.title)\(cohorts)\(mark): \(criterion.text)", labelWidth: 11)
      }
    }
    return page.text
  }
}

/// What the source lost, as `study provisional` prints it.
enum ProvisionalList {
  static func json(_ study: Study) -> JSON {
    .array(
      study.provisional.map { item in
        .object([
          ("id", .string(item.id)), ("title", .string(item.title)),
          ("criteria", .strings(item.criteria.map(\.value))),
          ("appliesTo", item.appliesTo.map { .string($0) } ?? .null), ("lost", .string(item.lost)),
          ("reading", item.reading.map { .string($0) } ?? .null), ("origin", .strings(item.origin)),
          ("confirm", .string(item.confirm)),
        ])
      })
  }

  static func text(_ study: Study) -> String {
    var page = Page()
    page.line("What the protocol's text lost, and what stands in for it. None of it is the sponsor's text.")
    for item in study.provisional {
      page.line()
      let criteria = item.criteria.map(\.value).joined(separator: ", ")
      page.line(criteria.isEmpty ? item.title : "\(item.title) (\(criteria))")
      if let scope = item.appliesTo { page.entry("  applies to", scope, labelWidth: 12) }
      page.entry("  lost", item.lost, labelWidth: 12)
      page.entry("  reading", item.reading ?? "none: nothing is filled in", labelWidth: 12)
      for origin in item.origin { page.entry("  origin", origin, labelWidth: 12) }
      page.entry("  to confirm", item.confirm, labelWidth: 12)
    }
    return page.text
  }
}
