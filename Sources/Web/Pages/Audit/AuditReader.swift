import Conduct
import Ledger
import Trial

/// Reads the ledger backwards for what the reader may read and has asked for.
struct AuditReader {
  let acting: Acting
  let state: TrialState
  let filter: AuditFilter

  /// Events on a page.
  static let size = 50
  /// The most envelopes that are read at once.
  private static let most = 2000

  /// A page of events, and the position from which the next begins; nil where there are no more.
  struct Found {
    var events: [(envelope: Envelope, recorded: Recorded<TrialEvent>)] = []
    var next: Int?
  }

  /// The newest events up to a position. Cost: reads backwards until a page is full.
  func page(of store: any EventStore, upTo last: Int) async throws -> Found {
    var found = Found()
    // Whose acts are told without a name is not found by the name either.
    guard !filter.isOnly(of: acting.hiddenAccounts(in: state)) else { return found }
    var last = last
    // Without a filter a page is full at once; the more is passed over, the more is read at once.
    var chunk = AuditReader.size * 2
    while last > 0 {
      let start = max(0, last - chunk)
      for envelope in try await store.events(after: start, limit: last - start).reversed() where filter.shows(envelope)
      {
        let recorded = try Recorded<TrialEvent>(envelope)
        guard sees(recorded) else { continue }
        guard found.events.count < AuditReader.size else {
          found.next = envelope.position
          return found
        }
        found.events.append((envelope, recorded))
      }
      last = start
      chunk = min(chunk * 2, AuditReader.most)
    }
    return found
  }

  /// Whether the reader may read an event: who reads accounts only, those of accounts; who is of a site, those of the site and of the whole study.
  func sees(_ recorded: Recorded<TrialEvent>) -> Bool {
    switch acting.role.extent(of: .readAudit) {
    case nil: false
    case .accounts: recorded.event.isOfAccounts
    default: recorded.isSeen(by: acting, in: state)
    }
  }
}
