import CQL
import ClinicalValues

/// Reads `safety.yaml`: stagger, dose-limiting toxicity, stopping, the board, clocks, grading.
extension PlanReader {
  static let safetyFile = "safety.yaml"

  mutating func safety(_ text: String) -> (SafetyPlan, GradingPlan) {
    let root = file(
      text, PlanReader.safetyFile,
      keys: ["stagger", "doseLimitingToxicity", "stopping", "board", "clocks", "pregnancy", "forms", "grading"])
    let origin = ["source", "provisional"]
    let stagger = section(root, "stagger", keys: ["daysAfterFirst", "daysAfterLater"] + origin)
    let toxicity = section(
      root, "doseLimitingToxicity", keys: ["windowDays", "expectedCytopeniaDays", "answerHours"] + origin)
    let stopping = section(
      root, "stopping", keys: ["rate", "probability", "prior", "fromEvaluable", "events"] + origin)
    let board = section(
      root, "board",
      keys: [
        "members", "statisticians", "quorum", "reviewsAfter", "everyMonths", "afterHoldDays", "onParticipantHours",
      ] + origin)
    let quorum = section(board, "quorum", keys: ["of", "outOf"])
    let clocks = section(root, "clocks", keys: ["list"] + origin)
    let pregnancy = section(root, "pregnancy", keys: ["childFollowUpMonths"] + origin)
    for part in [stagger, toxicity, board, clocks, pregnancy] { self.origin(part) }
    let stoppingRests = self.origin(stopping)
    let plan = SafetyPlan(
      staggerDaysFirst: wholes(stagger, "daysAfterFirst"), staggerDaysLater: whole(stagger, "daysAfterLater", 0...3650),
      doseLimitingWindowDays: whole(toxicity, "windowDays"),
      expectedCytopeniaDays: whole(toxicity, "expectedCytopeniaDays"), dltAnswerHours: whole(toxicity, "answerHours"),
      boardReviewsAfter: wholes(board, "reviewsAfter"), boardMembers: whole(board, "members"),
      boardStatisticians: whole(board, "statisticians", 0...100), boardQuorum: whole(quorum, "of"),
      boardQuorumOf: whole(quorum, "outOf"), boardEveryMonths: whole(board, "everyMonths"),
      boardAfterHoldDays: whole(board, "afterHoldDays"), boardOnParticipantHours: whole(board, "onParticipantHours"),
      stopping: rule(stopping, on: stoppingRests.first), stopEvents: events(stopping), clocks: self.clocks(clocks),
      childFollowUpMonths: whole(pregnancy, "childFollowUpMonths", 0...240),
      forms: root?.node("forms") == nil ? nil : safetyForms(root))
    _ = order(plan.boardQuorum, plan.boardQuorumOf, at: quorum)
    _ = order(plan.boardStatisticians, plan.boardMembers, at: board)
    return (plan, grading(root))
  }

  private mutating func rule(_ fields: Fields?, on provisional: String?) -> StoppingPlan {
    let prior = section(fields, "prior", keys: ["a", "b"])
    let share = Decimal(0)...Decimal(1)
    return StoppingPlan(
      rate: decimal(fields, "rate", share), probability: decimal(fields, "probability", share),
      priorA: decimal(prior, "a"), priorB: decimal(prior, "b"), fromEvaluable: whole(fields, "fromEvaluable"),
      provisional: provisional)
  }

  private mutating func events(_ fields: Fields?) -> [StopEventPlan] {
    items(fields, "events", "stopping rule", keys: ["id", "title", "withinDays"]).map { id, fields in
      StopEventPlan(
        id: id.value, title: text(fields, "title"), withinDays: wholeIfThere(fields, "withinDays", 0...3650))
    }
  }

  private mutating func clocks(_ fields: Fields?) -> [ClockPlan] {
    items(fields, "list", "clock", keys: ["id", "title", "starts", "hours", "days"]).map { id, fields in
      let clock = ClockPlan(
        id: id.value, title: text(fields, "title"), starts: text(fields, "starts"),
        hours: wholeIfThere(fields, "hours"), days: wholeIfThere(fields, "days"))
      if (clock.hours == nil) == (clock.days == nil) {
        problems.append(
          Problem(
            "no-limit", at: id.location, "The clock ‘\(clock.id)’ needs hours or days, and not both.",
            remedy: "Write ‘hours:’ or ‘days:’."))
      }
      return clock
    }
  }
}
