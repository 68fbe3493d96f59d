import ClinicalValues

extension WayState {
  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<WayEvent>) {
    let happened = recorded.happened
    switch recorded.event {
    case .registered(let site, let cohort):
      self.site = site
      self.cohort = cohort
      registered = happened
    case .consented(let consent):
      consents.append(SignedConsent(version: consent.version, site: consent.site, signed: happened))
    case .screeningStarted, .foundEligible, .screeningFailed, .eligibilityQuestioned, .enrolled:
      applyScreening(recorded)
    case .dayZeroBooked, .recheckSigned, .rechecksQuestioned, .lymphodepletionOrdered, .infusionOrdered,
      .readinessConfirmed,
      .lymphodepletionGiven, .lymphodepletionEnded, .infusionDelayJustified:
      applyTreatment(recorded)
    case .visitRecorded, .contactAttempted, .left, .returned, .died:
      applyFollowUp(recorded)
    case .capacityLost: lacksCapacity = true
    case .capacityRegained: lacksCapacity = false
    case .pregnancyReported(let who): pregnancies.insert(who)
    case .pregnancyEnded(let who, _):
      pregnancies.remove(who)
      endedPregnancies[who, default: 0] += 1
    case .siteChanged(let site): self.site = site
    case .bridgingRecorded(let treatment, let listed):
      if !listed { unlistedBridging.insert(treatment) }
    // A correction is applied to the entries that the state is folded from, one of the identity to the checks of the person
    // (`ParticipantState.apply`).
    case .dataImported, .enteredLate, .corrected, .identityCorrected: break
    }
  }

  private mutating func applyScreening(_ recorded: Recorded<WayEvent>) {
    switch recorded.event {
    case .screeningStarted(let round):
      screeningRound = round
      screeningStarted = recorded.happened
      assessedAnewSince = screeningFailed ?? 0
      eligibility = nil
      isEligibilityQuestioned = false
    case .foundEligible(let decision):
      // One that was signed before the question was raised does not answer it.
      if !recorded.happenedBefore(eligibilityQuestioned) { isEligibilityQuestioned = false }
      // A decision made anew on somebody enrolled confirms the first, it does not replace its date and criteria.
      guard enrolled == nil else { return }
      cohort = decision.cohort
      eligibility = .eligible(
        signed: recorded.happened, validThrough: decision.validThrough, version: decision.assessment.protocolVersion)
    case .screeningFailed:
      eligibility = .failed(decided: recorded.happened)
      screeningFailed = recorded.position
      isEligibilityQuestioned = false
    case .eligibilityQuestioned:
      // A failure that is questioned does not stand: screening goes on in its round until an investigator has decided anew.
      if case .failed = eligibility { eligibility = nil }
      isEligibilityQuestioned = true
      eligibilityQuestioned = recorded.happened
    case .enrolled(let cohort, _):
      self.cohort = cohort
      enrolled = recorded.happened
    default: break
    }
  }

  private mutating func applyTreatment(_ recorded: Recorded<WayEvent>) {
    let happened = recorded.happened
    switch recorded.event {
    case .dayZeroBooked(let day):
      bookedDayZero = day
      readiness = readiness.filter { !$0.key.isBooking }
    case .recheckSigned(let recheck):
      guard !recorded.happenedBefore(rechecksQuestioned) else { return }
      // What was found last counts, not what was entered last.
      guard rechecks[recheck.kind].map({ $0.signed <= happened || recorded.cameBefore($0.signed) }) ?? true
      else { return }
      rechecks[recheck.kind] = RecheckStanding(
        outcome: recheck.outcome, signed: happened, coversLongWait: !recheck.longWait.isEmpty)
    case .rechecksQuestioned:
      rechecks = [:]
      rechecksQuestioned = happened
    case .lymphodepletionOrdered(let order): lymphodepletionOrder = order
    case .infusionOrdered(let order): infusionOrder = order
    case .readinessConfirmed(let item, let site, let doses):
      guard readiness[item].map({ $0.confirmed <= happened || recorded.cameBefore($0.confirmed) }) ?? true
      else { return }
      readiness[item] = Confirmation(confirmed: happened, site: site, doses: doses)
    case .lymphodepletionGiven(let dose):
      if dose.number == 1 { beginRound(dose.round, at: happened) }
      lymphodepletionDoses.append(happened)
      infusable = dose.infusable
    case .lymphodepletionEnded: lymphodepletionEnded = happened
    case .infusionDelayJustified: isDelayJustified = true
    default: break
    }
  }

  /// A round begins: what was ordered, arranged and said for the one before counts no more.
  private mutating func beginRound(_ round: Int, at moment: Moment) {
    lymphodepletionRounds = round
    firstLymphodepletion = firstLymphodepletion ?? moment
    lymphodepletionDoses = []
    lymphodepletionEnded = nil
    isDelayJustified = false
    infusionOrder = nil
    readiness = readiness.filter { !$0.key.isBooking }
  }

  private mutating func applyFollowUp(_ recorded: Recorded<WayEvent>) {
    let happened = recorded.happened
    switch recorded.event {
    case .visitRecorded(let visit):
      contactAttempts = contactAttempts.filter { $0.day > happened.day }
      if visit.assessed {
        lastAssessment = lastAssessment.map { recorded.cameBefore($0) ? happened : max($0, happened) } ?? happened
      }
      if visit.completes { completed = happened }
    case .contactAttempted(let inWriting):
      contactAttempts.insert(ContactAttempt(day: happened.day, inWriting: inWriting))
    case .left(let departure):
      left = happened
      self.departure = departure
    case .returned:
      left = nil
      departure = nil
      contactAttempts = []
    case .died: died = happened
    default: break
    }
  }
}

extension Recorded {
  /// Whether the ledger took this before a time that is on record already: that time is by a clock that was ahead.
  fileprivate func cameBefore(_ earlier: Moment) -> Bool { recorded < earlier.instant }

  /// Whether it is of before what was raised against its like, by a clock that was right.
  fileprivate func happenedBefore(_ question: Moment?) -> Bool {
    question.map { happened < $0 && !cameBefore($0) } ?? false
  }
}
