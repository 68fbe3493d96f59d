import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// What a form's page sent, as the command that saves it: only what differs from what is recorded.
struct FormEntry: Sendable {
  private let request: PageRequest
  private let place: FormPage.Place

  init(_ request: PageRequest, at place: FormPage.Place) {
    self.request = request
    self.place = place
  }

  /// Saves.
  ///
  /// - Throws: `Refusal`; `nothing-changed` where nothing differs.
  func save() async throws -> Performed {
    let view = try await request.live.form(place.key, of: place.participant.id)
    let zone = try await zone()
    let entries = view.plan.items.compactMap { entry($0, view.record, zone: zone) }
    guard !entries.contains(where: { SiteScope.isMasked($0.entry.answer.text ?? "") }) else { throw SiteScope.refusal }
    guard !entries.isEmpty else {
      throw Refusal(
        "nothing-changed", because: "\(place.key) says all this already.", remedy: "There is nothing to be saved.")
    }
    let correction = request.form.text("correction")
    let asked = try await FormHand(request, at: place).saving(entries, correction: correction)
    return try await request.live.carryOut(asked, Given(), sign: { _ in [] }).performed
  }

  /// What was sent for an item, where it was sent and differs.
  private func entry(_ item: ItemPlan, _ record: FormRecord, zone: String) -> ReadEntry? {
    guard item.calculated == nil, request.form["v.\(item.id)"] != nil || request.form["a.\(item.id)"] != nil else {
      return nil
    }
    let read = request.form["r.\(item.id)"].flatMap { Int($0) } ?? 0
    let current = record.entry(item.id)
    if isAsTold(item, current) { return nil }
    guard let answer = answer(item, current, zone: zone) else {
      return current == nil ? nil : ReadEntry(Entry(item.id, .cleared), read: read)
    }
    guard answer != current?.answer.withPlainLines else { return nil }
    // What the laboratory gave beside a value stays with a value that is only corrected.
    return ReadEntry(
      Entry(item.id, answer, low: current?.low, high: current?.high, laboratory: current?.laboratory), read: read)
  }

  /// Whether what was sent is what is recorded, with the numbers left out that the reader is not told: nobody has touched it.
  private func isAsTold(_ item: ItemPlan, _ current: Entry?) -> Bool {
    guard let kept = current?.answer.withPlainLines.text, let sent = request.form["v.\(item.id)"],
      SiteScope.isMasked(sent), request.form.text("a.\(item.id)") == nil
    else { return false }
    return Array(sent.utf8) == request.scope.told(Array(kept.utf8))
  }

  private func answer(_ item: ItemPlan, _ current: Entry?, zone: String) -> Answer? {
    if let reason = request.form.text("a.\(item.id)").flatMap({ NoAnswer(rawValue: $0) }) { return .absent(reason) }
    guard let text = request.form.text("v.\(item.id)") else { return nil }
    switch item.type {
    case .quantity: return .value(text, unit: request.form.text("u.\(item.id)") ?? item.units.first)
    case .dateTime:
      // The control shows no offset: what was not touched keeps its own.
      if let kept = current?.answer.text, kept.hasPrefix(text) { return .value(kept, unit: nil) }
      return .value(ZoneClock.moment(written: text, zone: zone).flatMap(FormEntry.written) ?? text, unit: nil)
    case .boolean, .integer, .text, .code, .date, .partialDate, .adverseEventTerm, .medicine:
      return .value(text, unit: nil)
    }
  }

  /// A moment as an answer is kept: to the minute, with its offset.
  private static func written(_ moment: Moment) -> String? {
    DateTime(
      millisecondsSinceEpoch: moment.instant.milliseconds, offsetMinutes: moment.offsetMinutes
    ).map { time in
      let text = time.description
      // `2026-03-07T10:30:00.000+01:00` to the minute.
      return String(text.prefix(16)) + String(text.drop { $0 != "T" }.drop { !"+-Z".contains($0) })
    }
  }

  private func zone() async throws -> String {
    try await request.live.state().sites[place.participant.way.site ?? (try SiteID("00"))]?.zone ?? "UTC"
  }
}

extension Answer {
  /// The same with lines that end as those of a form are read: some were recorded as a browser sends them.
  var withPlainLines: Answer {
    guard case .value(let text, let unit) = self else { return self }
    return .value(text.replacing("\r\n", with: "\n"), unit: unit)
  }
}

/// What a script learns after an item was saved: what is now shown, required, calculated and wrong, in the reader's words.
struct FormAnswerJSON {
  let text: String

  init(_ view: FormView, _ words: Words) {
    var members: [String: CanonicalJSON.Value] = [
      "read": .object(view.record.items.mapValues { .integer($0.version) }),
      "missing": .array(view.record.missing.map { .string($0) }),
      "open": .array(view.plan.items.map(\.id).filter { view.isToBeAnswered($0) }.map { .string($0) }),
      "state": .string(words.title(view.standing.state)), "tone": .string(view.standing.state.tone.rawValue),
      "queries": FormAnswerJSON.byItem(view) { item in view.asked(at: item).map { .integer($0) } },
    ]
    if let picture = view.picture {
      members["shown"] = .array(picture.shown.sorted().map { .string($0) })
      members["required"] = .array(picture.required.sorted().map { .string($0) })
      members["faults"] = FormAnswerJSON.byItem(view) { item in
        let fault = view.fault(at: item, words)
        return fault.isEmpty ? nil : .string(fault)
      }
      members["calculated"] = .object(
        Dictionary(
          picture.calculated.map { ($0.item, CanonicalJSON.Value.string($0.answer.description)) },
          uniquingKeysWith: { first, _ in first }))
    }
    text = (try? CanonicalJSON(.object(members)).description) ?? "{}"
  }

  private static func byItem(
    _ view: FormView, _ value: (String) -> CanonicalJSON.Value?
  ) -> CanonicalJSON.Value {
    .object(view.plan.items.reduce(into: [:]) { members, item in members[item.id] = value(item.id) })
  }
}
