import ClinicalValues
public import Ledger
public import StudyDesign

/// Entries of one form of one participant, to be saved together.
public struct FormSave: Sendable, Hashable, Codable {
  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// What is to be saved, each with the version of the item that was read.
  public let entries: [ReadEntry]
  /// Where the data come from, where that is not what the form's plan says.
  public let source: SourceOfData?
  /// Why what stood there before is corrected.
  public let reason: String?

  /// Entries of a form, with a reason where one of them corrects.
  public init(
    participant: ParticipantID, form: FormKey, entries: [ReadEntry], source: SourceOfData? = nil,
    reason: String? = nil
  ) {
    self.participant = participant
    self.form = form
    self.entries = entries
    self.source = source
    self.reason = reason
  }
}

/// A command that saves entries; the live study has the forms' rules asked for what it would leave.
public protocol SavesEntries: TrialCommand {
  /// What it saves.
  var saves: [FormSave] { get }
}

extension SavesEntries {
  /// What all that it saves leads to, in other forms as well.
  ///
  /// - Throws: `Refusal` of a save, and `nothing-changed` where the forms say all of it already.
  func savedFacts(in situation: Situation) throws(Refusal) -> [Fact] {
    var facts: [Fact] = []
    for save in saves { facts += try save.facts(in: situation) }
    guard !facts.isEmpty else {
      throw Refusal(
        "nothing-changed", because: "\(saves.map(\.form.description).joined(separator: ", ")) says all this already.",
        remedy: "There is nothing to be saved.")
    }
    return facts + situation.settledElsewhere(by: saves, after: facts)
  }
}

extension FormSave {
  /// The entries that change something in a form as it stands. Of a form of a visit the same answer as before a failed
  /// screening changes something as well: it is given anew.
  ///
  /// - Parameter failed: where the screening failed that was begun once more since; 0 for none.
  public func changes(in record: FormRecord?, since failed: Position = 0) -> [Entry] {
    entries.map(\.entry).filter { entry in
      let current = record?.items[entry.item]?.current
      if current?.entry == entry { return isOfBefore(failed, current) && entry.answer != .cleared }
      return !(current == nil && entry.answer == .cleared)
    }
  }

  private func isOfBefore(_ failed: Position, _ version: ItemVersion?) -> Bool {
    form.isOfVisit && (version.map { $0.position <= failed } ?? false)
  }

  /// What it leads to: the entries that changed, the marks that they take back, and what the form's rules then say.
  ///
  /// Nothing where nothing changes.
  func facts(in situation: Situation) throws(Refusal) -> [Fact] {
    let plan = try situation.book(of: participant).form(of: form)
    let state = try situation.participant(participant)
    let record = state.casebook.forms[form]
    try requireAnswers(plan, situation)
    let changed = changes(in: record, since: state.way.assessedAnewSince)
    guard !changed.isEmpty else { return [] }
    try situation.requireChangeable(form, in: state)
    try requireTime(plan, changed, state, situation)
    try requireRead(plan, changed, record, situation)
    try requireReason(plan, changed, record)
    try requirePhysician(plan, changed, situation)
    guard let picture = situation.forms[participant]?[form] else {
      throw Refusal(
        "form-not-evaluated", because: "The rules of \(form) were not asked.",
        remedy: "Open the form again and save it."
      )
    }
    for (item, possible) in picture.impossible.sorted(by: { $0.key < $1.key }) {
      throw Refusal(
        "impossible-value", because: "\(plan.name(of: item)) is impossible; possible is \(possible).",
        remedy: "Check number and unit with the source.")
    }
    var draft = CasebookDraft(of: state, in: situation)
    draft.record(
      .saved(form: form, entries: changed, source: source == plan.source ? nil : source, reason: reason))
    draft.takeBackMarks(of: form, items: changed.map(\.item))
    draft.follow(picture, of: form)
    return draft.facts + (try state.afterData(in: situation))
  }

  // MARK: - What stands against it

  /// A relation, and what exempts from dose-limiting toxicity, is a physician's judgment: an investigator enters it.
  private func requirePhysician(_ plan: FormPlan, _ changed: [Entry], _ situation: Situation) throws(Refusal) {
    let judgments = situation.plan.safety.forms?.judgments(in: form.form) ?? []
    let judged = changed.map(\.item).filter(judgments.contains)
    guard !judged.isEmpty, situation.actor.role.extent(of: .judgeAndSign) == nil else { return }
    throw Refusal(
      "role-may-not",
      because: "\(judged.map { plan.name(of: $0) }.joined(separator: ", ")): that is a physician's judgment.",
      remedy: "An investigator enters it; everything else of the form can be saved without it.")
  }

  private func requireAnswers(_ plan: FormPlan, _ situation: Situation) throws(Refusal) {
    guard !entries.isEmpty else {
      throw Refusal("nothing-entered", because: "There is no entry.", remedy: "Answer at least one item.")
    }
    var seen: Set<String> = []
    var faults: [String] = []
    for entry in entries.map(\.entry) {
      guard let item = plan.item(entry.item) else {
        faults.append("\(plan.id) has no item ‘\(entry.item)’")
        continue
      }
      if !seen.insert(entry.item).inserted { faults.append("\(item.name) stands there twice") }
      if let concept = item.concept, situation.book(of: participant).keptApart.contains(concept) {
        faults.append("\(item.name) is kept with the identity, never in the casebook")
      } else if let objection = item.objection(to: entry) {
        faults.append("\(item.name) \(objection)")
      }
    }
    guard faults.isEmpty else {
      throw Refusal(
        "not-an-answer", because: faults.joined(separator: "; ") + ".",
        remedy: "Correct these entries. Nothing was saved.")
    }
  }

  private func requireRead(
    _ plan: FormPlan, _ changed: [Entry], _ record: FormRecord?, _ situation: Situation
  ) throws(Refusal) {
    let read = Dictionary(entries.map { ($0.entry.item, $0.read) }) { first, _ in first }
    let conflicts = changed.compactMap { entry -> String? in
      guard let item = record?.items[entry.item], let current = item.current, item.version != read[entry.item] else {
        return nil
      }
      let since = "since \(Moment(current.recorded)) (\(current.by.account))"
      return "\(plan.name(of: entry.item)) is \(current.entry.answer) \(since), you entered \(entry.answer)"
    }
    guard conflicts.isEmpty else {
      throw Refusal(
        "changed-meanwhile", because: "Somebody else has entered meanwhile: \(conflicts.joined(separator: "; ")).",
        remedy: "Nothing was saved. Look at these items, then save what is right; the others can be saved as they are.")
    }
  }

  private func requireReason(_ plan: FormPlan, _ changed: [Entry], _ record: FormRecord?) throws(Refusal) {
    guard let record else { return }
    // The same answer given anew corrects nothing.
    let corrected = changed.filter { entry in record.items[entry.item]?.current.map { $0.entry != entry } ?? false }
      .map { plan.name(of: $0.item) }
    guard !corrected.isEmpty || record.notDone != nil else { return }
    guard let reason, reason.contains(where: \.isLetter), reason.utf8.count <= 2000 else {
      throw Refusal(
        "reason-missing",
        because: corrected.isEmpty
          ? "\(form) was marked as not done."
          : "This corrects what was entered before: \(corrected.joined(separator: ", ")).",
        remedy: "Say why, in a sentence.")
    }
  }

  /// Refuses data of before consent that no hospital's record holds, of after a withdrawal from everything, and a visit's
  /// data of after death.
  private func requireTime(
    _ plan: FormPlan, _ changed: [Entry], _ state: ParticipantState, _ situation: Situation
  ) throws(Refusal) {
    let way = state.way
    let day = dated(plan, changed, state)
    guard let first = way.consents.map(\.signed).min(), first <= situation.happened else {
      return try requireScreeningRecord(plan, day, state, situation)
    }
    let isOfVisit = plan.occurs == .visit || plan.occurs == .repeated
    // Where the plan says the hospital's record, it says where a study's own measurements are written down as well.
    if isOfVisit, source != .hospitalRecord, let day, day.latest.daysSinceEpoch < first.day {
      throw Refusal(
        "before-consent", because: "\(form) is dated \(day), and \(participant) consented on \(first.date).",
        remedy: "What the hospital's record held before is entered with that source (hospitalRecord).")
    }
    if isOfVisit, let died = way.died, let day,
      situation.isStillToCome(died) || day.earliest.daysSinceEpoch > died.day
    {
      throw Refusal(
        "after-death", because: "\(form) is dated \(day), and \(participant) died on \(died.date).",
        remedy: "Check the date.")
    }
    guard way.departure?.withdrawal?.scope == .everything, let left = way.left else { return }
    let dates = changed.filter { plan.item($0.item)?.tellsWhen(in: plan) == true }
      .compactMap { $0.answer.text.flatMap { DateTime($0)?.date ?? CalendarDate($0) } }
    guard !situation.isStillToCome(left), situation.happened <= left || day != nil,
      (dates + [day].compactMap(\.self)).allSatisfy({ date in
        date.latest.daysSinceEpoch <= left.day
      })
    else {
      throw Refusal(
        "withdrawn-from-everything", because: "\(participant) withdrew from everything at \(left).",
        remedy: "Nothing that happened later is recorded; what happened before may be entered with its date.")
    }
  }

  /// Of a candidate only what the hospital's record holds already is taken over: into forms of screening and of history,
  /// by somebody who says that it comes from there, and of which day.
  private func requireScreeningRecord(
    _ plan: FormPlan, _ day: CalendarDate?, _ state: ParticipantState, _ situation: Situation
  ) throws(Refusal) {
    let isOfScreening =
      switch plan.occurs {
      case .visit, .repeated: form.visit == situation.book(of: participant).screeningVisit
      case .once, .log: plan.source == .hospitalRecord
      }
    guard source == .hospitalRecord, isOfScreening else {
      throw Refusal(
        "no-consent", because: "\(participant) had not consented at \(situation.happened).",
        remedy: "Of a candidate only data that the hospital's record already holds are taken over, into forms of "
          + "screening and history, with that source (hospitalRecord).")
    }
    if plan.dated != nil {
      guard let day, day.latest.daysSinceEpoch <= situation.happened.day else {
        throw Refusal(
          "no-consent", because: "\(form) does not say of which day before consent it is.",
          remedy: "Give the date that stands in the hospital's record.")
      }
    }
    try situation.requirePresent(state)
  }

  /// The day that the form says it is of, with the entries that are being saved.
  private func dated(_ plan: FormPlan, _ changed: [Entry], _ state: ParticipantState) -> CalendarDate? {
    guard let item = plan.dated else { return nil }
    let entry = changed.first { $0.item == item } ?? state.casebook.forms[form]?.entry(item)
    return entry?.answer.text.flatMap { DateTime($0)?.date ?? CalendarDate($0) }
  }
}

extension ItemPlan {
  /// What a person calls it: its question; its id where it has none.
  var name: String { label.isEmpty ? id : label }

  /// Whether its answer says when something of the participant was.
  fileprivate func tellsWhen(in plan: FormPlan) -> Bool {
    let isDate = [ItemType.date, .partialDate, .dateTime].contains(type)
    let roles: [ItemRole] = [.effective, .start, .end]
    return isDate && (plan.dated == id || plan.items.contains { $0.dated == id } || roles.contains(gives))
  }
}

extension FormPlan {
  /// What a person calls an item.
  func name(of item: String) -> String { self.item(item)?.name ?? item }
}
