public import Ledger
public import StudyDesign

/// What was recorded in a participant's casebook, and about it.
///
/// Queries of a participant are numbered from 1 in the order in which they were raised. When, who and why an act was
/// late stand in the envelope.
public enum CasebookEvent: Sendable, Hashable, Codable {
  /// Items of a form were answered or corrected; only those that changed. `source` where it is not the form's own.
  case saved(form: FormKey, entries: [Entry], source: SourceOfData?, reason: String?)
  /// What the form's rules say of it as it now stands: required items that lack an answer, answered items that are not
  /// asked any more, and the calculated items that changed.
  case assessed(form: FormKey, missing: [String], unasked: [String], calculated: [Entry])
  /// The form was not done, and why.
  case markedNotDone(form: FormKey, reason: String)
  /// Somebody, or a check, asks about a form.
  case queryRaised(query: RaisedQuery)
  /// Somebody of the site answered.
  case queryAnswered(query: Int, text: String)
  /// Somebody is content.
  case queryClosed(query: Int, text: String)
  /// Somebody is not content after all, or with the answer.
  case queryReopened(query: Int, text: String)
  /// It should not have been raised.
  case queryCancelled(query: Int, text: String)
  /// The check that raised it finds nothing any more.
  case queryMended(query: Int)
  /// The check that raised it finds the same again.
  case queryRecurred(query: Int)
  /// Items were compared with their source, named, and found to be the same.
  case verified(form: FormKey, items: [String], source: String)
  /// Items that were verified have changed since.
  case verificationTakenBack(form: FormKey, items: [String])
  /// Somebody signed what a form, or the casebook, held then.
  case signed(scope: CasebookScope, content: Digest)
  /// A form under that signature has changed since.
  case signatureTakenBack(scope: CasebookScope, form: FormKey)
  /// The site changes it no more, until it is released.
  case frozen(scope: CasebookScope)
  /// The site may change it again.
  case unfrozen(scope: CasebookScope, reason: String)
  /// Nobody changes it any more, until it is unlocked.
  case locked(scope: CasebookScope)
  /// It may be changed again; the principal investigator is to be told.
  case unlocked(scope: CasebookScope, reason: String)
  /// The principal investigator has seen that it was unlocked, and why.
  case unlockSeen(scope: CasebookScope)
}

/// A question about recorded data.
public struct RaisedQuery: Sendable, Hashable, Codable {
  /// The form that it is about.
  public let form: FormKey
  /// The items that it is about; it stands at the first, at the form where there is none.
  public let items: [String]
  /// The check that raised it; nil where a person did.
  public let check: String?
  /// What is asked.
  public let text: String

  /// A question about items of a form.
  public init(form: FormKey, items: [String] = [], check: String? = nil, text: String) {
    self.form = form
    self.items = items
    self.check = check
    self.text = text
  }
}
