import CQL
import ClinicalValues

/// Reads the endpoints of each cohort: its measure of activity, its evaluations and how their keys are filled.
extension EndpointReader {
  mutating func readCohorts(_ root: Fields) {
    let keys = ["id", "activity", "beside", "assessors", "rebaseline", "evaluations", "response", "remission"]
    for (id, fields) in reader.items(root, "cohorts", "cohort", keys: keys) { readCohort(id.value, fields) }
  }

  private mutating func readCohort(_ id: String, _ fields: Fields) {
    var measures: [(source: KeySource, location: SourceLocation)] = []
    let activity = measure(reader.section(fields, "activity", keys: measureKeys), &measures)
    var beside: [ActivityMeasure] = []
    for node in fields.list("beside", problems: &reader.problems) {
      beside.append(measure(Fields(node, "a measure", keys: measureKeys, problems: &reader.problems), &measures))
    }
    let assessors = fields.texts("assessors", problems: &reader.problems)
    let evaluationKeys = ["id", "instrument", "keys", "outcomes"] + Self.origin
    let evaluations = reader.items(fields, "evaluations", "evaluation", keys: evaluationKeys).map {
      evaluation($0.value, $1)
    }
    let response = fields.requiredText("response", problems: &reader.problems)
    let remission = reader.section(fields, "remission", keys: ["met", "notMet"] + Self.origin)
    let met = remission?.texts("met", problems: &reader.problems) ?? []
    let notMet = remission?.texts("notMet", problems: &reader.problems) ?? []
    let rebaseline = fields.text("rebaseline", problems: &reader.problems)
    let plan = CohortEndpoints(
      cohort: id, activity: activity, beside: beside,
      assessors: assessors.map { path($0, [.text, .code], "who assessed") },
      rebaseline: rebaseline.map { path($0, [.boolean], "the mark of a new baseline") },
      evaluations: evaluations.map(\.plan), response: response?.value ?? "",
      remission: RemissionPlan(met: met.map(\.value), notMet: notMet.map(\.value), origin: origin(remission)))
    file.plan.cohorts.append(plan)
    file.cohorts.append(
      EndpointFile.Cohort(
        plan: plan, fields: fields, evaluations: evaluations, measures: measures,
        outcomes: [response].compactMap(\.self) + met + notMet))
  }

  private var measureKeys: [String] { ["title", "item", "score"] }

  private mutating func measure(
    _ fields: Fields?, _ measures: inout [(source: KeySource, location: SourceLocation)]
  ) -> ActivityMeasure {
    let title = reader.text(fields, "title")
    guard let fields, let source = source(fields, among: ["item", "score"]) else {
      return ActivityMeasure(title: title, source: .notCollected(follows: ""))
    }
    if case .item(let path, _) = source { claim(path, at: fields.place("item"), Self.numbers, "a measure of activity") }
    measures.append((source, fields.place("score")))
    return ActivityMeasure(title: title, source: source)
  }

  // MARK: evaluations

  private mutating func evaluation(_ id: String, _ fields: Fields) -> EndpointFile.Evaluation {
    if fields.node("keys") == nil { _ = fields.requiredText("keys", problems: &reader.problems) }
    let keys = fields.entries("keys", problems: &reader.problems).map { key($0, $1) }
    let outcomes = reader.items(
      fields, "outcomes", "outcome", keys: ["id", "title", "output", "is", "appliesIf", "worsening"])
    let plans = outcomes.map { id, outcome in
      if outcome.node("is") == nil { _ = outcome.requiredText("is", problems: &reader.problems) }
      return OutcomePlan(
        id: id.value, title: reader.text(outcome, "title"), output: reader.text(outcome, "output"),
        isWorsening: reader.flag(outcome, "worsening"),
        isOneOf: outcome.texts("is", problems: &reader.problems).map(\.value),
        appliesIf: outcome.text("appliesIf", problems: &reader.problems)?.value)
    }
    let plan = EvaluationPlan(
      id: id, instrument: reader.text(fields, "instrument"), keys: keys.map(\.plan), outcomes: plans,
      origin: origin(fields))
    return EndpointFile.Evaluation(plan: plan, fields: fields, keys: keys, outcomes: outcomes.map(\.1))
  }

  /// How a key is filled: an item of the visit by its path alone, or a mapping that says more.
  private mutating func key(_ name: Located<String>, _ node: YAMLNode) -> EndpointFile.KeyClaim {
    func claim(_ source: KeySource, _ at: Occasion) -> EndpointFile.KeyClaim {
      EndpointFile.KeyClaim(
        plan: KeyPlan(key: name.value, at: at, source: source), location: name.location)
    }
    if case .text(let text) = node.content, !text.isEmpty {
      let item = path(Located(text, at: node.location), ItemType.allCases, "an answer")
      return claim(.item(path: item, gives: .value), .followUp)
    }
    let keys = sources + ["at", "give", "day", "members", "form"]
    guard let fields = Fields(node, "‘\(name.value)’", keys: keys, problems: &reader.problems),
      let source = source(fields, among: sources)
    else { return claim(.notCollected(follows: ""), .followUp) }
    return claim(source, reader.word(fields, "at", or: .followUp, Occasion.followUp))
  }

  private var sources: [String] {
    [
      "item", "mean", "score", "pick", "prednisone", "constant", "result", "course", "count", "sum", "notCollected",
    ]
  }

  /// The one source that a mapping names; none or two are a problem.
  private mutating func source(_ fields: Fields, among kinds: [String]) -> KeySource? {
    let named = kinds.filter { fields.node($0) != nil }
    guard named.count == 1, let kind = named.first else {
      reader.problems.append(
        Problem(
          "no-answer", at: fields.location,
          named.isEmpty
            ? "Nothing says where this answer comes from."
            : "This answer comes from both ‘\(named[0])’ and ‘\(named[1])’.",
          remedy: "Write one of: \(kinds.joined(separator: ", "))."))
      return nil
    }
    switch kind {
    case "item":
      let aspect = reader.word(fields, "give", or: .value, ItemAspect.value)
      let types = aspect == .value ? ItemType.allCases : Self.numbers
      return .item(
        path: item(fields, kind, types, "an answer, or a number with limits of normal"), gives: aspect)
    case "mean":
      return .mean(
        of: fields.texts(kind, problems: &reader.problems).map { path($0, Self.numbers, "a number of a mean") })
    case "score":
      return pair(fields, kind, "instrument.value, such as essdai.total").map { .score(instrument: $0, output: $1) }
    case "result":
      return pair(fields, kind, "evaluation.value, such as disability.confirmedProgression").map {
        .result(evaluation: $0, output: $1)
      }
    case "pick":
      return .pick(id: reader.text(fields, kind), gives: reader.word(fields, "give", or: .value, PickAspect.value))
    case "prednisone": return prednisone(fields)
    case "constant": return .constant(text: reader.text(fields, kind))
    case "course": return course(fields)
    case "count":
      let row = item(fields, kind, [.boolean], "what is counted")
      let day = item(fields, "day", of: row.form, Self.days, "the day of what is counted")
      return .count(rows: DatedItem(item: row, day: day))
    case "sum": return .sum(of: item(fields, kind, Self.numbers, "a number of a sum"))
    default: return .notCollected(follows: reader.text(fields, kind))
    }
  }

  /// Two names with a point between.
  private mutating func pair(_ fields: Fields, _ key: String, _ form: String) -> (String, String)? {
    guard let text = fields.text(key, problems: &reader.problems) else { return nil }
    guard let path = ItemPath(text.value) else {
      reader.problems.append(
        Problem(
          "unknown-reference", at: text.location, "‘\(text.value)’ is no \(key).", remedy: "Write \(form)."))
      return nil
    }
    return (path.form, path.item)
  }

  /// The one unit in which the dose is given is said where it is asked for, so that nobody has to guess it.
  private mutating func prednisone(_ fields: Fields) -> KeySource {
    if let unit = fields.text("prednisone", problems: &reader.problems), unit.value != "mg/d" {
      reader.problems.append(
        Problem(
          "unknown-word", at: unit.location, "Prednisone is given in mg/d, not in ‘\(unit.value)’.",
          remedy: "Write mg/d."))
    }
    return .prednisone
  }

  private mutating func course(_ fields: Fields) -> KeySource {
    let course = reader.section(fields, "course", keys: ["form", "day", "members"])
    let form = course?.requiredText("form", problems: &reader.problems)
    if let form { file.forms.append(form) }
    if let course, course.node("members") == nil { _ = course.requiredText("members", problems: &reader.problems) }
    var members: [KeySource.Member] = []
    for (key, node) in course?.entries("members", problems: &reader.problems) ?? [] {
      guard case .text(let item) = node.content else { continue }
      claim(
        ItemPath(form: form?.value ?? "", item: item), at: node.location, Self.numbers + [.boolean],
        "a member of a course")
      members.append(KeySource.Member(key: key.value, item: item))
    }
    return .course(form: form?.value ?? "", day: reader.text(course, "day"), members: members)
  }
}
