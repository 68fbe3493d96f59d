import StudyDesign

extension EventTelling {
  /// What an event of the casebook tells.
  func told(_ event: CasebookEvent) -> Told {
    switch event {
    case .saved(let form, let entries, let source, let reason):
      return Told(
        "\(vocabulary.form(form)): \(Say.counted(entries.count, "answer")) entered"
          + (source.map { " from \($0.words)" } ?? "") + (reason.map { ". \(Say.quoted($0))" } ?? ""),
        detail: entries.map { answered($0, in: form) })
    case .assessed(let form, let missing, let unasked, let calculated):
      let state = missing.isEmpty ? "nothing required is missing" : "\(Say.counted(missing.count, "answer")) missing"
      return Told(
        "\(vocabulary.form(form)) was assessed: \(state)",
        detail: missing.map { "missing: \(vocabulary.item($0, in: form))" }
          + unasked.map { "not asked any more: \(vocabulary.item($0, in: form))" }
          + calculated.map { "calculated: \(answered($0, in: form))" })
    case .markedNotDone(let form, let reason):
      return Told("\(vocabulary.form(form)) was not done. \(Say.quoted(reason))")
    case .queryRaised(let query):
      return Told(
        "\(query.check == nil ? "a query was raised" : "a check raised a query") about \(vocabulary.form(query.form)). "
          + Say.quoted(query.text), detail: query.items.map { vocabulary.item($0, in: query.form) })
    case .queryAnswered(let query, let text): return Told("query \(query) was answered. \(Say.quoted(text))")
    case .queryClosed(let query, let text): return Told("query \(query) was closed. \(Say.quoted(text))")
    case .queryReopened(let query, let text): return Told("query \(query) was opened again. \(Say.quoted(text))")
    case .queryCancelled(let query, let text): return Told("query \(query) was cancelled. \(Say.quoted(text))")
    case .queryMended(let query): return Told("query \(query) closed, as its check finds nothing any more")
    case .queryRecurred(let query): return Told("query \(query) opened again, as its check finds the same")
    case .verified(let form, let items, let source):
      return Told(
        "\(vocabulary.form(form)): \(Say.counted(items.count, "answer")) compared with the source and found the same. "
          + Say.quoted(source), detail: items.map { vocabulary.item($0, in: form) })
    case .verificationTakenBack(let form, let items):
      return Told(
        "\(vocabulary.form(form)): \(Say.counted(items.count, "answer")) changed since the source was seen",
        detail: items.map { vocabulary.item($0, in: form) })
    case .signed(let scope, let content):
      return Told("\(vocabulary.scope(scope)) was signed", detail: ["content: SHA-256 \(content)"])
    case .signatureTakenBack(let scope, let form):
      return Told("\(vocabulary.scope(scope)) is signed no more: \(vocabulary.form(form)) has changed")
    case .frozen(let scope): return Told("\(vocabulary.scope(scope)) was frozen")
    case .unfrozen(let scope, let reason):
      return Told("\(vocabulary.scope(scope)) was released. \(Say.quoted(reason))")
    case .locked(let scope): return Told("\(vocabulary.scope(scope)) was locked")
    case .unlocked(let scope, let reason):
      return Told("\(vocabulary.scope(scope)) was unlocked. \(Say.quoted(reason))")
    case .unlockSeen(let scope):
      return Told("the principal investigator has seen that \(vocabulary.scope(scope)) was unlocked")
    }
  }

  /// What an event of laboratories tells.
  func told(_ event: LaboratoryEvent) -> Told {
    switch event {
    case .rangesImported(let file, let ranges):
      return Told(
        "\(Say.counted(ranges.count, "normal range")) of laboratories taken over", detail: ["file: SHA-256 \(file)"])
    }
  }

  private func answered(_ entry: Entry, in form: FormKey) -> String {
    "\(vocabulary.item(entry.item, in: form)): \(entry.answer)"
  }
}

extension Vocabulary {
  /// A form with its visit and, where there are several, its row.
  func form(_ key: FormKey) -> String {
    let title = forms[key.form]?.title ?? Say.inWords(key.form)
    let row = key.row > 1 ? ", row \(key.row)" : ""
    let visit = key.number > 1 ? "\(key.visit) (\(key.number))" : key.visit
    let isAtVisit = key.visit != FormKey.log && key.visit != FormKey.once
    return "form “\(title)”" + (isAtVisit ? " of visit \(visit)" : "") + row
  }

  /// The words of an item.
  func item(_ id: String, in form: FormKey) -> String {
    (forms[form.form]?.item(id)?.label).map { "\($0) (\(id))" } ?? id
  }

  /// What is signed, frozen or locked.
  func scope(_ scope: CasebookScope) -> String {
    switch scope {
    case .casebook: "the casebook"
    case .visit(FormKey.log, _): "every list"
    case .visit(FormKey.once, _): "every form that is filled in once"
    case .visit(let visit, let number): "visit \(visit)" + (number > 1 ? " (\(number))" : "")
    case .form(let key): form(key)
    }
  }
}

extension SourceOfData {
  fileprivate var words: String {
    switch self {
    case .thisSystem: "this system"
    case .hospitalRecord: "the hospital’s record"
    case .laboratory: "a laboratory"
    case .device: "a device"
    case .paper: "paper"
    case .participant: "the participant"
    }
  }
}
