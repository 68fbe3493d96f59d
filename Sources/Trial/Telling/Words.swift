import StudyDesign

// What the values of enumerations are called in a sentence. Each switch is whole, so that a new value gets its words.

extension CriterionOutcome {
  var words: String {
    switch self {
    case .pass: "passed"
    case .fail: "failed"
    case .unknown: "unknown"
    }
  }
}

extension ImportedData.Source {
  var words: String {
    switch self {
    case .hospitalRecord: "the hospital's record"
    case .laboratory: "the laboratory"
    case .device: "a device"
    case .paper: "paper"
    case .participant: "the participant"
    }
  }
}

extension Expectant {
  var words: String {
    switch self {
    case .participant: "the participant"
    case .partner: "the participant's partner"
    }
  }
}

extension IdentityItem {
  var words: String {
    switch self {
    case .name: "name"
    case .birthDate: "birth date"
    case .sexAtBirth: "sex at birth"
    case .contact: "contact"
    case .document: "identity document"
    }
  }
}

extension Departure.Decider {
  var words: String {
    switch self {
    case .participant: "the participant's decision"
    case .investigator: "the investigator's decision"
    case .nobody: "nobody's decision"
    }
  }
}

extension Withdrawal.Scope {
  var words: String {
    switch self {
    case .treatment: "of treatment, before any infusion"
    case .visits: "of visits, while records and vital status may still be used"
    case .everything: "of everything, so that nothing that happens later is recorded"
    }
  }
}

extension Condition {
  var words: String {
    switch self {
    case .intact: "intact"
    case .damaged: "damaged"
    case .unknown: "in unknown condition"
    case .absent: "absent"
    }
  }
}

extension PersonCheckPlace {
  var words: String {
    switch self {
    case .collection: "before the collection"
    case .admission: "at admission"
    }
  }
}

extension PersonCheckItem {
  var words: String {
    switch self {
    case .documentName: "name on the identity document"
    case .documentBirthDate: "date of birth on the identity document"
    case .wristbandNumber: "participant number on the wristband"
    case .wristbandName: "name on the wristband"
    case .wristbandBirthDate: "date of birth on the wristband"
    }
  }
}

extension BedsideItem {
  var words: String {
    switch self {
    case .identity: "chain of identity on the label"
    case .labelParticipant: "participant number on the label"
    case .bag: "bag number on the label"
    case .wristbandParticipant: "participant number on the wristband"
    case .birthDate: "date of birth on the wristband"
    case .said: "what the participant said"
    }
  }
}

extension SaidByParticipant {
  var words: String {
    switch self {
    case .agrees: "the participant said name and date of birth, and they agree"
    case .differs: "what the participant said differs"
    case .unable: "the participant was unable to say name and date of birth"
    }
  }
}

extension Quarantine.Cause {
  var words: String {
    switch self {
    case .identity: "a mix-up of labels or people"
    case .expiry: "its expiry"
    case .temperature: "a temperature outside its limits"
    case .temperatureMissing: "a missing temperature record"
    case .container: "the state of container or seal"
    case .outsideGate: "an act outside the gate"
    case .testResult: "a test result"
    case .byHand: "somebody's own observation"
    case .correctedTime: "a corrected time, by which it keeps longer"
    }
  }
}

extension BagEnd {
  /// What became of the bag, in words: `infused in part`.
  public var words: String {
    switch self {
    case .infused: "infused"
    case .infusedInPart: "infused in part"
    case .destroyed: "destroyed"
    case .retained: "retained"
    case .returned: "returned"
    case .lost: "lost"
    }
  }
}

extension Disposition {
  var words: String {
    switch self {
    case .fitForUse: "fit for use"
    case .unusable: "not to be used"
    }
  }
}

extension ExportedThing {
  var words: String {
    switch self {
    case .ledger: "the ledger"
    case .screeningLog: "the screening log"
    case .safetyReport: "the safety report"
    }
  }
}

extension OutsideGateAct {
  var words: String {
    switch self {
    case .leukapheresis: "a leukapheresis"
    case .lymphodepletionDose: "a dose of lymphodepletion"
    case .thaw(let bag): "thawing of bag \(bag)"
    case .infusion(let bag): "infusion of bag \(bag)"
    case .resumption(let bag): "resumption of the infusion of bag \(bag)"
    }
  }
}

extension QualifyingToxicity {
  var words: String {
    switch self {
    case .crs: "cytokine release syndrome"
    case .icans: "neurotoxicity (ICANS)"
    case .infection: "infection"
    case .death: "death"
    case .cytopenia: "cytopenia"
    case .other: "another toxicity"
    }
  }
}

extension DLTAnswer {
  var words: String {
    let lasted = lastedDays.map { ", having lasted \(Say.counted($0, "day"))" } ?? ""
    switch basis {
    case .meetsDefinition: return "dose-limiting: it meets the protocol's definition" + lasted
    case .belowThreshold: return "not dose-limiting: grade or duration is below the definition" + lasted
    case .unrelated: return "not dose-limiting: not related to the product" + lasted
    case .outsideWindow: return "not dose-limiting: it did not begin within the window" + lasted
    case .expectedOnTarget: return "not dose-limiting: what the therapy is meant to do" + lasted
    }
  }
}

extension BoardDecision {
  var words: String {
    switch self {
    case .goOn: "the study goes on"
    case .goOnWithChanges: "the study goes on with changes"
    case .hold: "the study is to be held"
    case .stop: "the study is to stop"
    }
  }
}

extension DeviationKind {
  var words: String {
    switch self {
    case .window: "window of a visit"
    case .missedActivity: "missed activity"
    case .lateReport: "late report"
    case .identity: "chain of identity"
    case .expiry: "expiry"
    case .temperature: "temperature"
    case .container: "container or seal"
    case .labels: "labels"
    case .release: "release"
    case .outsideGate: "outside the gate"
    case .medication: "medication"
    case .eligibility: "eligibility"
    case .consent: "consent"
    case .other: "other"
    }
  }
}

extension ConsentForm.SignedAnewBy {
  var words: String? {
    switch self {
    case .nobody: nil
    case .notYetInfused: "those not yet infused"
    case .all: "all participants"
    case .inFollowUp: "those in follow-up"
    }
  }
}

extension IdentityCheck {
  var words: String {
    switch self {
    case .document: "by an identity document"
    case .employer: "by the employer's written word"
    case .acquaintance: "by somebody who knows the person"
    }
  }
}

extension AuthenticationFailure {
  var words: String {
    switch self {
    case .unknownAccount: "there is no such account"
    case .noPassword: "the account has no password"
    case .wrongPassword: "wrong password"
    case .secondFactorMissing: "no second factor was shown"
    case .wrongSecondFactor: "wrong second factor"
    case .locked: "the account was locked"
    case .notEnabled: "the account was not enabled"
    case .notLinked: "no account is linked to that sign-in at the provider"
    }
  }
}

extension StudyScope {
  func words(_ vocabulary: Vocabulary) -> String {
    switch self {
    case .study: "the study"
    case .site(let site): vocabulary.site(site)
    case .cohort(let cohort): "cohort \(vocabulary.cohort(cohort))"
    }
  }
}

extension Material {
  /// With what it is: `Bag 03-0007-L1-B2-X`.
  var words: String {
    switch self {
    case .collection: "collection \(self)"
    case .lot: "lot \(self)"
    case .bag: "bag \(self)"
    }
  }
}
