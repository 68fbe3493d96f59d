import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Trial

/// A step of the custody chain as it is shown: what was done to what, who did it when and where, the temperature against its
/// limits, and who signed.
struct CustodyLine: Sendable, Equatable {
  /// What is told.
  enum What: Sendable, Equatable {
    /// A step, by its title in the protocol.
    case step(String)
    /// A sentence of the trial.
    case told(String, [String])
  }

  let what: What
  /// Whether it stops the cells.
  let stops: Bool
  let when: Moment
  let by: String
  let signatures: [Signature]
  /// The step as it was done; nil for what is no step.
  let done: CustodyStep?
  /// Whether the temperature was within its limits; nil where there is no record, no limit, or the limit depends on whether
  /// the material was ever frozen: then the quarantine beside it tells.
  let isWithinLimits: Bool?
  let limits: ClosedRange<Decimal>?

  /// The line of an event; nil for what belongs elsewhere on the page: labels, samples, release tests.
  init?(_ recorded: Recorded<ProductEvent>, of id: ParticipantID, plan: ProductPlan, telling: EventTelling) {
    let done = recorded.event.custodyStep
    if let done {
      what = .step(plan.steps.first { $0.id == done.step }?.title ?? done.step)
    } else if recorded.event.isOfCustody {
      what = .told(telling.sentence(.product(id, recorded.event)), TrialEvent.product(id, recorded.event).writing)
    } else {
      return nil
    }
    self.done = done
    stops = recorded.event.stopsCells
    when = recorded.happened
    by = recorded.actor.account
    signatures = recorded.signatures
    let step = done.flatMap { done in plan.steps.first { $0.id == done.step } }
    let limits = step.flatMap { $0.frozenOnly || $0.freshTemperature == nil ? $0.temperature : nil }
    isWithinLimits = done?.temperature.flatMap { record in
      limits.map { $0.contains(record.least) && $0.contains(record.largest) }
    }
    self.limits = limits
  }

  /// As an item of the ladder.
  func markup(_ words: Words) -> Markup {
    .tag("li", ["class": stops ? "stop" : "past"]) {
      Markup.tag("div", ["class": "line"]) {
        if stops { Part.badge(words["stop"], .stop) }
        switch what {
        case .step(let title): Markup.tag("strong") { words.study(title) }
        case .told(let sentence, let written): words.sentence(sentence, written: written)
        }
        if let done { Markup.tag("code") { done.material.description } }
      }
      Markup.tag("div", ["class": "quiet"]) {
        words.placedTime(when)
        " · \(by)"
        if let place = done?.place, !place.isEmpty {
          " · "
          Part.written(place)
        }
        if let party = done?.otherParty { " · " + words("with {person}", ["person": party]) }
      }
      if let done { conditions(done, words) }
      for signature in signatures { Markup.tag("div", ["class": "quiet"]) { words.signed(signature) } }
    }
  }

  @MarkupBuilder private func conditions(_ done: CustodyStep, _ words: Words) -> Markup {
    if let temperature = done.temperature {
      Markup.tag("div") {
        words("{least} to {largest} °C", ["least": "\(temperature.least)", "largest": "\(temperature.largest)"])
        if let limits {
          " "
          Markup.tag("span", ["class": "quiet"]) {
            words("(limits {low} to {high} °C)", ["low": "\(limits.lowerBound)", "high": "\(limits.upperBound)"])
          }
        }
        if let isWithinLimits {
          " "
          isWithinLimits ? Part.badge(words["within limits"], .done) : Part.badge(words["outside limits"], .stop)
        }
      }
    }
    if done.container != .intact || done.seal != .intact {
      Markup.tag("div") {
        words(
          "container {container}, seal {seal}",
          ["container": words.title(done.container), "seal": words.title(done.seal)])
      }
    }
  }
}

extension ProductEvent {
  /// Whether it belongs to the chain of custody without being a step of it.
  fileprivate var isOfCustody: Bool {
    switch self {
    case .labelsPrinted, .labelsDrawn, .labelsUsed, .labelsDestroyed, .labelsCounted, .sampleTaken, .sampleEnded,
      .testEntered, .testCorrected:
      false
    default: true
    }
  }

  /// Whether cells are stopped by it, or what happened ought not to have.
  fileprivate var stopsCells: Bool {
    switch self {
    case .personMismatched, .labelMismatched, .foundElsewhere, .quarantined, .materialLost, .lotRejected, .growthFound,
      .bedsideMismatched, .outsideGateRecorded:
      true
    default: false
    }
  }
}
