import ClinicalValues
import Instruments
import StudyDesign
import Trial

/// CAR-T cells, B cells and immunoglobulin laid out.
struct KineticsPage {
  private let grading: Grading
  private static let width = 22

  init(_ grading: Grading) { self.grading = grading }

  var text: String {
    var page = Page()
    page.line("Cells of \(grading.participant.id) in blood; days are calendar days from the infusion")
    if let kinetics = grading.kinetics {
      write(kinetics, to: &page)
    } else {
      page.line("No CAR-T samples after infusion.")
    }
    page.line()
    if let bCells = grading.bCells { write(bCells, to: &page) } else { page.line("No B cells counted after infusion.") }
    page.line()
    if let record = grading.immunoglobulin { write(record, to: &page) } else { page.line("No IgG measured.") }
    return page.text
  }

  private func write(_ kinetics: KineticCourse, to page: inout Page) {
    let unit = kinetics.unit
    page.line()
    page.line("CAR transgene" + (Self.unverified.map { " (UNVERIFIED: \($0))" } ?? ""))
    for sample in kinetics.samples {
      let text = sample.number.map { "\($0.trimmed) \(unit)" } ?? ""
      page.line("  D\(sample.day)  \(text)\(sample.isBelowLimit ? " below the limit of quantification" : "")")
    }
    func line(_ label: String, _ text: String) { page.entry("  \(label)", text, labelWidth: Self.width) }
    line("Cmax, Tmax", "\(Self.shown(kinetics.cmax, unit)), Day \(Self.shown(kinetics.tmax))")
    line("last quantifiable", "\(Self.shown(kinetics.clast, unit)), Day \(Self.shown(kinetics.tlast))")
    line("AUC to last", Self.shown(kinetics.aucLast, "\(unit) x d"))
    line("AUC Day 0 to 28", Self.shown(kinetics.auc0To28, "\(unit) x d"))
    line(
      "persistence", kinetics.isPersisting ? "goes on: at least to the last sample" : "to the last quantifiable sample")
  }

  private func write(_ course: BCellCourse, to page: inout Page) {
    page.line(
      "B cells per microliter: " + course.samples.map { "D\($0.day) \(Self.shown($0.number))" }.joined(separator: ", "))
    let returned = course.returnedOn.map {
      "back on Day \($0)" + (course.isReturnConfirmed == true ? "" : " (no later count confirms it)")
    }
    let depleted = course.isDepleted.map { $0 ? "depleted on Day \(course.depletedOn ?? 0)" : "not depleted" }
    page.line(
      "  \(depleted ?? "depletion unknown"), \(returned ?? "not back")"
        + (course.aplasiaDays.map { ", \($0) days" } ?? ""))
  }

  private func write(_ record: ImmunoglobulinRecord, to page: inout Page) {
    page.line("IgG")
    for sample in record.samples {
      let marks = [
        sample.isSevere ? "severe lack" : sample.isLow == true ? "low" : sample.isLow == nil ? "no range known" : "",
        sample.isReplaced == true ? "replaced: not endogenous" : "",
      ].filter { !$0.isEmpty }
      page.line(
        "  \(sample.value.when?.date.description ?? "?")  \(sample.value.answer)"
          + (marks.isEmpty ? "" : "  \(marks.joined(separator: "; "))"))
    }
  }

  /// What about the kinetics must still be checked against its source.
  private static let unverified = Instrument.named("cellularKinetics")?.unverified

  private static func shown(_ number: Decimal?, _ unit: String = "") -> String {
    number.map { "\($0.trimmed)" + (unit.isEmpty ? "" : " \(unit)") } ?? "unknown"
  }

  var members: [(String, JSON)] {
    func json(_ number: Decimal?) -> JSON { number.map { .number($0.trimmed.description) } ?? .null }
    func json(_ samples: [CourseSample]) -> JSON {
      .array(
        samples.map { sample in
          .object([
            ("day", .integer(sample.day)), ("value", json(sample.number)),
            ("belowLimit", .boolean(sample.isBelowLimit)),
          ])
        })
    }
    let kinetics = grading.kinetics.map { course in
      JSON.object([
        ("unit", .string(course.unit)), ("samples", json(course.samples)), ("cmax", json(course.cmax)),
        ("tmax", json(course.tmax)), ("clast", json(course.clast)), ("tlast", json(course.tlast)),
        ("aucLast", json(course.aucLast)), ("auc0To28", json(course.auc0To28)),
        ("persisting", .boolean(course.isPersisting)),
        ("unverified", Self.unverified.map { .string($0) } ?? .null),
      ])
    }
    let bCells = grading.bCells.map { course in
      JSON.object([
        ("samples", json(course.samples)), ("depleted", course.isDepleted.map { .boolean($0) } ?? .null),
        ("depletedOn", JSON(course.depletedOn)), ("returnedOn", JSON(course.returnedOn)),
        ("returnConfirmed", course.isReturnConfirmed.map { .boolean($0) } ?? .null),
        ("aplasiaDays", JSON(course.aplasiaDays)),
      ])
    }
    let samples = (grading.immunoglobulin?.samples ?? []).map { sample in
      JSON.object([
        ("when", sample.value.when.map { .string($0.description) } ?? .null), ("value", json(sample.value.number)),
        ("low", sample.isLow.map { .boolean($0) } ?? .null), ("severe", .boolean(sample.isSevere)),
        ("replaced", sample.isReplaced.map { .boolean($0) } ?? .null),
      ])
    }
    return [
      ("participant", .string(grading.participant.id.description)), ("carTCells", kinetics ?? .null),
      ("bCells", bCells ?? .null), ("immunoglobulin", .array(samples)),
    ]
  }
}
