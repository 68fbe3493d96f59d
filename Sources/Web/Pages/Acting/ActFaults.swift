import Conduct
import Trial

/// What is wrong with what was entered, each at its field, in the reader's words.
struct ActFaults {
  /// A fault with the field's label; without a field where the page has none for it.
  let listed: [(field: String?, label: String, words: String)]

  init(_ form: CommandForm, faults: FieldFaults?, refusal: Refusal?, _ words: Words) {
    let known = Set(form.fields.map(\.key) + Circumstances.fields.map(\.key) + [ActTogether.account])
    var listed: [(field: String?, label: String, words: String)] = (faults?.all ?? []).map { fault in
      (
        field: known.contains(fault.member) ? fault.member : nil, label: ActFaults.label(fault.member, words),
        words: words.plain(fault.words)
      )
    }
    if let refusal, let member = ActFaults.member(of: refusal, form) {
      listed.append(
        (field: member, label: ActFaults.label(member, words), words: words.plain(refusal.because)))
    }
    self.listed = listed
  }

  /// What is wrong with a field; nil where nothing is.
  func words(at member: String) -> String? { listed.first { $0.field == member }?.words }

  private static func label(_ member: String, _ words: Words) -> String {
    member == ActTogether.account ? words["Second person"] : words[ActForm.label(member)]
  }

  /// The field that a refusal is about; nil where it is about no single one.
  private static func member(of refusal: Refusal, _ form: CommandForm) -> String? {
    if refusal.id == "two-people" || refusal.id == "with-whom" { return ActTogether.account }
    if refusal.id == "not-yet" || refusal.id == "before-its-cause" { return Circumstances.Key.happened }
    let keys = form.fields.map(\.key)
    return (members[refusal.id] ?? []).first { keys.contains($0) }
  }

  /// By the refusal's id, the first that the form has.
  private static let members: [String: [String]] = [
    "unknown-participant": ["participant"], "unknown-account": ["obtainedBy", "account"],
    "account-exists": ["account"], "account-not-a-person": ["name"], "unknown-site": ["to", "site"],
    "unknown-cohort": ["cohort"], "unknown-visit": ["visit"], "no-such-visit": ["visit"], "unknown-step": ["step"],
    "step-out-of-order": ["step"], "own-command": ["step"],
    "unknown-material": ["material", "collection", "lot", "bag"],
    "read-again": ["label"], "label-count": ["count", "atHand"], "temperature-record": ["least"],
    "volume": ["volumeML"],
    "yield": ["yield"], "unknown-test": ["test"], "not-a-result": ["result"],
    "text-missing": ["reason", "detail", "cause"],
    "reason-missing": ["reason"], "reason-names-person": ["reason"],
    "other-consent-version": ["version"], "version-used": ["version"],
    "not-adult": ["adult"], "copy-not-given": ["copyGiven"], "day-not-bookable": ["day"],
    "last-contact": ["lastContact"], "no-such-hold": ["hold"], "no-such-question": ["question"],
    "no-such-query": ["query"], "no-such-quarantine": ["quarantine"], "no-time-zone": ["zone"],
    "not-next-number": ["material"], "bags-missing": ["bags"], "dose-missing": ["doses"], "dose-unknown": ["doses"],
    "dose-outside-limits": ["doses"], "unknown-agent": ["doses"], "votes-unclear": ["ballot"],
    "interests-missing": ["ballot"], "no-majority": ["ballot"], "no-quorum": ["ballot"],
  ]
}
