import ClinicalValues
public import Ledger

/// What a signature under a form, or the casebook, covers: every form with the entries that count, each with its
/// ledger position, and forms that were not done with the reason.
struct CasebookContent: Encodable {
  struct Form: Encodable {
    let form: FormKey
    let notDone: String?
    let missing: [String]
    let entries: [Item]
  }

  struct Item: Encodable {
    let entry: Entry
    let position: Position
  }

  let scope: CasebookScope
  let forms: [Form]
}

extension CasebookState {
  /// The digest of what a form, a visit or the casebook holds now: the one that a signature covers.
  public func content(of scope: CasebookScope) throws -> Digest {
    let held = keys(in: scope).compactMap { key -> CasebookContent.Form? in
      guard let record = forms[key] else { return nil }
      let entries = record.entries.map { entry in
        CasebookContent.Item(entry: entry, position: record.items[entry.item]?.version ?? 0)
      }
      return CasebookContent.Form(form: key, notDone: record.notDone?.reason, missing: record.missing, entries: entries)
    }
    return Digest(of: try CanonicalJSON(encoding: CasebookContent(scope: scope, forms: held)).bytes)
  }
}
