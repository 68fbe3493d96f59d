import ClinicalValues

extension EventTelling {
  /// What an event of a participant's cells tells.
  func told(_ event: ProductEvent) -> Told {
    switch event {
    case .identityIssued(let identity): return Told("the chain-of-identity identifier \(identity) was issued")
    case .labelsPrinted(let material, let count, let reason):
      let why = reason.map { " again, because: \(Say.quoted($0))" } ?? ""
      return ofLabels(material, "\(Say.counted(count, "label")) printed\(why)")
    case .labelsDrawn(let material): return ofLabels(material, "drawn for the printer")
    case .labelsUsed(let material, let count, let reason):
      return ofLabels(material, "\(Say.counted(count, "label")) used to replace what came off: \(Say.quoted(reason))")
    case .labelsDestroyed(let material, let count, let reason):
      return ofLabels(material, "\(Say.counted(count, "label")) destroyed (\(Say.lowercasedFirst(Say.quoted(reason))))")
    case .labelsCounted(let material, let atHand):
      return ofLabels(material, "\(Say.counted(atHand, "label")) counted at hand")
    case .personChecked(let place):
      return Told("two people checked the person \(place.words); identity document and wristband agree")
    case .personMismatched(let place, let items):
      return Told("two people checked the person \(place.words); what differs: \(Say.listed(items.map(\.words)))")
    case .collectionBegun(let collection, let outsideGate, let lines):
      return Told(
        "collection \(collection) was begun\(outside(outsideGate))\(gate("leukapheresis", lines))",
        detail: detail(lines))
    case .collectionEnded(_, let yield, let accepted, let step):
      return custody(step, "yield \(vocabulary.yield(yield)), \(accepted ? "enough" : "too little")")
    case .custodyStepDone(let step): return custody(step)
    case .labelMismatched(let step, let expected, let read):
      return Told(
        "at “\(vocabulary.step(step))” the label of other cells was read: expected \(expected.words), read "
          + "\(read.text); the step was not done")
    case .foundElsewhere(let material, let step, let other):
      return Told("\(material.words) turned up under participant \(other) at “\(vocabulary.step(step))”")
    case .quarantined(let quarantine): return told(quarantine)
    case .quarantineResolved(let quarantine, let disposition, let reason):
      return Told("quarantine \(quarantine) was resolved: \(disposition.words). \(Say.quoted(reason))")
    case .materialLost(let material, let reason): return Told("\(material.words) is lost: \(Say.quoted(reason))")
    case .manufacturingBegun(_, let from, let materialLeft, let step):
      return custody(step, "from collection \(from), \(materialLeft ? "some" : "nothing") of it being left")
    case .bagFilled(_, let volume, let cells, let step):
      return custody(step, "\(Say.number(volume)) mL with \(Say.number(cells)) CAR-positive viable cells")
    case .sampleTaken(let sample, let material, let purpose):
      return Told("taken of \(material.words) for \(Say.quoted(purpose))", about: "Sample \(sample)")
    case .sampleEnded(let sample, let end): return Told(end.rawValue, about: "Sample \(sample)")
    case .testEntered(let lot, let test, let entry):
      return Told("\(vocabulary.test(test)) \(told(entry, of: test))", about: "Release tests of lot \(lot)")
    case .testCorrected(let lot, let test, let entry, let reason):
      return Told(
        "release test of lot \(lot) corrected: \(vocabulary.test(test)) \(told(entry, of: test)), because: "
          + Say.quoted(reason))
    case .lotReleased(let lot, let release, let results): return released(lot, release, results)
    case .lotRejected(let lot, let reason): return Told("lot \(lot) was rejected: \(Say.quoted(reason))")
    case .exceptionalReleaseProposed(let lot, let tests, let results, let committee, let authority, let reason):
      let told = authority.map { ", the authority on \($0)" } ?? ""
      return Told(
        "exceptional release of lot \(lot) was proposed in spite of \(Say.listed(tests.map { vocabulary.test($0) })); the "
          + "ethics committee was told on \(committee)\(told). \(Say.quoted(reason))",
        detail: detail(results))
    case .exceptionalConsentGiven(let lot, let moment):
      return Told("the participant agreed on \(Say.clockTime(moment)) to receive lot \(lot) in spite of its results")
    case .exceptionalReleaseSigned(let lot, let role):
      return Told("the exceptional release of lot \(lot) was signed as \(role.title)")
    case .growthFound(let lot, let test, let afterInfusion):
      return Told(
        "growth in lot \(lot) by its final result (\(vocabulary.test(test)))"
          + (afterInfusion ? ", after the infusion" : ", before any infusion"))
    case .bagThawed(_, let step, let startBy, let endBy, let outsideGate, let lines):
      return custody(
        step,
        "the infusion starts by \(clockTime(startBy)) and ends by \(clockTime(endBy))\(outside(outsideGate))"
          + gate("thawing", lines), detail: detail(lines))
    case .bedsideVerified(let bag, let said):
      return Told("bag \(bag) was verified at the bedside: label and wristband agree with the record; \(said.words)")
    case .bedsideMismatched(let bag, let items):
      return Told("bag \(bag) was read at the bedside, and this does not agree: \(Say.listed(items.map(\.words)))")
    case .infusionStarted(let bag, let outsideGate, let lines):
      return Told(
        "the infusion of bag \(bag) was started\(outside(outsideGate))\(gate("infusion", lines))",
        detail: detail(lines))
    case .infusionPaused(let bag, let volume, let reason):
      return Told("the infusion of bag \(bag) was paused after \(Say.number(volume)) mL: \(Say.quoted(reason))")
    case .infusionResumed(let bag): return Told("the infusion of bag \(bag) was resumed")
    case .infusionStopped(let bag, let volume, let whole, let dose, let reason):
      let dose = dose.map { "a dose of \(Say.number($0)) CAR-positive viable cells per kg" } ?? "the dose is not known"
      return Told(
        "the infusion of bag \(bag) ended: \(Say.number(volume)) mL ran in, \(whole ? "the whole bag" : "not the whole bag")"
          + "; \(dose)" + (reason.map { ". \(Say.quoted($0))" } ?? ""))
    case .outsideGateRecorded(let act, let circumstances, let lines):
      return Told(
        "\(act.words) happened outside the gate\(gate(act.gateTitle, lines)). \(Say.quoted(circumstances))",
        detail: detail(lines))
    case .outsideGateSigned(let number):
      return Told("the principal investigator signed act \(number) outside the gate")
    case .corrected(let correction, let reason): return told(correction, because: reason)
    }
  }

  private func ofLabels(_ material: Material, _ words: String) -> Told {
    Told(words, about: Say.uppercasedFirst(material.words))
  }

  private func outside(_ isOutside: Bool) -> String { isOutside ? " outside the gate" : "" }

  private func told(_ quarantine: Quarantine) -> Told {
    let what = quarantine.material.map(\.words) ?? "everything of this participant"
    let step = quarantine.cause == .byHand ? "" : " at “\(vocabulary.step(quarantine.step))”"
    let involved = quarantine.involved.isEmpty ? "" : "; involved: \(vocabulary.persons(quarantine.involved))"
    return Told("\(what) went into quarantine for \(quarantine.cause.words)\(step)\(involved)")
  }
}

extension EventTelling {
  /// A step of custody: what, where, how warm, with whom, in what state, how long it keeps.
  func custody(_ step: CustodyStep, _ what: String? = nil, detail: [String] = []) -> Told {
    var parts = ["\(vocabulary.step(step.step)) (\(step.place))"]
    if let what { parts.append(what) }
    if let temperature = step.temperature {
      parts.append("\(Say.number(temperature.least)) to \(Say.number(temperature.largest)) °C")
    }
    if let other = step.otherParty { parts.append("other party: \(Say.quoted(other))") }
    parts += state(step)
    if let keeps = step.keepsUntil { parts.append("keeps until \(clockTime(keeps))") }
    if let day = step.lastDay { parts.append("to be used through \(day)") }
    return Told(parts.joined(separator: "; "), about: Say.uppercasedFirst(step.material.words), detail: detail)
  }

  private func state(_ step: CustodyStep) -> [String] {
    switch (step.container, step.seal) {
    case (.intact, .intact): ["container and seal intact"]
    case (.absent, .absent): []
    default: ["container \(step.container.words), seal \(step.seal.words)"]
    }
  }

  private func told(_ entry: TestEntry, of test: String) -> String {
    vocabulary.result(entry.result, of: test) + (entry.interim ? " (interim; the final result is to come)" : "")
  }

  private func released(_ lot: LotNumber, _ release: ReleaseKind, _ results: [TestLine]) -> Told {
    let within = results.count { $0.withinLimits == true }
    let others = results.filter { $0.withinLimits != true }.map(\.title)
    let how: String
    switch release {
    case .normal: how = ""
    case .beforeFinalResult:
      how = " before the final result of \(Say.listed(results.filter { $0.entry?.interim == true }.map(\.title)))"
    case .exceptional: how = " exceptionally"
    }
    return Told(
      "lot \(lot) was released\(how): \(within) of \(Say.counted(results.count, "test")) within limits"
        + (others.isEmpty ? "" : ", not \(Say.listed(others))"),
      detail: detail(results))
  }

  private func detail(_ results: [TestLine]) -> [String] {
    results.map { line in
      let found = line.entry.map { told($0, of: line.test) } ?? "no result"
      return "\(line.title) \(found): \(line.withinLimits.map { $0 ? "within limits" : "outside limits" } ?? "unknown")"
    }
  }
}

extension OutsideGateAct {
  fileprivate var gateTitle: String {
    switch self {
    case .leukapheresis: "leukapheresis"
    case .lymphodepletionDose: "lymphodepletion"
    case .thaw: "thawing"
    case .infusion: "infusion"
    case .resumption: "resumption of the infusion"
    }
  }
}
