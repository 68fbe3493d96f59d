// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import Ledger
import StudyDesign

/// Asks about a form or items of it.
public struct RaiseQuery: TrialCommand {
  public static let name = "query raise"
  public static let abstract = "Ask the site about a form or items of it."
  public static let fields = [
    .whom, .form, CommandField("items", "the items that it is about; left out: the form", optional: true),
    CommandField("text", "what is asked"),
  ]
  public static let permission = Permission.queries

  /// Whose form.
  public let participant: ParticipantID
  /// Which form.
  public let form: FormKey
  /// The items that it is about; nil: the form.
  public let items: [String]?
  /// What is asked.
  public let text: String

  public init(participant: ParticipantID, form: FormKey, items: [String]? = nil, text: String) {
    self.participant = participant
    self.form = form
    self.items = items
    self.text = text
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let plan = try situation.casebook.form(of: form)
    _ = try situation.participant(participant)
    try Refusal.requireText(text, "question")
    if let unknown = (items ?? []).first(where: { plan.item($0) == nil }) {
      throw Refusal(
        "unknown-item", because: "\(plan.id) has no item ‘\(unknown)’.", remedy: "The form shows its items.")
    }
    let query = RaisedQuery(form: form, items: items ?? [], text: text)
    return [Fact(.casebook(participant, .queryRaised(query: query)))]
  }
}

/// Answers a query.
public struct AnswerQuery: TrialCommand {
  public static let name = "query answer"
  public static let abstract = "Answer a query."
  public static let fields = queryFields("the answer")
  public static let permission = Permission.answerQueries

  /// Whose query.
  public let participant: ParticipantID
  /// Its number.
  public let query: Int
  /// The answer.
  public let text: String

  public init(participant: ParticipantID, query: Int, text: String) {
    self.participant = participant
    self.query = query
    self.text = text
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.query(query, of: participant, in: [.open, .answered])
    try Refusal.requireText(text, "answer")
    return [Fact(.casebook(participant, .queryAnswered(query: query, text: text)))]
  }
}

/// Closes a query.
public struct CloseQuery: TrialCommand {
  public static let name = "query close"
  public static let abstract = "Close a query: the answer, or the data as they now are, settle it."
  public static let fields = queryFields("why it is settled")
  public static let permission = Permission.queries

  /// Whose query.
  public let participant: ParticipantID
  /// Its number.
  public let query: Int
  /// Why it is settled.
  public let text: String

  public init(participant: ParticipantID, query: Int, text: String) {
    self.participant = participant
    self.query = query
    self.text = text
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.query(query, of: participant, in: [.open, .answered])
    try Refusal.requireText(text, "reason")
    if let answer = state.thread.last(where: { $0.kind == .answered }),
      answer.by.account == situation.actor.account.description
    {
      throw Refusal(
        "own-answer", because: "You answered query \(query) yourself.",
        remedy: "Somebody else decides whether it is settled."
      )
    }
    return [Fact(.casebook(participant, .queryClosed(query: query, text: text)))]
  }
}

/// Opens a query again.
public struct ReopenQuery: TrialCommand {
  public static let name = "query reopen"
  public static let abstract = "Open a query again, or ask again where the answer does not settle it."
  public static let fields = queryFields("what is still asked")
  public static let permission = Permission.queries

  /// Whose query.
  public let participant: ParticipantID
  /// Its number.
  public let query: Int
  /// What is still asked.
  public let text: String

  public init(participant: ParticipantID, query: Int, text: String) {
    self.participant = participant
    self.query = query
    self.text = text
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.query(query, of: participant, in: [.answered, .closed, .cancelled])
    try Refusal.requireText(text, "question")
    return [Fact(.casebook(participant, .queryReopened(query: query, text: text)))]
  }
}

/// Cancels a query that should not have been raised.
public struct CancelQuery: TrialCommand {
  public static let name = "query cancel"
  public static let abstract = "Cancel a query that should not have been raised."
  public static let fields = queryFields("why it should not have been raised")
  public static let permission = Permission.queries

  /// Whose query.
  public let participant: ParticipantID
  /// Its number.
  public let query: Int
  /// Why it should not have been raised.
  public let text: String

  public init(participant: ParticipantID, query: Int, text: String) {
    self.participant = participant
    self.query = query
    self.text = text
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.query(query, of: participant, in: [.open, .answered])
    try Refusal.requireText(text, "reason")
    return [Fact(.casebook(participant, .queryCancelled(query: query, text: text)))]
  }
}

private func queryFields(_ text: String) -> [CommandField] {
  [.whom, CommandField("query", "its number"), CommandField("text", text)]
}

extension Situation {
  /// A query that stands as is needed.
  fileprivate func query(
    _ number: Int, of id: ParticipantID, in allowed: Set<QueryStatus>
  ) throws(Refusal) -> QueryState {
    guard let query = try participant(id).casebook.queries.first(where: { $0.number == number }) else {
      throw Refusal("no-such-query", because: "\(id) has no query \(number).", remedy: "The list shows their numbers.")
    }
    guard allowed.contains(query.status) else {
      throw Refusal(
        "query-status", because: "Query \(number) is \(query.status.rawValue).",
        remedy: query.status.isPending ? "It can be answered, closed or cancelled." : "It can be opened again.")
    }
    return query
  }
}
