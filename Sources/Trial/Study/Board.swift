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
  /// When the ledger took it, and where it stands there: what was recorded later the board has not seen.
  let place: LedgerPlace
  /// How many participants were through the dose-limiting window, by the record as it stood.
  public let through: Int

  /// When the ledger took it.
  public var recorded: Instant { place.recorded }

  /// Whether it was later than another, also in the ledger, and saw no fewer.
  func sawAll(of other: BoardReview) -> Bool {
    other.held <= held && other.place.isNoLater(than: place) && other.through <= through
  }
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
  /// The last review, by when it was held.
  public var lastReview: BoardReview? { reviews.max { $0.held < $1.held } }

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
  func unseenByBoard(begun: Int, in state: TrialState, plan: SafetyPlan) -> Int? {
    let seen = seenThrough(in: state, plan: plan)
    return plan.boardReviewsAfter.filter { 0 < $0 && $0 <= begun && seen < $0 }.max()
  }

  /// How many participants the board has seen through the dose-limiting window. Of whom a correction shows since that they
  /// were not through it by the review, the board has not seen it, and is asked anew.
  private func seenThrough(in state: TrialState, plan: SafetyPlan) -> Int {
    reviews.map { review in
      min(review.through, infusions.count { state.isSeen($0, by: review, plan: plan) })
    }.max() ?? 0
  }

  private func reviewOfNumbers(in state: TrialState, plan: SafetyPlan, onDay day: Int) -> OwedReview? {
    let through = lastDaysOfWindow(onDay: day, in: state, plan: plan)
    let seen = seenThrough(in: state, plan: plan)
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

extension TrialState {
  /// Whether somebody was through the window by a review, by the record as it stands now: assessed on or after its last day, or
  /// gone. An assessment that was recorded after the review was not before the board.
  fileprivate func isSeen(_ infusion: BegunInfusion, by review: BoardReview, plan: SafetyPlan) -> Bool {
    let last = infusion.begun.day + plan.doseLimitingWindowDays
    guard last <= review.held.day, let participant = participants[infusion.participant] else { return false }
    let here = Moment(review.held.instant, offsetMinutes: infusion.begun.offsetMinutes, zone: infusion.begun.zone)
    return participant.isAssessed(onOrAfter: last, before: review)
      || participant.isGone(by: plan, at: review.held, onDay: max(here.day, review.held.day))
  }
}

extension ParticipantState {
  fileprivate func isAssessed(onOrAfter last: Int, before review: BoardReview) -> Bool {
    entries.all.contains { entry in
      guard case .visitRecorded(let visit) = entry.way, visit.assessed, last <= entry.happened.day else { return false }
      return entry.happened <= review.held && entry.place.isNoLater(than: review.place)
    }
  }

  fileprivate func isGone(by plan: SafetyPlan, at moment: Moment, onDay day: Int) -> Bool {
    if [way.left, way.died].contains(where: { $0.map { $0 <= moment } ?? false }) { return true }
    guard way.died == nil, let death = death(by: plan) else { return false }
    // Of a death whose day no form knows nothing says that it was later.
    return death.earliestDay.map { $0 <= day } ?? true
  }
}
