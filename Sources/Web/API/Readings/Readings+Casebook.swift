import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// An item of a form, with what is recorded and what the rules say of it.
struct ItemReading: Sendable {
  let plan: ItemPlan
  let record: ItemRecord?
  let entry: Entry?
  let picture: FormPicture?
  let isMissing: Bool
}

/// A form's entry in a list of forms.
struct FormLine: Sendable {
  let key: FormKey
  let title: String
  let standing: Standing
}

extension Readings {
  /// An answer as it is kept.
  static let entry = Shape<Entry>.object(
    "Entry", "An answer: a value, why there is none, or that it was cleared.",
    [
      .textOrNull("value") { $0.answer.text }, .textOrNull("unit") { $0.answer.unit },
      .textOrNull("absent", "Why there is none: notDone, unknown, notApplicable.") {
        if case .absent(let reason) = $0.answer { reason.rawValue } else { nil }
      },
      .truth("cleared") { $0.answer == .cleared }, .textOrNull("low") { $0.low.map { "\($0)" } },
      .textOrNull("high") { $0.high.map { "\($0)" } }, .textOrNull("laboratory") { $0.laboratory },
    ])

  private static let item = Shape<ItemReading>.object(
    "Item", "An item of a form.",
    [
      .text("item") { $0.plan.id }, .text("label") { $0.plan.label },
      .choice("type", of: ItemType.allCases.map(\.rawValue)) { $0.plan.type.rawValue },
      .texts("units", "The units that it takes.") { $0.plan.units },
      .truthOrNull("shown", "Whether it is asked.") { reading in
        reading.picture.map { $0.shown.contains(reading.plan.id) }
      },
      .truthOrNull("required") { reading in reading.picture.map { $0.required.contains(reading.plan.id) } },
      .truth("missing", "Whether it is still to be answered.") { $0.isMissing },
      .truth("calculated") { $0.plan.calculated != nil },
      .number("read", "The version as shown; sent back with a change.") { $0.record?.version ?? 0 },
      .objectOrNull("entry", entry) { $0.entry },
      .truthOrNull("verified", "False where it changed since.") { reading in
        reading.record?.verification.map { !$0.isTakenBack }
      },
      .texts("faults", "What its checks find.") { reading in
        (reading.picture?.fired ?? []).filter { $0.items.contains(reading.plan.id) }.map(\.message)
          + (reading.picture?.impossible[reading.plan.id].map { ["Impossible; possible is \($0)."] } ?? [])
      },
    ])

  /// A form as a person sees it.
  static let form = Shape<FormView>.object(
    "Form", "A form of a casebook: its items, state and queries.",
    [
      .text("form", "VISIT/NUMBER/FORM/ROW.") { $0.key.description }, .text("title") { $0.plan.title },
      .object("standing", standing) { $0.standing },
      .textOrNull("notDone", "Why the form was not done.") { $0.record.notDone?.reason },
      .text("content", "The digest that a signature under it covers.") { $0.content.description },
      .list("items", item) { view in
        view.plan.items.map { plan in
          ItemReading(
            plan: plan, record: view.record.items[plan.id], entry: view.record.entry(plan.id), picture: view.picture,
            isMissing: view.isToBeAnswered(plan.id))
        }
      },
      .list("queries", query) { $0.queries },
    ])

  private static let itemVersion = Shape<ItemVersion>.object(
    "ItemVersion", "An answer that was given once.",
    [
      .number("position") { $0.position }, .text("happened") { $0.happened.description },
      .instant("recorded") { $0.recorded }, .text("by") { $0.by.account }, .text("role") { $0.by.role },
      .object("entry", entry) { $0.entry }, .textOrNull("reason") { $0.reason },
      .truth("calculated") { $0.isCalculated },
    ])

  private static let itemHistory = Shape<(id: String, versions: [ItemVersion])>.object(
    "ItemHistory", "Every version of an item, the oldest first.",
    [.text("item") { $0.id }, .list("versions", itemVersion) { $0.versions }])

  /// Everything that was ever entered in a form.
  static let history = Shape<FormView>.object(
    "History", "What was ever entered in a form.",
    [
      .text("form") { $0.key.description },
      .list("items", itemHistory) { view in
        view.plan.items.compactMap { plan in
          view.record.items[plan.id].map { (id: plan.id, versions: $0.history) }
        }
      },
    ])

  private static let formLine = Shape<FormLine>.object(
    "FormLine", "A form of a casebook, in short.",
    [.text("form") { $0.key.description }, .text("title") { $0.title }, .object("standing", standing) { $0.standing }])

  /// The forms of a casebook that were begun.
  static let forms = Shape<[FormLine]>.object(
    "Forms", "The forms of a casebook that were begun.", [.list("forms", formLine) { $0 }])

  private static let turn = Shape<QueryTurn>.object(
    "QueryTurn", "Something that was said in a query.",
    [
      .text("kind") { $0.kind.rawValue }, .textOrNull("text") { $0.text }, .text("by") { $0.by.account },
      .text("role") { $0.by.role }, .text("at") { $0.at.description },
    ])

  /// A query.
  static let query = Shape<QueryState>.object(
    "Query", "A question about data, with what was said.",
    [
      .number("number") { $0.number }, .text("form") { $0.query.form.description }, .texts("items") { $0.query.items },
      .textOrNull("check", "The check that raised it; null where a person did.") { $0.query.check },
      .text("text") { $0.query.text },
      .choice("status", of: QueryStatus.allCases.map(\.rawValue)) { $0.status.rawValue },
      .list("thread", turn) { $0.thread },
    ])

  private static let askedQuery = Shape<AskedQuery>.object(
    "AskedQuery", "A query with whose it is.",
    [
      .text("participant") { $0.participant.description }, .textOrNull("site") { $0.site?.description },
      .object("query", query) { $0.state },
    ])

  /// Queries over all casebooks.
  static let queries = rows("Queries", "Queries, those that wait first.", of: askedQuery)
}
