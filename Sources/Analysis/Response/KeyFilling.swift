import ClinicalValues
import Instruments
import StudyDesign
import Trial

/// Where a key's answer was found: the visit and the day.
struct FoundAnswer {
  var answered: Answered
  var visit: String?
  var day: CalendarDate?

  static func missing(_ item: String, _ label: String, _ reason: String) -> FoundAnswer {
    FoundAnswer(answered: .missing([MissingAnswer(item, label, reason)]))
  }
}

/// Fills the keys of instruments for one time point of one participant, as the study file says.
struct KeyFilling {
  let reading: CasebookReading
  let cohort: CohortEndpoints
  let medicines: Medicines
  /// The visit of the time point.
  let visit: String
  /// The day of its assessment; nil where there was none.
  let day: CalendarDate?

  private var endpoints: EndpointPlan { reading.study.endpoints }

  /// Every key of an evaluation, in the order of the study file.
  func keys(of evaluation: EvaluationPlan, results: [String: Result]) -> [KeyAnswer] {
    evaluation.keys.map { plan in
      let found = answer(plan.source, at: plan.at, results: results)
      return KeyAnswer(
        key: plan.key, value: found.answered.datum, visit: found.visit, day: found.day,
        missing: found.answered.missing)
    }
  }

  /// The answer of a source, at baseline or at this time.
  func answer(_ source: KeySource, at occasion: Occasion, results: [String: Result] = [:]) -> FoundAnswer {
    switch source {
    case .item, .mean, .score: return occasion == .baseline ? baseline(source) : recorded(source, at: visit)
    case .pick(let id, let aspect): return picked(id, aspect, at: occasion)
    case .prednisone: return prednisone()
    case .constant(let text): return FoundAnswer(answered: .datum(constant(text)))
    case .result(let evaluation, let output):
      let value = results[evaluation]?[output] ?? .null
      return value == .null
        ? .missing("\(evaluation).\(output)", "result of \(evaluation)", "not evaluable")
        : FoundAnswer(answered: .datum(value))
    case .course(let form, let day, let members): return course(form, day, members)
    case .count(let rows): return count(rows)
    case .sum(let path): return sum(path)
    case .notCollected(let follows): return .missing("not collected", "not collected", follows)
    }
  }

  // MARK: at a visit

  /// What a visit recorded.
  func recorded(_ source: KeySource, at visit: String) -> FoundAnswer {
    guard let form = form(of: source) else { return .missing("", "", "no form asks it") }
    guard let key = reading.form(form, at: visit) else {
      let isPlanned = reading.isPlanned(form, at: visit)
      let reason = isPlanned ? "not recorded at \(visit)" : "not planned at \(visit)"
      return FoundAnswer(answered: .missing(items(of: source).map { MissingAnswer($0.item, $0.label, reason) }))
    }
    return FoundAnswer(answered: value(of: source, in: key), visit: visit, day: reading.day(of: key))
  }

  /// The form that a source asks.
  private func form(of source: KeySource) -> String? {
    switch source {
    case .item(let path, _): path.form
    case .mean(let paths): paths.first?.form
    case .score(let instrument, _): scaleForm(instrument)?.form.id
    default: nil
    }
  }

  /// The items of a source by path and words; of a score the instrument.
  private func items(of source: KeySource) -> [(item: String, label: String)] {
    switch source {
    case .item(let path, _): [(path.description, reading.plan(path)?.label ?? "")]
    case .mean(let paths): paths.map { ($0.description, reading.plan($0)?.label ?? "") }
    case .score(let instrument, _): [(instrument, Instrument.named(instrument)?.title ?? "")]
    default: []
    }
  }

  private func value(of source: KeySource, in key: FormKey) -> Answered {
    switch source {
    case .item(let path, let aspect):
      return reading.plan(path).map { reading.answer($0, in: key, aspect) } ?? .missing([])
    case .mean(let paths): return mean(paths.compactMap { reading.plan($0) }.map { reading.answer($0, in: key) })
    case .score(let instrument, let output): return score(instrument, output, in: key)
    default: return .missing([])
    }
  }

  private func mean(_ answers: [Answered]) -> Answered {
    let missing = answers.flatMap(\.missing)
    guard missing.isEmpty else { return .missing(missing) }
    let sum = answers.reduce(Decimal(0) as Decimal?) { sum, answer in
      sum.flatMap { sum in answer.number.flatMap { sum + $0 } }
    }
    return sum.flatMap { $0 / Decimal(answers.count) }.map { .datum(.number($0)) } ?? .missing([])
  }

  // MARK: scores

  private func scaleForm(_ instrument: String) -> (scale: Scale, form: FormPlan)? {
    guard let scale = Scale(reading.study.dictionary, instrument: instrument),
      let form = reading.study.casebook.forms.first(where: { $0.items.contains { scale.key(of: $0) != nil } })
    else { return nil }
    return (scale, form)
  }

  /// A value of an instrument from the items of a form; without one its missing items are named.
  private func score(_ id: String, _ output: String, in key: FormKey) -> Answered {
    guard let (scale, form) = scaleForm(id) else { return .missing([MissingAnswer(id, "", "no form asks its items")]) }
    let asked = form.items.compactMap { item in scale.key(of: item).map { (key: $0, item: item) } }
    let answers = asked.map { (key: $0.key, item: $0.item, answer: reading.answer($0.item, in: key)) }
    let result = scale.instrument(
      Dictionary(answers.map { ($0.key, $0.answer.datum) }, uniquingKeysWith: { first, _ in first }))
    if let value = result[output], value != .null { return .datum(value) }
    if case .object(let error)? = result["error"], case .text(let field)? = error["field"],
      let item = asked.first(where: { $0.key == field })?.item
    {
      return .missing([MissingAnswer("\(form.id).\(item.id)", item.label, "its value cannot be")])
    }
    // The instrument names what it lacks; one that does not lacks what its form requires.
    let named = result.texts("missing")
    return .missing(
      answers.filter { answer in
        !answer.answer.isRecorded
          && (result["missing"] == nil ? answer.item.required != .never : named.contains(answer.key))
      }.flatMap(\.answer.missing))
  }

  // MARK: at baseline

  /// The last complete answer before LD 1 that is not older than the last bridging.
  func baseline(_ source: KeySource) -> FoundAnswer {
    guard let form = form(of: source) else { return .missing("", "", "no form asks it") }
    let names = items(of: source)
    func missing(_ reason: String) -> FoundAnswer {
      FoundAnswer(answered: .missing(names.map { MissingAnswer($0.item, $0.label, reason) }))
    }
    guard let firstDose = reading.firstDose else { return missing("no baseline before lymphodepletion has begun") }
    let bridged = lastBridging(before: firstDose)
    let candidates = reading.filled(form).filter { isBefore(firstDose, $0) }
      .sorted { (reading.day(of: $0)?.daysSinceEpoch ?? 0, $0) < (reading.day(of: $1)?.daysSinceEpoch ?? 0, $1) }
      .filter { key in bridged.map { bridging in (reading.day(of: key)?.daysSinceEpoch ?? 0) >= bridging } ?? true }
    for key in candidates.reversed() {
      let answered = value(of: source, in: key)
      if answered.isRecorded {
        return FoundAnswer(answered: answered, visit: key.visit, day: reading.day(of: key))
      }
    }
    // The last one that is incomplete says what it lacks.
    if let last = candidates.last {
      return FoundAnswer(answered: value(of: source, in: last), visit: last.visit, day: reading.day(of: last))
    }
    return missing("no assessment before LD 1 on \(firstDose.date)\(bridged == nil ? "" : " and after bridging")")
  }

  private func isBefore(_ firstDose: Moment, _ key: FormKey) -> Bool {
    reading.time(of: key)?.isBefore(treatment: firstDose) ?? false
  }

  /// The day, since 1970-01-01, on which the last treatment of bridging began before LD 1; of a partial date the first.
  private func lastBridging(before firstDose: Moment) -> Int? {
    guard let path = endpoints.baseline.afterBridging else { return nil }
    return reading.filled(path.form).compactMap { reading.date(path.item, in: $0)?.daysSinceEpoch }
      .filter { $0 <= firstDose.day }.max()
  }

  // MARK: what is picked, taken, constant

  /// What is said of the measurement that is most raised at baseline against its upper limit of normal.
  private func picked(_ id: String, _ aspect: PickAspect, at occasion: Occasion) -> FoundAnswer {
    guard let plan = endpoints.picks.first(where: { $0.id == id }) else {
      return .missing(id, "", "nothing to pick from")
    }
    let found = plan.of.map { choice in
      (
        choice: choice, value: baseline(.item(path: choice.item, gives: .value)),
        limit: baseline(.item(path: choice.item, gives: .upperLimit))
      )
    }
    let known = found.compactMap {
      one -> (choice: PickPlan.Choice, limit: FoundAnswer, value: Decimal, upper: Decimal)? in
      guard let value = one.value.answered.number, let upper = one.limit.answered.number, upper.sign > 0 else {
        return nil
      }
      return (one.choice, one.limit, value, upper)
    }
    guard known.count >= plan.atLeast, var most = known.first else {
      return FoundAnswer(
        answered: .missing(found.flatMap { $0.value.answered.missing + $0.limit.answered.missing }.unique))
    }
    // value a / limit a > value b / limit b, without dividing.
    for one in known.dropFirst() where ExactNumber(one.value) * most.upper > ExactNumber(most.value) * one.upper {
      most = one
    }
    switch aspect {
    case .name:
      return FoundAnswer(answered: .datum(.text(most.choice.name)), visit: most.limit.visit, day: most.limit.day)
    case .upperLimit: return most.limit
    case .value: return answer(.item(path: most.choice.item, gives: .value), at: occasion)
    }
  }

  private func prednisone() -> FoundAnswer {
    guard let day else { return .missing("prednisone", "Prednisone equivalent", "no assessment") }
    let dose = medicines.prednisone(on: day)
    return FoundAnswer(
      answered: dose.milligrams.map { .datum(.number($0)) } ?? .missing(dose.unknown), visit: visit, day: day)
  }

  private func constant(_ text: String) -> Datum {
    Decimal(exactly: text).map { .number($0) } ?? Bool(text).map { .bool($0) } ?? .text(text)
  }

  // MARK: over the visits

  /// Every visit from LD 1 to this time at which the form was filled.
  private func course(_ form: String, _ dayKey: String, _ members: [KeySource.Member]) -> FoundAnswer {
    guard let dayZero = reading.dayZero, let firstDose = reading.firstDose, let day else {
      return .missing(form, reading.study.casebook.form(form)?.title ?? "", "no assessment after the infusion")
    }
    let plan = reading.study.casebook.form(form)
    let keys = reading.filled(form).filter { !isBefore(firstDose, $0) }
      .filter { key in reading.day(of: key).map { $0.daysSinceEpoch <= day.daysSinceEpoch } ?? true }
    let records = keys.map { key -> Datum in
      let days = reading.day(of: key).map { $0.daysSinceEpoch - dayZero.daysSinceEpoch }
      let values = members.map { member -> (name: String, value: Datum) in
        (member.key, plan?.item(member.item).map { reading.answer($0, in: key).datum } ?? .null)
      }
      return .object(Result([(name: dayKey, value: .whole(days))] + values))
    }
    return FoundAnswer(answered: .datum(.list(records)), visit: visit, day: day)
  }

  /// The day of the last scan up to this time that was marked as the new baseline.
  private var rebaseline: CalendarDate? {
    guard let path = cohort.rebaseline, let day, let dayZero = reading.dayZero else { return nil }
    return reading.filled(path.form).filter { reading.flag(path.item, in: $0) == true }
      .compactMap { reading.day(of: $0) }
      .filter { (dayZero.daysSinceEpoch...max(day.daysSinceEpoch, dayZero.daysSinceEpoch)).contains($0.daysSinceEpoch) }
      .max { $0.daysSinceEpoch < $1.daysSinceEpoch }
  }

  private func noRebaseline(_ path: ItemPath) -> FoundAnswer {
    let marked = cohort.rebaseline.flatMap { reading.plan($0) }?.label ?? ""
    return .missing(path.description, reading.plan(path)?.label ?? "", "nothing is marked as ‘\(marked)’ by then")
  }

  /// How many rows of a log say yes after the re-baseline; a row that may count and does not say so leaves it open.
  private func count(_ rows: DatedItem) -> FoundAnswer {
    guard let since = rebaseline, let day else { return noRebaseline(rows.item) }
    var count = 0
    var open: [MissingAnswer] = []
    for key in reading.filled(rows.item.form) {
      let date = reading.date(rows.day, in: key)
      if let date, date.latest.daysSinceEpoch <= since.daysSinceEpoch || date.daysSinceEpoch > day.daysSinceEpoch {
        continue
      }
      let isCertain = date.map {
        $0.daysSinceEpoch > since.daysSinceEpoch && $0.latest.daysSinceEpoch <= day.daysSinceEpoch
      }
      switch (reading.flag(rows.item.item, in: key), isCertain) {
      case (false?, _): break
      case (true?, true?): count += 1
      default:
        open.append(
          MissingAnswer(
            "\(key)", reading.plan(rows.item)?.label ?? "", "a row whose day or answer leaves open whether it counts"))
      }
    }
    // One that counts decides; what is open could only add to it.
    let answered: Answered = count == 0 && !open.isEmpty ? .missing(open) : .datum(.whole(count))
    return FoundAnswer(answered: answered, visit: visit, day: day)
  }

  /// The sum over all visits after the re-baseline; the present one must be among them, and none may lack its number.
  private func sum(_ path: ItemPath) -> FoundAnswer {
    guard let since = rebaseline, let day, let item = reading.plan(path) else { return noRebaseline(path) }
    guard let present = reading.form(path.form, at: visit) else {
      return recorded(.item(path: path, gives: .value), at: visit)
    }
    let keys = reading.filled(path.form).filter { key in
      reading.day(of: key).map { since.daysSinceEpoch < $0.daysSinceEpoch && $0.daysSinceEpoch <= day.daysSinceEpoch }
        ?? true
    }
    guard keys.contains(present) else {
      return .missing(path.description, item.label, "\(visit) is the new baseline itself, or before it")
    }
    let answers = keys.map { reading.answer(item, in: $0) }
    let missing = answers.flatMap(\.missing)
    let sum = answers.compactMap(\.number).reduce(Decimal(0)) { ($0 + $1) ?? .greatest }
    let answered: Answered = missing.isEmpty ? .datum(.number(sum)) : .missing(missing)
    return FoundAnswer(answered: answered, visit: visit, day: day)
  }
}

extension Result {
  /// The texts of a list.
  func texts(_ name: String) -> [String] {
    guard case .list(let list)? = self[name] else { return [] }
    return list.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it stands first.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
