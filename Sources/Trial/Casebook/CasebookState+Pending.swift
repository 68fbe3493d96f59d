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
}
