import ClinicalValues
import Ledger

/// What was recorded of a participant's way and cells, oldest first, as corrections have left it.
///
/// The state is folded from these entries anew when one of them is corrected: everything that followed from it follows from
/// what it says now. A list shares its beginning with those that it came of, so that adding to one costs the same however
/// long it is. What leaves no trace in the state, and is never corrected, is not among them.
public struct Entries: Sendable {
  /// An entry, and all before it.
  private final class Node: Sendable {
    let entry: Recorded<TrialEvent>
    let before: Node?

    init(_ entry: Recorded<TrialEvent>, after before: Node?) {
      self.entry = entry
      self.before = before
    }
  }

  private var last: Node?
  /// How many there are.
  public private(set) var count = 0

  /// Nothing is recorded.
  public init() {}

  init(_ entries: [Recorded<TrialEvent>]) { for entry in entries { append(entry) } }

  /// One more.
  mutating func append(_ entry: Recorded<TrialEvent>) {
    switch entry.event {
    case .way(_, .bridgingRecorded(_, listed: true)), .way(_, .enteredLate): return
    default: break
    }
    last = Node(entry, after: last)
    count += 1
  }

  /// All of them, oldest first.
  public var all: [Recorded<TrialEvent>] {
    var entries: [Recorded<TrialEvent>] = []
    entries.reserveCapacity(count)
    var node = last
    while let next = node {
      entries.append(next.entry)
      node = next.before
    }
    return entries.reversed()
  }
}

extension Entries: Hashable {
  /// Whether both hold the same; those that share their entries are not compared one by one.
  public static func == (a: Entries, b: Entries) -> Bool {
    guard a.count == b.count else { return false }
    var (left, right) = (a.last, b.last)
    while let one = left, let other = right, one !== other {
      guard one.entry == other.entry else { return false }
      (left, right) = (one.before, other.before)
    }
    return true
  }

  /// By number and the last of them.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(last?.entry)
  }
}

extension Recorded where Event == TrialEvent {
  /// The same entry as it ought to have been recorded.
  func corrected(_ event: TrialEvent, at moment: Moment) -> Recorded<TrialEvent> {
    Recorded(
      event, happened: moment, recorded: recorded, actor: actor, reason: reason, signatures: signatures,
      position: position)
  }

  /// What happened on the participant's way; nil for an entry of the cells.
  var way: WayEvent? { if case .way(_, let event) = event { event } else { nil } }

  /// What happened to the cells; nil for an entry of the way.
  var product: ProductEvent? { if case .product(_, let event) = event { event } else { nil } }
}
