public import ClinicalValues
public import Ledger

/// Where a query stands.
public enum QueryStatus: String, Sendable, Hashable, Codable, CaseIterable {
  case open, answered, closed, cancelled

  /// Whether somebody still has to do something.
  public var isPending: Bool { self == .open || self == .answered }
}

/// A query with its thread.
public struct QueryState: Sendable, Hashable {
  /// Its number in the participant's casebook, from 1.
  public let number: Int
  /// What was asked.
  public let query: RaisedQuery
  /// Where it stands.
  public internal(set) var status = QueryStatus.open
  /// What was said and done, oldest first; the question is the first turn.
  public internal(set) var thread: [QueryTurn]
  /// The position at which a person closed or cancelled it; nil where it is pending, or its check found nothing more.
  public internal(set) var settled: Position?

  /// When it was raised.
  public var raised: Moment? { thread.first?.at }
}

/// A turn in a query's thread.
public struct QueryTurn: Sendable, Hashable {
  /// What was done.
  public enum Kind: String, Sendable, Hashable, Codable {
    case raised, answered, closed, reopened, cancelled, mended, recurred
  }

  /// What was done.
  public let kind: Kind
  /// What was said; nil where nothing was.
  public let text: String?
  /// Who did it; for what a check does, by whose entry.
  public let by: Actor
  /// When.
  public let at: Moment
  /// The ledger position.
  public let position: Position
}

extension QueryState {
  /// A query as it was raised.
  init(number: Int, _ query: RaisedQuery, _ recorded: Recorded<CasebookEvent>) {
    self.number = number
    self.query = query
    thread = [
      QueryTurn(
        kind: .raised, text: query.text, by: recorded.actor, at: recorded.happened, position: recorded.position)
    ]
  }

  /// The state after one more turn.
  mutating func turn(_ kind: QueryTurn.Kind, _ text: String?, _ recorded: Recorded<CasebookEvent>) {
    thread.append(
      QueryTurn(kind: kind, text: text, by: recorded.actor, at: recorded.happened, position: recorded.position))
    switch kind {
    case .raised, .reopened, .recurred: (status, settled) = (.open, nil)
    case .answered: status = .answered
    case .closed: (status, settled) = (.closed, recorded.position)
    case .cancelled: (status, settled) = (.cancelled, recorded.position)
    case .mended: (status, settled) = (.closed, nil)
    }
  }
}
