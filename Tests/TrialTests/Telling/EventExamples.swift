import ClinicalValues
import Ledger
import StudyDesign

@testable import Trial

/// One event or more of each case, for tests of how events are told.
enum EventExamples {
  static let moment = known {
    guard let moment = Moment("2026-01-05T09:00:00+01:00[Europe/Berlin]") else {
      throw InvalidCode("", expected: "a moment")
    }
    return moment
  }
  static let date = moment.date
  static let line = GateLine(
    id: "infusion.consent", title: "Consent is in force", value: true,
    evidence: ["version 1.0, 2026-01-05", "hbsAg negative (2026-01-05T09:30:00.000+01:00), urn:tandem:example:1"],
    until: moment.instant)
  static let assessment = AssessmentSummary.example([.pass, .pass, .unknown], asOf: moment)
  static let collection = CollectionNumber(participant: .first, collection: 1)
  static let bag = BagNumber.first
  static let ballot = Ballot(
    inFavor: [.named("board"), .named("board-2")], against: [.named("board-3")],
    interests: [DeclaredInterest(account: .named("board"), interest: "none")], minutes: .example)

  static func step(_ id: String, _ material: Material) -> CustodyStep {
    CustodyStep(
      step: id, material: material, place: "Clean room B",
      temperature: TemperatureRecord(least: Decimal(-150), largest: Decimal(-145)), otherParty: "A. Driver",
      keepsUntil: moment.instant, lastDay: date)
  }

  static let way: [WayEvent] = [
    .registered(site: .berlin, cohort: "sle"), .registered(site: .berlin, cohort: nil),
    .dataImported(data: ImportedData(bundle: .example, resources: 70, source: .hospitalRecord)),
    .consented(
      consent: GivenConsent(
        version: "1.0", site: .berlin, obtainedBy: .named("investigator"), adult: true, copyGiven: true)),
    .screeningStarted(round: 1), .screeningStarted(round: 2),
    .foundEligible(
      decision: EligibilityDecision(
        cohort: "sle", assessment: .example(asOf: moment), validThrough: 20_486, answersQuestion: true)),
    .screeningFailed(failure: ScreenFailure(failing: ["INC-5.1"], reason: "too few", assessment: assessment)),
    .eligibilityQuestioned(question: EligibilityQuestion(reason: "A late result.", assessment: assessment)),
    .enrolled(cohort: "sle", gate: [line]), .dayZeroBooked(day: date),
    .recheckSigned(
      recheck: SignedRecheck(
        kind: .lymphodepletion, outcome: .deferred, assessment: assessment, longWait: assessment.criteria,
        reason: "A cold.")),
    .rechecksQuestioned(reason: "A late result."), .bridgingRecorded(treatment: "hydroxychloroquine", listed: true),
    .bridgingRecorded(treatment: "bloodTransfusion", listed: false),
    .lymphodepletionOrdered(
      order: LymphodepletionOrder(
        round: 1, height: Decimal(170), weight: Decimal(70), bodySurface: Decimal(2), creatinineClearance: Decimal(90),
        agents: [
          OrderedAgent(concept: "fludarabine", perSquareMeter: Decimal(30), percent: 80, daily: Decimal(48))
        ], bags: [bag])),
    .infusionOrdered(order: InfusionOrder(bags: [bag], dosePerKg: Decimal(170_000), weight: Decimal(70))),
    .readinessConfirmed(item: .tocilizumabKept, site: .berlin, doses: 2),
    .lymphodepletionGiven(
      dose: LymphodepletionDose(number: 1, round: 2, infusable: 20_460...20_472, gate: [line], outsideGate: true)),
    .lymphodepletionEnded(reason: "Cystitis."), .infusionDelayJustified(reason: "Fever."),
    .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false)),
    .visitRecorded(visit: RecordedVisit(visit: "unscheduled", assessed: false, completes: true)),
    .contactAttempted(inWriting: true),
    .left(
      departure: Departure(
        reason: .withdrawn, detail: "Moved away.", decidedBy: .participant, lastContact: date,
        withdrawal: Withdrawal(scope: .visits, samples: .kept, cells: .kept))),
    .left(departure: Departure(reason: .neverInfused, detail: "No slot.", decidedBy: .nobody, lastContact: date)),
    .returned, .died(cause: "accident"), .capacityLost(reason: "ICE 2"), .capacityRegained,
    .pregnancyReported(of: .partner), .pregnancyEnded(of: .participant, outcome: "A healthy child."),
    .siteChanged(to: .shanghai), .identityCorrected(items: [.name, .birthDate], reason: "By mistake."),
    .identityCorrected(items: [.sexAtBirth, .document], reason: "By mistake."),
    .identityCorrected(items: [.contact], reason: "Moved away."),
    .enteredLate(
      entry: LateEntry(
        command: RecordVisit.name, entry: EntrySource(source: "The sheet.", reason: "No power.", downtime: true))),
  ]

  static let wayCorrections: [WayCorrection] = {
    let visit = VisitEntry(visit: "D28", held: moment)
    let dose = DoseEntry(round: 2, number: 3, given: moment)
    let unscheduled = RecordedVisit(visit: "unscheduled", assessed: true, completes: false)
    return [
      .visit(was: visit, corrected: nil),
      .visit(was: visit, corrected: CorrectedVisit(visit: unscheduled, held: moment)),
      .death(was: moment, corrected: nil),
      .death(was: moment, corrected: CorrectedDeath(died: moment, cause: "Sepsis.", lastContact: date)),
      .dose(was: dose, corrected: nil),
      .dose(was: dose, corrected: CorrectedDose(given: moment, infusable: 20_460...20_472)),
      .contactAttempt(was: moment, inWriting: true), .pregnancy(of: .partner), .withdrawal(was: moment),
      .consent(
        was: ConsentEntry(version: "1.0", site: .berlin, signed: moment),
        corrected: CorrectedConsent(version: "2.0", signed: moment)), .dataImport(bundle: .example),
    ] + Readiness.allCases.map { .readiness(item: $0) }
  }()

  /// Corrections of every kind, as events of the trial.
  static let corrections: [TrialEvent] =
    wayCorrections.map { .way(.first, .corrected(correction: $0, reason: "Misread.")) }
    + productCorrections.map { .product(.first, .corrected(correction: $0, reason: "Misread.")) }
    + [
      .study(.infusionTimeCorrected(participant: .first, begun: moment)),
      .record(.first, .reportCorrected(clock: 1, to: "the sponsor", submitted: moment, reason: "Misread.")),
      .record(.first, .reportCorrected(clock: 1, to: nil, submitted: nil, reason: "Misread.")),
    ]

  static let productCorrections: [ProductCorrection] = {
    let later = Moment(moment.instant.adding(minutes: 20), offsetMinutes: moment.offsetMinutes, zone: moment.zone)
    func infusion(_ started: Moment, _ stopped: Moment?, _ volume: Decimal) -> BagInfusion {
      BagInfusion(
        started: started, outsideGate: false,
        end: stopped.map { .init(stopped: $0, volumeML: volume, whole: volume == 40, dosePerKg: volume * 4_000) })
    }
    return [
      .infusion(bag: bag, was: infusion(moment, later, 40), corrected: infusion(later, moment, 20)),
      .infusion(bag: bag, was: infusion(moment, nil, 0), corrected: infusion(later, nil, 0)),
      .fill(
        bag: bag, was: BagContents(volumeML: 40, cells: 11_400_000),
        corrected: BagContents(volumeML: 40, cells: 12_000_000)),
      .yield(collection: collection, was: 2_530, corrected: 2_350),
      .step(
        was: DoneStep(step: step("receivedAtSite", .bag(bag)), done: moment),
        corrected: DoneStep(step: step("receivedAtSite", .bag(bag)), done: later)),
    ]
  }()

  static let product: [ProductEvent] = [
    .identityIssued(.example), .labelsPrinted(material: .bag(bag), count: 2, reason: nil),
    .labelsPrinted(material: .bag(bag), count: 1, reason: "Torn."), .labelsDrawn(material: .bag(bag)),
    .labelsUsed(material: .bag(bag), count: 1, reason: "Came off."),
    .labelsDestroyed(material: .bag(bag), count: 1, reason: "Left over."),
    .labelsCounted(material: .bag(bag), atHand: 2), .personChecked(at: .collection),
    .personMismatched(at: .admission, items: PersonCheckItem.allCases),
    .collectionBegun(collection: collection, outsideGate: false, lines: [line]),
    .collectionEnded(
      collection: collection, yield: Decimal(2_530), accepted: true, step: step("collected", .collection(collection))),
    .custodyStepDone(step("receivedAtManufacturing", .collection(collection))),
    .labelMismatched(step: "receivedAtSite", expected: .bag(bag), read: LabelReading(material: .bag(.second))),
    .foundElsewhere(material: .bag(bag), step: "receivedAtSite", expectedOf: .second),
    .quarantined(Quarantine(.temperatureMissing, of: .bag(bag), step: "receivedAtSite", involved: [.named("nurse")])),
    .quarantined(Quarantine(.byHand, of: nil, step: "byHand", involved: [])),
    .quarantineResolved(quarantine: 1, disposition: .fitForUse, reason: "Within stability data."),
    .materialLost(material: .bag(bag), reason: "Broken."),
    .manufacturingBegun(
      lot: .first, from: collection, materialLeft: false, step: step("manufacturingStarted", .lot(.first))),
    .bagFilled(bag: bag, volumeML: Decimal(40), cells: Decimal(11_400_000), step: step("filled", .bag(bag))),
    .sampleTaken(sample: SampleNumber(participant: .first, sample: 1), of: .lot(.first), purpose: "release tests"),
    .sampleEnded(sample: SampleNumber(participant: .first, sample: 1), end: .tested),
    .testEntered(lot: .first, test: "viability", entry: TestEntry(.quantity(Decimal(81)))),
    .testEntered(lot: .first, test: "sterility", entry: TestEntry(.negative, interim: true)),
    .testCorrected(lot: .first, test: "appearance", entry: TestEntry(.doesNotConform), reason: "Misread."),
    .lotReleased(lot: .first, release: .beforeFinalResult, results: [result(true), result(nil)]),
    .lotRejected(lot: .first, reason: "Growth."),
    .exceptionalReleaseProposed(
      lot: .first, tests: ["dose"], results: [result(false)], committeeTold: date, authorityTold: date, reason: "Few."),
    .exceptionalConsentGiven(lot: .first, on: moment),
    .exceptionalReleaseSigned(lot: .first, role: .safetyOfficer),
    .growthFound(lot: .first, test: "sterility", afterInfusion: true),
    .bagThawed(
      bag: bag, step: step("thawed", .bag(bag)), startBy: moment.instant, endBy: moment.instant, outsideGate: false,
      lines: [line]),
    .bedsideVerified(bag: bag, said: .unable), .bedsideMismatched(bag: bag, items: BedsideItem.allCases),
    .infusionStarted(bag: bag, outsideGate: true, lines: [line]),
    .infusionPaused(bag: bag, volumeML: Decimal(18), reason: "Chills."), .infusionResumed(bag: bag),
    .infusionStopped(bag: bag, volumeML: Decimal(40), whole: true, dosePerKg: Decimal(170_000), reason: nil),
    .infusionStopped(bag: bag, volumeML: Decimal(20), whole: false, dosePerKg: nil, reason: "Anaphylaxis."),
    .outsideGateRecorded(act: .infusion(bag: bag), circumstances: "The network was down.", lines: [line]),
    .outsideGateRecorded(act: .lymphodepletionDose, circumstances: "By mistake.", lines: []),
    .outsideGateSigned(number: 1),
  ]

  private static func result(_ within: Bool?) -> TestLine {
    TestLine(
      test: "viability", title: "Viability", entry: TestEntry(.quantity(Decimal(81)), interim: within == nil),
      withinLimits: within)
  }

  static let record: [RecordEvent] =
    DeviationKind.allCases.map {
      .deviationOpened(
        Deviation(
          $0, what: "receivedAtSite: no temperature record.", noticed: moment, severity: .critical, averting: true))
    } + [
      .deviationClassified(deviation: 1, severity: .minor, reason: "No harm."),
      .deviationAssessed(deviation: 1, cause: "A.", correction: "B.", prevention: "C."),
      .deviationReported(deviation: 1, to: "the sponsor", on: moment), .deviationLapsed(deviation: 1),
      .clockStarted(ReportClock("infusionOutsideGate", aware: moment, hours: 24)),
      .reportSubmitted(clock: 1, to: "the sponsor", submitted: moment),
    ]

  static let study: [StudyEvent] =
    ExportedThing.allCases.map { .exported(what: $0, events: 12, digest: .example) }
    + [
      .founded(study: "cd19-bcma-aid", synthetic: true), .slotAllotted(participant: .first),
      .slotFreed(participant: .first), .infusionBegun(participant: .first), .opened(scope: .study),
      .opened(scope: .cohort("sle")), .closed(scope: .site(.berlin)),
      .configurationTested(version: "1.0", digest: .example, report: .other, tests: 212),
      .protocolPutInForce(version: "1.1", digest: .example, from: moment, appliesTo: .notYetEnrolled),
      .provisionalAdopted(items: ["stagger", "ages"], digest: .example),
      .provisionalChanged(item: "stagger", change: "21 days.", former: .example, digest: .other),
      .holdSet(
        hold: Hold(
          number: 1, kind: .safety, activities: Activity.allCases, site: .berlin, cohort: "sle", reason: "Why.",
          setBy: .safetyOfficer, rule: .toxicityRate)),
      .holdLiftDecided(hold: 1, ballot: ballot), .holdLifted(hold: 1, approvals: [.example]),
      .dltConfirmed(question: 1), .dltDisputed(question: 1, answer: DLTAnswer(basis: .meetsDefinition)),
      .dltDecided(question: 1, answer: DLTAnswer(basis: .unrelated), ballot: ballot),
      .boardMemberAppointed(account: .named("board"), isStatistician: true),
      .boardMemberReleased(account: .named("board")),
      .boardReviewed(decision: .goOnWithChanges, changes: "More.", through: 3, report: .example, ballot: ballot),
      .boardDecidedOnParticipant(participant: .first, goesOn: false, ballot: ballot),
      .enteredLate(
        entry: LateEntry(command: SetHold.name, entry: EntrySource(source: "The sheet.", reason: "No power."))),
      .clockSetRight(ahead: moment.instant, reason: "No power."),
      .stoppingRuleFired(
        rule: .toxicityRate, hold: 1, basis: ["01-0001 dose-limited", "01-0002"], reason: "2 of 3; the limit is 0.8."),
    ]
    + QualifyingToxicity.allCases.map {
      .dltQuestionOpened(question: 1, participant: .first, toxicity: $0, onset: date, about: "Neutrophils.")
    }
    + [DLTBasis.meetsDefinition, .belowThreshold, .unrelated, .outsideWindow, .expectedOnTarget].map {
      .dltAnswered(question: 1, answer: DLTAnswer(basis: $0, lastedDays: 25))
    }

  static let site: [SiteEvent] = [
    .siteAdded(name: "Charite", zone: "Europe/Berlin"),
    .consentPutInForce(
      form: ConsentForm(version: "2.0", from: moment, signedAnewBy: .notYetInfused, beforeActivity: .infusion)),
  ]

  private static let account = AccountID.named("nurse")

  static let people: [PeopleEvent] =
    [
      .accountsFounded(
        administrator: account, administratorName: "Ada Nowak", sponsor: .named("sponsor"), sponsorName: "Bo Lind"),
      .accountCreated(account: account, name: "Ada Nowak", namesakes: [.named("nurse-2")]),
      .identityChecked(account: account, how: .acquaintance), .accountEnabled(account: account),
      .accountDisabled(account: account, reason: "On leave."), .accountRevoked(account: account, reason: "Left."),
      .roleGranted(account: account, role: .subInvestigator, site: .berlin),
      .roleWithdrawn(account: account, role: .qualityAssurance, site: nil, reason: "Moved."),
      .trained(account: account, training: Training(.protocolVersion("1.0"), from: date)),
      .trained(account: account, training: Training(.system, from: date, to: date)),
      .delegationSigned(
        number: 1, account: account, role: .nurse, site: .berlin, tasks: Permission.allCases, from: date, to: nil),
      .delegationAccepted(number: 1), .delegationEnded(number: 1, reason: "Left."), .passwordSet(account: account),
      .passwordReset(account: account, reason: "Forgotten."), .resetConfirmed(account: account),
      .resetAcknowledged(account: account), .secondFactorSet(account: account),
      .secondFactorLost(account: account, reason: "Telephone lost."), .recoveryCodeUsed(account: account, left: 7),
      .signedIn(account: account), .accountLocked(account: account, until: moment.instant),
      .accountUnlocked(account: account, reason: "Called."),
      .signedInAtProvider(account: account, issuer: "https://id.example"),
      .providerLinked(account: account, issuer: "https://id.example", subject: Digest(of: "https://id.example ada")),
      .providerUnlinked(account: account, issuer: "https://id.example"),
      .identityErased(participant: .first, reason: "Asked for."),
      .identityKept(participant: .first), .identityRead(account: account, participant: .first, part: .person),
      .identityRead(account: account, participant: .first, part: .birthDate),
    ]
    + AuthenticationFailure.allCases.map {
      .authenticationFailed(account: $0 == .unknownAccount ? nil : account, purpose: .signature, cause: $0)
    }

  static let safety: [SafetyEvent] =
    zip(
      ReportCause.allCases,
      [.event(3), .event(3), .death, .pregnancy(1), .event(3), .expectation(.partner, number: 1)] as [ReportSubject]
    ).map {
      .reportDue(clock: 1, duty: ReportDuty($1, $0, clock: ReportClock.siteToSponsor))
    }
    + [
      .reportDue(
        clock: 1,
        duty: ReportDuty(
          .expectation(.partner, number: 2), .pregnancy, clock: ReportClock.pregnancyToSponsor))
    ]
    + DoseLimitingResult.allCases.map {
      .doseLimitingAsked(event: 3, question: 1, result: $0, rule: "nonHematologic")
    }

  static let all: [TrialEvent] =
    way.map { .way(.first, $0) } + product.map { .product(.first, $0) } + record.map { .record(.first, $0) }
    + record.map { .studyRecord($0) } + study.map { .study($0) } + site.map { .site(.berlin, $0) }
    + people.map { .people($0) } + casebook.map { .casebook(.first, $0) } + laboratory.map { .laboratory(.berlin, $0) }
    + safety.map { .safety(.first, $0) } + grades.map { .grade(.first, $0) } + corrections
}
