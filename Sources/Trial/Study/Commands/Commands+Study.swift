import ClinicalValues

extension Commands {
  /// The commands of the study and its sites.
  static let study: [any TrialCommand.Type] = [
    AddSite.self, PutConsentInForce.self,
    SignConfigurationTest.self, PutProtocolInForce.self, AdoptProvisional.self, ChangeProvisional.self,
    OpenForEnrollment.self, CloseForEnrollment.self,
    SetHold.self, LiftOperationalHold.self, AcceptLift.self,
    OpenDLTQuestion.self, AnswerDLTQuestion.self, ConfirmDLTAnswer.self, DisputeDLTAnswer.self,
    AppointBoardMember.self, ReleaseBoardMember.self, ReviewAsBoard.self, DecideLift.self,
    DecideOnParticipant.self, DecideDLTQuestion.self,
  ]
}

/// A text that says something, without blanks around it; refuses one that is empty.
func required(_ text: String, _ what: String) throws(Refusal) -> String {
  let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  guard !words.isEmpty else {
    throw Refusal("words-missing", because: "Nothing was given as \(what).", remedy: "Say it in your own words.")
  }
  return words
}

extension Situation {
  /// Refuses a site that is not part of the study.
  func requireSite(_ site: SiteID) throws(Refusal) {
    guard state.sites[site] != nil else {
      throw Refusal("unknown-site", because: "There is no site \(site).", remedy: "Check the number, or add the site.")
    }
  }

  /// Refuses an act that is said to have happened before what it answers.
  func requireNotBefore(_ moment: Moment, _ what: String) throws(Refusal) {
    guard moment <= happened else {
      throw Refusal(
        "before-its-cause", because: "\(what) was not before \(moment); this is said to have happened at \(happened).",
        remedy: "Give the time at which it happened.")
    }
  }

  /// Refuses a cohort that the protocol does not have.
  func requireCohort(_ cohort: String) throws(Refusal) {
    guard protocolVersion.cohorts.contains(cohort) else {
      throw Refusal(
        "unknown-cohort", because: "Protocol \(protocolVersion.version) has no cohort '\(cohort)'.",
        remedy: "It has: \(protocolVersion.cohorts.joined(separator: ", ")).")
    }
  }
}
