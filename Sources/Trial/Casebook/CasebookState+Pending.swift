public import ClinicalValues
public import Ledger

extension CasebookState {
  /// The casebook as it would stand with entries that are about to be saved, for the rules of forms and criteria to be
  /// asked of; nothing is recorded by it.
  ///
  /// - Parameter failed: where the screening failed that was begun once more since; 0 for none.
  public func with(
    _ save: FormSave, since failed: Position = 0, at happened: Moment, now: Instant
  ) -> CasebookState {
    let changes = save.changes(in: forms[save.form], since: failed)
    guard !changes.isEmpty else { return self }
    var casebook = self
    casebook.apply(
      Recorded(
        .saved(form: save.form, entries: changes, source: save.source, reason: save.reason), happened: happened,
        recorded: now, actor: Actor(account: "", role: ""), position: .max))
    return casebook
  }

  /// The forms of which data of another form may settle something: a check's query waits, an answer is missing, or one is not asked
  /// any more.
  public var unsettled: Set<FormKey> {
    Set(queries.filter { $0.status.isPending && $0.query.check != nil }.map(\.query.form))
      .union(forms.filter { !$0.value.missing.isEmpty || !$0.value.unasked.isEmpty }.keys)
  }
}
