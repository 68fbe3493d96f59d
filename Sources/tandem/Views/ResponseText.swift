import Analysis
import ClinicalValues
import Instruments
import Trial

/// The response of a participant, for people and for programs.
struct ResponseText: Sendable {
  private let view: ResponseView
  private let version: String

  init(_ view: ResponseView, version: String) {
    self.view = view
    self.version = version
  }

  // MARK: text

  var text: String {
    var page = Page()
    page.line("Response of \(view.participant), cohort \(view.cohort), by protocol version \(version)")
    page.entry("  LD 1", Self.day(view.firstDose), labelWidth: 22)
    page.entry("  Day 0", Self.day(view.dayZero), labelWidth: 22)
    page.entry("  baseline", Self.measure(view.baseline), labelWidth: 22)
    page.entry("  at screening", Self.measure(view.screening), labelWidth: 22)
    for measure in view.besideBaseline { page.entry("  baseline", Self.measure(measure), labelWidth: 22) }
    if let treatment = view.newTreatment {
      page.entry(
        "  non-responder since",
        "\(treatment.from)\(treatment.isExact ? "" : " at the earliest"): new treatment of the disease (\(treatment.source))",
        labelWidth: 22)
    }
    for remission in view.remissions { page.entry("  drug-free remission", Self.remission(remission), labelWidth: 22) }
    for time in view.times { add(time, to: &page) }
    if !view.unverified.isEmpty {
      page.line()
      page.line("To be checked against their sources")
      for mark in view.unverified { page.entry("  -", mark, labelWidth: 3) }
    }
    return page.text
  }

  private func add(_ time: TimePointView, to page: inout Page) {
    page.line()
    guard time.isAssessed else {
      let counts = time.evaluations.flatMap(\.outcomes).contains { $0.counts == .nonResponder }
      return page.line("\(time.id): not assessed\(counts ? "; non-responder" : "")")
    }
    page.line("\(time.id), \(Self.day(time.day))\(time.studyDay.map { ", day \($0)" } ?? "")")
    if let note = time.note { page.entry("  note", note, labelWidth: 22) }
    for measure in [time.activity] + time.beside {
      page.entry("  \(measure.title)", Self.value(measure), labelWidth: 34)
    }
    for outcome in time.evaluations.flatMap(\.outcomes) {
      page.entry("  \(outcome.title)", Self.outcome(outcome), labelWidth: 34)
    }
    page.entry("  without drugs", Self.standing(time.remission), labelWidth: 34)
    page.entry("  beside it", Self.context(time.context), labelWidth: 34)
    let assessors = time.assessors.map { "\($0.item) \($0.name ?? "not recorded")" }
    if !assessors.isEmpty { page.entry("  assessed by", assessors.joined(separator: "; "), labelWidth: 34) }
  }

  private static func day(_ day: CalendarDate?) -> String { day.map { "\($0)" } ?? "not yet" }

  private static func measure(_ measure: MeasureView) -> String {
    let place = [measure.visit, measure.day.map { "\($0)" }].compactMap(\.self).joined(separator: ", ")
    return "\(measure.title) \(value(measure))\(place.isEmpty ? "" : " (\(place))")"
  }

  private static func value(_ measure: MeasureView) -> String {
    guard let value = measure.value else { return "not evaluable: " + list(measure.missing) }
    let change = measure.change.map { " (\($0.sign > 0 ? "+" : "")\($0.forReading))" } ?? ""
    return "\(value.forReading)\(change)"
  }

  private static func list(_ missing: [MissingAnswer]) -> String {
    missing.map { "\($0.item)\($0.label.isEmpty ? "" : " \($0.label)"), \($0.reason)" }.joined(separator: "; ")
  }

  private static func outcome(_ outcome: OutcomeView) -> String {
    let said =
      switch outcome.standing {
      case .met: "met"
      case .notMet: "not met" + (outcome.failed.isEmpty ? "" : ": \(outcome.failed.joined(separator: ", "))")
      case .notApplicable: "does not apply to this baseline"
      case .notEvaluable: "not evaluable: " + list(outcome.missing)
      case .notAssessed: "not assessed"
      case .nonResponder: "non-responder"
      }
    return outcome.counts == .nonResponder ? "non-responder (by the data \(said))" : said
  }

  private static func standing(_ remission: RemissionStanding) -> String {
    switch remission.isRemission {
    case true?:
      return "drug-free remission since \(day(remission.start)), \(remission.days.map { "\($0)" } ?? "?") days"
        + (remission.apart.isEmpty ? "" : "; apart: \(remission.apart.joined(separator: "; "))")
    case false?:
      let because = remission.state == false ? ["state of remission not met"] : []
      let drugs = remission.drugFree == false ? ["not free of drugs"] + remission.against : []
      return "no drug-free remission: " + (because + drugs).joined(separator: "; ")
    case nil: return "not evaluable: " + list(remission.missing)
    }
  }

  private static func remission(_ remission: DrugFreeRemission) -> String {
    let untold = remission.notToldAt.isEmpty ? "" : ", not told at \(remission.notToldAt.joined(separator: ", "))"
    let end = remission.loss.map { "; ended on \($0.day) (\($0.reason.rawValue)): \($0.detail)" } ?? "; goes on"
    return "from \(remission.start), last seen \(remission.lastSeen), \(remission.days) days\(untold)\(end)"
  }

  private static func context(_ context: ResponseContext) -> String {
    var parts = ["prednisone \(context.prednisone.map { "\($0.forReading)" } ?? "unknown") mg/d"]
    parts.append("highest \(context.highestPrednisone.map { "\($0.forReading)" } ?? "unknown")")
    parts += context.unknownDoses.map { "\($0.label): \($0.reason)" }
    parts += context.immunoglobulin + context.transfusions
    if context.localReaction == true { parts.append("local organ reaction to the cells") }
    return parts.joined(separator: "; ")
  }
}

extension ResponseText {
  // MARK: json

  var members: [(String, JSON)] {
    [
      ("participant", .string(view.participant.description)), ("cohort", .string(view.cohort)),
      ("version", .string(version)), ("firstDose", Self.json(view.firstDose)), ("dayZero", Self.json(view.dayZero)),
      ("baseline", Self.json(view.baseline)), ("screening", Self.json(view.screening)),
      ("besideBaseline", .array(view.besideBaseline.map { Self.json($0) })),
      (
        "newTreatment",
        view.newTreatment.map {
          .object([
            ("from", .string("\($0.from)")), ("exact", .boolean($0.isExact)), ("source", .string($0.source)),
          ])
        } ?? .null
      ),
      ("remissions", .array(view.remissions.map { Self.json($0) })),
      ("times", .array(view.times.map { Self.json($0) })), ("unverified", .strings(view.unverified)),
    ]
  }

  private static func json(_ day: CalendarDate?) -> JSON { day.map { .string("\($0)") } ?? .null }
  private static func json(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  private static func json(_ number: Decimal?) -> JSON { number.map { .number("\($0.trimmed)") } ?? .null }
  private static func json(_ flag: Bool?) -> JSON { flag.map { .boolean($0) } ?? .null }
  private static func json(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }

  private static func json(_ missing: [MissingAnswer]) -> JSON {
    .array(
      missing.map {
        .object([("item", .string($0.item)), ("label", .string($0.label)), ("reason", .string($0.reason))])
      })
  }

  private static func json(_ measure: MeasureView) -> JSON {
    .object([
      ("title", .string(measure.title)), ("visit", json(measure.visit)), ("day", json(measure.day)),
      ("value", json(measure.value)), ("change", json(measure.change)), ("missing", json(measure.missing)),
    ])
  }

  private static func json(_ remission: DrugFreeRemission) -> JSON {
    .object([
      ("start", .string("\(remission.start)")), ("lastSeen", .string("\(remission.lastSeen)")),
      ("days", .integer(remission.days)), ("notToldAt", .strings(remission.notToldAt)),
      (
        "loss",
        remission.loss.map {
          .object([
            ("day", .string("\($0.day)")), ("reason", .string($0.reason.rawValue)), ("detail", .string($0.detail)),
          ])
        } ?? .null
      ),
    ])
  }

  private static func json(_ time: TimePointView) -> JSON {
    .object([
      ("id", .string(time.id)), ("visit", .string(time.visit)), ("note", json(time.note)), ("day", json(time.day)),
      ("studyDay", json(time.studyDay)), ("assessed", .boolean(time.isAssessed)), ("activity", json(time.activity)),
      ("beside", .array(time.beside.map { json($0) })), ("evaluations", .array(time.evaluations.map { json($0) })),
      ("context", json(time.context)),
      (
        "assessors",
        .array(time.assessors.map { .object([("item", .string($0.item)), ("name", json($0.name))]) })
      ),
      ("remission", json(time.remission)),
    ])
  }

  private static func json(_ evaluation: EvaluationView) -> JSON {
    .object([
      ("id", .string(evaluation.id)), ("title", .string(evaluation.title)), ("source", .string(evaluation.source)),
      ("unverified", json(evaluation.unverified)),
      (
        "keys",
        .array(
          evaluation.keys.map {
            .object([
              ("key", .string($0.key)), ("value", JSON($0.value)), ("visit", json($0.visit)), ("day", json($0.day)),
              ("missing", json($0.missing)),
            ])
          })
      ),
      ("result", JSON(.object(evaluation.result))),
      (
        "outcomes",
        .array(
          evaluation.outcomes.map {
            .object([
              ("id", .string($0.id)), ("title", .string($0.title)), ("standing", .string($0.standing.rawValue)),
              ("counts", .string($0.counts.rawValue)), ("failed", .strings($0.failed)), ("missing", json($0.missing)),
            ])
          })
      ),
    ])
  }

  private static func json(_ context: ResponseContext) -> JSON {
    .object([
      ("prednisoneMgPerDay", json(context.prednisone)), ("highestPrednisoneMgPerDay", json(context.highestPrednisone)),
      ("unknownDoses", json(context.unknownDoses)), ("immunoglobulin", .strings(context.immunoglobulin)),
      ("transfusions", .strings(context.transfusions)), ("localReaction", json(context.localReaction)),
    ])
  }

  private static func json(_ remission: RemissionStanding) -> JSON {
    .object([
      ("state", json(remission.state)), ("drugFree", json(remission.drugFree)),
      ("drugFreeSince", json(remission.drugFreeSince)), ("against", .strings(remission.against)),
      ("apart", .strings(remission.apart)), ("missing", json(remission.missing)), ("start", json(remission.start)),
      ("days", json(remission.days)), ("isRemission", json(remission.isRemission)),
    ])
  }
}
