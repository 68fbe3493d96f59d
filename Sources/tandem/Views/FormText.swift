import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// A form of a casebook, for people and for programs.
enum FormText {
  static func text(_ form: FormView) -> String {
    var page = Page()
    page.line("\(form.plan.title) (\(form.key)): \(state(form.standing))")
    if let notDone = form.record.notDone { page.entry("  not done", notDone.reason, labelWidth: 10) }
    let width = form.plan.items.map(\.id.count).max() ?? 0
    for item in form.plan.items where form.picture?.shown.contains(item.id) ?? true {
      let entry = form.record.entry(item.id)
      let isMissing =
        form.record.missing.contains(item.id) || (entry == nil && form.picture?.required.contains(item.id) == true)
      let answer = entry.map { $0.answer.description + limits($0) } ?? (isMissing ? "(to be answered)" : "")
      let mark =
        verified(form.record.items[item.id]) + (form.record.unasked.contains(item.id) ? " (not asked any more)" : "")
      page.entry("  " + item.id, "\(item.label): \(answer)\(mark)", labelWidth: width + 2)
    }
    for query in form.queries where query.status.isPending {
      page.entry("  query \(query.number)", "\(query.status.rawValue): \(query.query.text)", labelWidth: 10)
    }
    page.line("content \(form.content)")
    return page.text
  }

  private static func limits(_ entry: Entry) -> String {
    guard entry.low != nil || entry.high != nil else { return "" }
    return " [\(entry.low.map { "\($0)" } ?? "")–\(entry.high.map { "\($0)" } ?? "")]"
  }

  private static func verified(_ item: ItemRecord?) -> String {
    guard let verification = item?.verification else { return "" }
    return verification.isTakenBack ? " (changed since verified)" : " (verified)"
  }

  /// The base state and the marks beside it, in words.
  static func state(_ standing: Standing) -> String {
    let badges = standing.badges
    let marks = [
      (badges.openQueries, "open queries"), (badges.answeredQueries, "answered queries"), (badges.verified, "verified"),
      (badges.changedSinceVerified, "changed since verified"), (badges.signed, "signed"),
      (badges.brokenSignatures, "signature broken"), (badges.frozen, "frozen"), (badges.locked, "locked"),
    ].filter { $0.0 > 0 }.map { "\($0.1) \($0.0)" }
    return ([EventText.words(ofName: standing.state.rawValue)] + marks).joined(separator: ", ")
  }

  static func json(_ form: FormView) -> JSON {
    .object([
      ("form", .string(form.key.description)), ("title", .string(form.plan.title)),
      ("standing", json(form.standing)), ("notDone", JSON(form.record.notDone?.reason)),
      ("missing", .strings(form.record.missing)), ("unasked", .strings(form.record.unasked)),
      ("content", .string(form.content.description)),
      (
        "items",
        .array(
          form.plan.items.map { item in
            let record = form.record.items[item.id]
            return .object([
              ("item", .string(item.id)), ("label", .string(item.label)), ("type", .string(item.type.rawValue)),
              ("shown", form.picture.map { .boolean($0.shown.contains(item.id)) } ?? .null),
              ("required", form.picture.map { .boolean($0.required.contains(item.id)) } ?? .null),
              ("calculated", .boolean(item.calculated != nil)), ("read", .integer(record?.version ?? 0)),
              ("entry", form.record.entry(item.id).map { json($0) } ?? .null),
              ("verified", record?.verification.map { .boolean(!$0.isTakenBack) } ?? .null),
            ])
          })
      ),
      ("queries", .array(form.queries.map { QueryText.json($0) })),
    ])
  }

  static func json(_ entry: Entry) -> JSON {
    let canonical = (try? CanonicalJSON(encoding: entry))?.value ?? .null
    return JSON(canonical)
  }

  static func json(_ standing: Standing) -> JSON { JSON((try? CanonicalJSON(encoding: standing))?.value ?? .null) }

  static func json(_ version: ItemVersion) -> JSON {
    .object([
      ("position", .integer(version.position)), ("happened", .string(version.happened.description)),
      ("recorded", .string(version.recorded.description)), ("account", .string(version.by.account)),
      ("role", .string(version.by.role)), ("entry", json(version.entry)), ("reason", JSON(version.reason)),
      ("calculated", .boolean(version.isCalculated)),
    ])
  }
}

/// A query with its thread, for people and for programs.
enum QueryText {
  static func json(_ query: QueryState) -> JSON {
    .object([
      ("number", .integer(query.number)), ("form", .string(query.query.form.description)),
      ("items", .strings(query.query.items)), ("check", JSON(query.query.check)), ("text", .string(query.query.text)),
      ("status", .string(query.status.rawValue)),
      (
        "thread",
        .array(
          query.thread.map { turn in
            .object([
              ("kind", .string(turn.kind.rawValue)), ("text", JSON(turn.text)), ("account", .string(turn.by.account)),
              ("role", .string(turn.by.role)), ("at", .string(turn.at.description)),
            ])
          })
      ),
    ])
  }
}
