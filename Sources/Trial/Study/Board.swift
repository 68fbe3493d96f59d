public import ClinicalValues
public import Ledger
public import StudyDesign

/// What the safety board decides at a review of the study.
public enum BoardDecision: String, Sendable, Hashable, Codable, CaseIterable {
  case goOn, goOnWithChanges, hold, stop
}

/// What a member of the board declared of interests in what was decided. As text: `b.ito: none`.
public struct DeclaredInterest: Sendable, Hashable, CustomStringConvertible {
  /// The member.
  public let account: AccountID
  /// In the member's words; `none` where there is none.
  public let interest: String

  /// A declaration.
  public init(account: AccountID, interest: String) {
    self.account = account
    self.interest = interest
  }

  /// The declaration that a text writes.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = text.split(separator: ":", maxSplits: 1)
    let words = parts.count == 2 ? parts[1].drop(while: \.isWhitespace) : ""
    guard !words.isEmpty else {
      throw InvalidCode(String(text), expected: "a member and what they declare, such as 'b.ito: none'")
    }
    self.init(account: try AccountID(parts[0]), interest: String(words))
  }

  /// As in `init(_:)`.
  public var description: String { "\(account): \(interest)" }
}

extension DeclaredInterest: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }

/// How the board voted. Those who are named sign the decision, each for themselves.
public struct Ballot: Sendable, Hashable, Codable {
  /// Members for it.
  public let inFavor: [AccountID]
  /// Members against it.
  public let against: [AccountID]
  /// Members who did not vote.
  public let abstained: [AccountID]
  /// What each of them declared.
  public let interests: [DeclaredInterest]
  /// SHA-256 of the minutes.
  public let minutes: Digest

  /// A vote.
  public init(
    inFavor: [AccountID], against: [AccountID] = [], abstained: [AccountID] = [], interests: [DeclaredInterest],
    minutes: Digest
  ) {
    self.inFavor = inFavor
    self.against = against
    self.abstained = abstained
    self.interests = interests
    self.minutes = minutes
  }

  /// Whether more than half of those present are in favor.
  var isCarried: Bool { inFavor.count * 2 > inFavor.count + against.count + abstained.count }
}

/// A review of the study by the board.
public struct BoardReview: Sendable, Hashable {
  /// When it was.
  public let held: Moment
  /// How many participants were through the dose-limiting window.
  public let through: Int
}

/// A review that the board owes.
public struct OwedReview: Sendable, Hashable, Codable {
  /// Why.
  public let reason: String
  /// The day from which it is asked for.
  public let since: CalendarDate
  /// The day from which nobody else is lymphodepleted before it.
  public let bars: CalendarDate
  /// The last day for it; nil where no day is set.
  public let due: CalendarDate?
}

extension StudyState {
  /// The review that the board owes before anybody else is lymphodepleted; nil if none is due.
  public func dueReview(in state: TrialState, plan: SafetyPlan, at moment: Moment) -> String? {
    owedReviews(in: state, plan: plan, at: moment).first { $0.bars.daysSinceEpoch <= moment.day }?.reason
  }

  /// The reviews that are asked of the board at a moment: after the plan's numbers of participants, after each safety
  /// hold, and after so many months, for which it is asked 30 days ahead.
  public func owedReviews(in state: TrialState, plan: SafetyPlan, at moment: Moment) -> [OwedReview] {
    let owed =
      [reviewOfNumbers(in: state, plan: plan, onDay: moment.day)] + reviewsOfHolds(plan) + [periodicReview(plan)]
    return owed.compactMap { $0 }.filter { $0.since.daysSinceEpoch <= moment.day }
  }

  /// The number of participants whom the board must have seen through the dose-limiting window before one more is
  /// lymphodepleted, where so many others have begun; nil where it has.
  ///
  /// The task to review waits until they are through; lymphodepletion waits for both, since nothing on the way after it
  /// asks for the board.
  func unseenByBoard(begun: Int, plan: SafetyPlan) -> Int? {
    plan.boardReviewsAfter.filter { 0 < $0 && $0 <= begun && lastReview?.through ?? 0 < $0 }.max()
  }

  private func reviewOfNumbers(in state: TrialState, plan: SafetyPlan, onDay day: Int) -> OwedReview? {
    let through = lastDaysOfWindow(onDay: day, in: state, plan: plan)
    let seen = lastReview?.through ?? 0
    guard let number = plan.boardReviewsAfter.filter({ seen < $0 && 0 < $0 && $0 <= through.count }).max(),
      let since = CalendarDate(daysSinceEpoch: through[number - 1])
    else { return nil }
    return OwedReview(
      reason: "\(number) participants are through Day \(plan.doseLimitingWindowDays).", since: since, bars: since,
      due: nil)
  }

  private func reviewsOfHolds(_ plan: SafetyPlan) -> [OwedReview?] {
    holdsInForce.filter { $0.hold.kind == .safety && !$0.isReviewed && $0.liftDecided == nil }.map { hold in
      let day = hold.since.date
      return OwedReview(
        reason: "Safety hold \(hold.hold.number) was set on \(day).", since: day, bars: day,
        due: day.adding(plan.boardAfterHoldDays, .day))
    }
  }

  private func periodicReview(_ plan: SafetyPlan) -> OwedReview? {
    guard let start = (lastReview?.held ?? infusions.first?.begun)?.date,
      let due = start.adding(plan.boardEveryMonths, .month), let ahead = due.adding(-30, .day)
    else { return nil }
    let last = lastReview == nil ? "first infusion" : "last review"
    return OwedReview(
      reason: "\(plan.boardEveryMonths) months after the \(last), on \(start), the board reviews again.", since: ahead,
      bars: due, due: due)
  }

  /// Whether the board has signed "go on" for a participant and nothing newer stands against it; whether it may stand
  /// for a gate asks more (`TrialState.boardLetsGoOn(_:at:plan:)`).
  public func boardLetsGoOn(_ participant: ParticipantID) -> Bool { boardWords[participant] == true }
}
