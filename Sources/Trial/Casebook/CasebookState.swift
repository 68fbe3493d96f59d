public import ClinicalValues
public import Ledger

/// A participant's casebook: every form with the history of its items, queries, and the marks beside them.
public struct CasebookState: Sendable, Hashable {
  /// The forms of which something is recorded.
  public private(set) var forms: [FormKey: FormRecord] = [:]
  /// Queries, in the order of their numbers.
  public private(set) var queries: [QueryState] = []
  /// What the site may not change.
  public private(set) var frozen: Set<CasebookScope> = []
  /// What nobody may change.
  public private(set) var locked: Set<CasebookScope> = []
  /// The last signature under each form that was signed, and under the casebook.
  public private(set) var signatures: [CasebookScope: CasebookSignature] = [:]
  /// What was unlocked, since when and why, and the principal investigator has not seen yet.
  public private(set) var unlocksToSee: [CasebookScope: UnlockNotice] = [:]

  /// Nothing is recorded yet.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<CasebookEvent>) {
    switch recorded.event {
    case .saved, .assessed, .markedNotDone: applyData(recorded)
    case .queryRaised, .queryAnswered, .queryClosed, .queryReopened, .queryCancelled, .queryMended, .queryRecurred:
      applyQuery(recorded)
    case .verified, .verificationTakenBack, .signed, .signatureTakenBack: applyMarks(recorded)
    case .frozen, .unfrozen, .locked, .unlocked, .unlockSeen: applyLocks(recorded)
    }
  }

  private mutating func applyData(_ recorded: Recorded<CasebookEvent>) {
    switch recorded.event {
    case .saved(let form, let entries, let source, let reason):
      change(form) { record in
        for entry in entries { record.append(entry, recorded, reason: reason, isCalculated: false) }
        record.notDone = nil
        record.source = source
        record.firstSaved = record.firstSaved ?? recorded.happened
        record.lastSaved = recorded.happened
      }
    case .assessed(let form, let missing, let unasked, let calculated):
      change(form) { record in
        for entry in calculated { record.append(entry, recorded, reason: nil, isCalculated: true) }
        record.missing = missing
        record.unasked = unasked
      }
    case .markedNotDone(let form, let reason):
      change(form) { $0.notDone = FormNotDone(reason: reason, by: recorded.actor, at: recorded.happened) }
    default: break
    }
  }

  private mutating func applyQuery(_ recorded: Recorded<CasebookEvent>) {
    switch recorded.event {
    case .queryRaised(let query):
      queries.append(QueryState(number: queries.count + 1, query, recorded))
    case .queryAnswered(let number, let text): turn(number, .answered, text, recorded)
    case .queryClosed(let number, let text): turn(number, .closed, text, recorded)
    case .queryReopened(let number, let text): turn(number, .reopened, text, recorded)
    case .queryCancelled(let number, let text): turn(number, .cancelled, text, recorded)
    case .queryMended(let number): turn(number, .mended, nil, recorded)
    case .queryRecurred(let number): turn(number, .recurred, nil, recorded)
    default: break
    }
  }

  private mutating func applyMarks(_ recorded: Recorded<CasebookEvent>) {
    switch recorded.event {
    case .verified(let form, let items, let source):
      let mark = Verification(by: recorded.actor, at: recorded.happened, source: source)
      change(form) { record in
        for item in items { record.items[item]?.verification = mark }
      }
    case .verificationTakenBack(let form, let items):
      change(form) { record in
        for item in items { record.items[item]?.verification?.isTakenBack = true }
      }
    case .signed(let scope, let content):
      signatures[scope] = CasebookSignature(
        signature: recorded.signatures.first, at: recorded.happened, content: content)
    case .signatureTakenBack(let scope, let form): signatures[scope]?.brokenBy = form
    default: break
    }
  }

  private mutating func applyLocks(_ recorded: Recorded<CasebookEvent>) {
    switch recorded.event {
    case .frozen(let scope): frozen.insert(scope)
    case .unfrozen(let scope, _): frozen.remove(scope)
    case .locked(let scope): locked.insert(scope)
    case .unlocked(let scope, let reason):
      locked.remove(scope)
      unlocksToSee[scope] = UnlockNotice(at: recorded.happened, by: recorded.actor, reason: reason)
    case .unlockSeen(let scope): unlocksToSee[scope] = nil
    default: break
    }
  }

  private mutating func change(_ form: FormKey, _ change: (inout FormRecord) -> Void) {
    change(&forms[form, default: FormRecord()])
  }

  private mutating func turn(
    _ number: Int, _ kind: QueryTurn.Kind, _ text: String?, _ recorded: Recorded<CasebookEvent>
  ) {
    if queries.indices.contains(number - 1) { queries[number - 1].turn(kind, text, recorded) }
  }
}

/// That something was unlocked.
public struct UnlockNotice: Sendable, Hashable {
  /// When.
  public let at: Moment
  /// By whom.
  public let by: Actor
  /// Why.
  public let reason: String
}

extension FormRecord {
  fileprivate mutating func append(
    _ entry: Entry, _ recorded: Recorded<CasebookEvent>, reason: String?, isCalculated: Bool
  ) {
    items[entry.item, default: ItemRecord()].history.append(
      ItemVersion(
        entry: entry, position: recorded.position, happened: recorded.happened, recorded: recorded.recorded,
        by: recorded.actor, reason: reason, isCalculated: isCalculated))
  }
}
