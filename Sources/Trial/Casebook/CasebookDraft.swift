import ClinicalValues
import Ledger
import StudyDesign

/// What a decision on a casebook leads to, event by event, on the casebook as it would stand after each of them.
struct CasebookDraft {
  let participant: ParticipantID
  private(set) var casebook: CasebookState
  private(set) var facts: [Fact] = []
  private let situation: Situation

  /// Nothing yet, on a participant's casebook as it is.
  init(of participant: ParticipantState, in situation: Situation) {
    self.participant = participant.id
    self.situation = situation
    casebook = participant.casebook
  }

  /// One more event.
  mutating func record(_ event: CasebookEvent, signed: String? = nil) {
    facts.append(Fact(.casebook(participant, event), signed: signed))
    let actor = Actor(
      account: situation.actor.account.description, role: situation.actor.role.rawValue,
      site: situation.actor.site?.description)
    // Positions are not known before the ledger takes it; what follows from it is later than all that is there.
    casebook.apply(
      Recorded(event, happened: situation.happened, recorded: situation.now, actor: actor, position: .max))
  }

  /// Takes back what stood under items that have changed: their verification, and signatures that cover the form.
  mutating func takeBackMarks(of form: FormKey, items: [String]) {
    let verified = items.filter { item in
      casebook.forms[form]?.items[item]?.verification.map { !$0.isTakenBack } ?? false
    }
    if !verified.isEmpty { record(.verificationTakenBack(form: form, items: verified)) }
    for (scope, signature) in casebook.signatures.sorted(by: { $0.key < $1.key })
    where signature.brokenBy == nil && scope.covers(form) {
      record(.signatureTakenBack(scope: scope, form: form))
    }
  }

  /// What the form's rules say of it: what is missing, what is calculated, which checks found something.
  mutating func follow(_ picture: FormPicture, of form: FormKey) {
    let record = casebook.forms[form] ?? FormRecord()
    let calculated = calculatedChanges(picture, record)
    // A form that was never begun, or was not done, lacks nothing.
    let isAsked = record.notDone == nil && record.isBegun
    let answered = Set(record.items.keys.filter { record.entry($0) != nil })
      .union(picture.calculated.filter { $0.answer != .cleared }.map(\.item))
    let missing = isAsked ? picture.required.subtracting(answered).sorted() : []
    let unasked = record.items.keys.filter { item in
      record.entry(item) != nil && record.items[item]?.current?.isCalculated == false && !picture.shown.contains(item)
    }.sorted()
    if missing != record.missing || unasked != record.unasked || !calculated.isEmpty {
      self.record(.assessed(form: form, missing: missing, unasked: unasked, calculated: calculated))
      if !calculated.isEmpty { takeBackMarks(of: form, items: calculated.map(\.item)) }
    }
    let unaskedChecks = unasked.map { item in
      FormPicture.Fired(
        check: "unasked:\(item)",
        message:
          "\(situation.casebook.label(of: item, in: form)) is answered, and by the other answers it is not asked.",
        items: [item])
    }
    ask((isAsked ? picture.fired : []) + unaskedChecks, of: form)
  }

  private func calculatedChanges(_ picture: FormPicture, _ record: FormRecord) -> [Entry] {
    var changes = picture.calculated.filter { record.items[$0.item]?.current?.entry != $0 }
      .filter { $0.answer != .cleared || record.entry($0.item) != nil }
    let known = Set(picture.calculated.map(\.item))
    for (item, history) in record.items where !known.contains(item) && record.entry(item) != nil {
      if history.current?.isCalculated == true { changes.append(Entry(item, .cleared)) }
    }
    return changes.sorted { $0.item < $1.item }
  }

  /// Raises, closes and takes up again the queries of checks.
  private mutating func ask(_ fired: [FormPicture.Fired], of form: FormKey) {
    let ids = Set(fired.map(\.check))
    let own = casebook.queries.filter { $0.query.form == form && $0.query.check != nil }
    for query in own where query.status.isPending && !ids.contains(query.query.check ?? "") {
      record(.queryMended(query: query.number))
    }
    for check in fired {
      guard let query = own.last(where: { $0.query.check == check.check }) else {
        record(
          .queryRaised(
            query: RaisedQuery(form: form, items: check.items, check: check.check, text: check.message)))
        openDeviation(check, of: form)
        continue
      }
      guard !query.status.isPending else {
        // Another medicine in place of one that is asked about is another departure.
        if isJustEntered(check, of: form) { openDeviation(check, of: form, isNew: false) }
        continue
      }
      // What a person settled stays settled until one of its items changes.
      if let settled = query.settled {
        let items = check.items.isEmpty ? Array(casebook.forms[form]?.items.keys ?? [:].keys) : check.items
        let last = items.compactMap { casebook.forms[form]?.items[$0]?.version }.max() ?? 0
        guard last > settled else { continue }
      }
      record(.queryRecurred(query: query.number))
      // What was mended and is wrong again is another departure; what a person settled is still the same.
      openDeviation(check, of: form, isNew: query.settled == nil)
    }
  }

  /// Whether the item that a check is about was entered in this decision.
  private func isJustEntered(_ fired: FormPicture.Fired, of form: FormKey) -> Bool {
    fired.items.first.flatMap { casebook.forms[form]?.items[$0]?.version } == Position.max
  }

  /// The deviation that a check finds, where the study says that it is one.
  ///
  /// - Parameter isNew: whether the check comes to find something; else only what is known to be another departure is one.
  private mutating func openDeviation(_ fired: FormPicture.Fired, of form: FormKey, isNew: Bool = true) {
    switch situation.casebook.forms[form.form]?.checks.first(where: { $0.id == fired.check })?.deviation {
    case nil: break
    case .medication:
      let named = fired.items.first.flatMap { casebook.forms[form]?.entry($0)?.answer.text }
      let subject = named.flatMap { situation.casebook.subject(ofMedicine: $0, in: form.form) }
      let noticed = situation.state.participants[participant]?.record.noticed ?? []
      guard subject.map({ !noticed.contains($0) }) ?? isNew else { return }
      let what = "\(named ?? "A medicine"), which the protocol does not allow (\(form))."
      let deviation = Deviation(
        .medication, what: what, noticed: situation.happened, about: subject.map { [$0] })
      facts.append(Fact(.record(participant, .deviationOpened(deviation))))
    }
  }
}

extension Situation {
  /// What entries that are saved settle in other forms: queries of checks that find nothing any more, answers that are not missing
  /// any more. Of the forms that wait for something alone; what is newly found in the others `casebook check` asks.
  func settledElsewhere(by saves: [FormSave], after facts: [Fact]) -> [Fact] {
    let own = Dictionary(grouping: saves, by: \.participant).mapValues { Set($0.map(\.form)) }
    return own.sorted { $0.key < $1.key }.flatMap { id, saved in settled(of: id, besides: saved, after: facts) }
  }

  /// The same for whatever else brings new data of a participant, and for the forms besides those that are saved.
  func settled(of id: ParticipantID, besides saved: Set<FormKey> = [], after facts: [Fact]) -> [Fact] {
    guard let after = participant(id, after: facts) else { return [] }
    let waiting = after.casebook.unsettled.subtracting(saved)
      .filter { form in !after.casebook.locked.contains { $0.covers(form) } }
    var draft = CasebookDraft(of: after, in: self)
    for form in waiting.sorted() {
      if let picture = forms[id]?[form] { draft.follow(picture, of: form) }
    }
    return draft.facts
  }

  /// Refuses a change of a form that is frozen or locked.
  func requireChangeable(_ form: FormKey, in participant: ParticipantState) throws(Refusal) {
    if let scope = participant.casebook.locked.sorted().first(where: { $0.covers(form) }) {
      throw Refusal(
        "locked", because: "\(form) is locked (\(scope)).",
        remedy: "A data manager unlocks it, with the reason; the principal investigator is told.")
    }
    if let scope = participant.casebook.frozen.sorted().first(where: { $0.covers(form) }) {
      throw Refusal(
        "frozen", because: "\(form) is frozen (\(scope)).", remedy: "A data manager releases it, with the reason.")
    }
  }
}

extension ParticipantState {
  /// What new data lead to on the participant's way: screening begins with the first after consent; data that speak
  /// against the eligibility decision question it.
  func afterData(in situation: Situation) throws(Refusal) -> [Fact] {
    var facts: [Fact] = []
    if situation.isConsentInForce(way), way.screeningRound == 0 {
      facts.append(Fact(.way(id, .screeningStarted(round: 1))))
    }
    return facts + questioned(by: "entered", in: situation)
  }

  /// The question that new data raise where they would have changed the eligibility decision.
  func questioned(by how: String, in situation: Situation) -> [Fact] {
    guard isFoundEligible, !way.isEligibilityQuestioned, let reviewed = situation.pictures[id]?.reviewed,
      reviewed.verdict != .eligible
    else { return [] }
    let changed = reviewed.criteria.filter { $0.outcome != .pass }.map { "\($0.id): \($0.outcome.rawValue)" }
    let reason =
      "With data \(how) since, the verdict of that day is no longer eligible. " + changed.joined(separator: ", ")
    return EligibilityQuestion(reason: reason, assessment: reviewed).facts(on: self, in: situation)
  }
}
