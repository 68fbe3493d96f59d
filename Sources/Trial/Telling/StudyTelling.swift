import ClinicalValues

extension EventTelling {
  /// What an event of the whole study tells.
  func told(_ event: StudyEvent) -> Told {
    switch event {
    case .founded(let study, let synthetic):
      return Told("the record of study \(study) was begun" + (synthetic ? "; everybody in it is invented" : ""))
    case .slotAllotted(let participant): return Told("a slot was allotted to participant \(participant)")
    case .slotFreed(let participant):
      return Told("the slot of participant \(participant), who left before any infusion, came free")
    case .infusionBegun(let participant): return Told("the infusion of participant \(participant) was begun")
    case .infusionTimeCorrected(let participant, let begun):
      return Told("corrected: the infusion of participant \(participant) was begun on \(Say.clockTime(begun))")
    case .opened(let scope): return Told("\(scope.words(vocabulary)) was opened for enrollment")
    case .closed(let scope): return Told("\(scope.words(vocabulary)) was closed for enrollment")
    case .configurationTested(let version, let digest, let report, let tests):
      return Told(
        "the configuration test of protocol version \(version) was passed: \(Say.counted(tests, "test"))",
        detail: ["version: SHA-256 \(digest)", "report: SHA-256 \(report)"])
    case .protocolPutInForce(let version, let digest, let from, let appliesTo):
      let whom: String
      switch appliesTo {
      case .notYetEnrolled: whom = "those not yet enrolled and those registered later"
      case .all: whom = "all participants"
      }
      return Told(
        "protocol version \(version) comes into force on \(Say.clockTime(from)) for \(whom)",
        detail: ["version: SHA-256 \(digest)"])
    case .provisionalAdopted(let items, let digest):
      return Told(
        "\(Say.counted(items.count, "provisional item")) of the protocol adopted as they stand",
        detail: items + ["version: SHA-256 \(digest)"])
    case .provisionalChanged(let item, let change, let former, let digest):
      return Told(
        "provisional item \(item) of the protocol was changed: \(Say.quoted(change))",
        detail: ["former version: SHA-256 \(former)", "version: SHA-256 \(digest)"])
    case .holdSet(let hold): return told(hold)
    case .holdLiftDecided(let hold, let ballot):
      return Told(
        "the safety board decided that hold \(hold) may fall; it stands until the safety officer accepts. "
          + votes(ballot), detail: detail(ballot))
    case .holdLifted(let hold, let approvals):
      return Told(
        "hold \(hold) was lifted" + (approvals.isEmpty ? "" : "; \(Say.counted(approvals.count, "approval")) attached"),
        detail: approvals.map { "approval: SHA-256 \($0)" })
    case .stoppingRuleFired(_, let hold, let basis, let reason):
      return Told("a stopping rule fired; hold \(hold) stands for it. \(reason)", detail: basis)
    case .dltQuestionOpened(let question, let participant, let toxicity, let onset, let about):
      return Told(
        "question \(question) was asked: was the toxicity of participant \(participant) dose-limiting? "
          + "\(Say.uppercasedFirst(toxicity.words)), begun on \(onset). \(Say.quoted(about))")
    case .dltAnswered(let question, let answer):
      return Told("the principal investigator answered question \(question): \(answer.words)")
    case .dltConfirmed(let question):
      return Told("the safety officer confirmed the answer to question \(question), which is settled")
    case .dltDisputed(let question, let answer):
      return Told(
        "the safety officer differs on question \(question) and finds the toxicity \(answer.words). The safety board "
          + "decides")
    case .dltDecided(let question, let answer, let ballot):
      return Told(
        "the safety board settled question \(question): \(answer.words). \(votes(ballot))", detail: detail(ballot))
    case .boardMemberAppointed(let account, let isStatistician):
      return Told(
        "\(vocabulary.person(account)) became a member of the safety board"
          + (isStatistician ? ", as statistician" : ""))
    case .boardMemberReleased(let account): return Told("\(vocabulary.person(account)) left the safety board")
    case .boardReviewed(let decision, let changes, let through, let report, let ballot):
      return Told(
        "the safety board reviewed the study with \(Say.counted(through, "participant")) through the dose-limiting window: "
          + decision.words + (changes.map { " (\(Say.quoted($0)))" } ?? "") + ". \(votes(ballot))",
        detail: ["report: SHA-256 \(report)"] + detail(ballot))
    case .boardDecidedOnParticipant(let participant, let goesOn, let ballot):
      return Told(
        "the safety board decided that participant \(participant) \(goesOn ? "goes on" : "does not go on") to the "
          + "infusion. \(votes(ballot))", detail: detail(ballot))
    case .exported(let what, let events, let digest):
      return Told("\(what.words) was exported, through event \(events)", detail: ["export: SHA-256 \(digest)"])
    case .enteredLate(let late): return told(late)
    case .clockSetRight(let ahead, let reason):
      return Told(
        "the clock of the server was ahead until \(Say.clockTime(ahead)), and was set right: \(Say.quoted(reason))")
    }
  }

  /// That something was entered later than it happened, from where and why.
  func told(_ late: LateEntry) -> Told {
    Told(
      "entered later than it happened (\(late.command)), from: \(Say.quoted(late.entry.source)); why later: "
        + "\(Say.quoted(late.entry.reason))" + (late.entry.downtime ? "; entered by two people after a downtime" : ""))
  }

  private func told(_ hold: Hold) -> Told {
    let what = Say.listed(hold.activities.map(\.rawValue))
    let places = [hold.site.map { vocabulary.site($0) }, hold.cohort.map { "cohort \(vocabulary.cohort($0))" }]
      .compactMap { $0 }
    let scope = places.isEmpty ? "the whole study" : Say.listed(places)
    let rule = hold.rule.map { rule in hold.reason == rule.sentence ? "" : " Rule: \(rule.sentence)" } ?? ""
    return Told(
      "\(hold.kind.rawValue) hold \(hold.number) was set on \(what), in \(scope): \(Say.quoted(hold.reason)).\(rule)")
  }

  /// How a board voted, in a sentence without its full stop.
  private func votes(_ ballot: Ballot) -> String {
    let counts = [
      "\(ballot.inFavor.count) in favor", ballot.against.isEmpty ? nil : "\(ballot.against.count) against",
      ballot.abstained.isEmpty ? nil : "\(ballot.abstained.count) abstained",
    ]
    return "Votes: " + counts.compactMap { $0 }.joined(separator: ", ")
  }

  private func detail(_ ballot: Ballot) -> [String] {
    let votes = [("in favor", ballot.inFavor), ("against", ballot.against), ("abstained", ballot.abstained)]
    return votes.filter { !$0.1.isEmpty }.map { "\($0.0): \(vocabulary.persons($0.1))" }
      + ballot.interests.map { "interest declared by \(vocabulary.person($0.account)): \($0.interest)" }
      + ["minutes: SHA-256 \(ballot.minutes)"]
  }
}
