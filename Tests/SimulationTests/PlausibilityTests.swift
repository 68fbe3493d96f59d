import ClinicalValues
import StudyDesign
import Trial

// What a physician and the head of a cell laboratory would find odd.

extension StoryItem {
  static let plausible = [
    StoryItem("doses within the protocol's limits, but for the exceptional release below them") { trail in
      trail.state.participants.values.allSatisfy { participant in
        guard let dose = participant.product.infusion?.dosePerKg else { return true }
        let isExceptional = participant.product.lots.contains { $0.release == .exceptional }
        return dose <= trail.plan.product.largestDosePerKg
          && (dose >= trail.plan.product.smallestDosePerKg) != isExceptional
      }
    },
    StoryItem("what is thawed is started within 30 and ended within 60 minutes") { trail in
      // Of the events: once a bag's infusion has ended, the state no longer says which bag it was.
      var clocks: [BagNumber: (startBy: Instant, endBy: Instant)] = [:]
      var ended = 0
      for recorded in trail.events {
        let at = recorded.happened.instant
        switch recorded.event {
        case .product(_, .bagThawed(let bag, _, let startBy, let endBy, _, _)):
          clocks[bag] = (startBy, endBy)
        case .product(_, .infusionStarted(let bag, _, _)):
          guard let clock = clocks[bag], at <= clock.startBy else { return false }
        case .product(_, .infusionStopped(let bag, _, _, _, _)):
          guard let clock = clocks[bag], at <= clock.endBy else { return false }
          ended += 1
        default: break
        }
      }
      return ended > 0
    },
    StoryItem("consents, decisions and collections on working days") { trail in
      let days = trail.moments { event in
        switch event {
        case .way(_, .registered), .way(_, .consented), .way(_, .foundEligible), .way(_, .enrolled),
          .product(_, .collectionBegun), .product(_, .lotReleased):
          true
        default: false
        }
      }
      // 1970-01-01 was a Thursday.
      return !days.isEmpty && days.allSatisfy { ($0.day + 3) % 7 < 5 }
    },
    StoryItem("infusions and collections begun at minutes of the day most of which differ") { trail in
      let infusions = trail.moments { if case .product(_, .infusionStarted) = $0 { true } else { false } }
      let collections = trail.moments { if case .product(_, .collectionBegun) = $0 { true } else { false } }
      func minutes(_ moments: [Moment]) -> Set<String> { Set(moments.map { "\($0.dateTime)".minuteOfDay }) }
      return [infusions, collections].allSatisfy { !$0.isEmpty && minutes($0).count * 2 > $0.count }
    },
    StoryItem("collections of hours, not all of the same length") { trail in
      let lengths = trail.state.participants.keys.flatMap { id in
        trail.lengthsOfCollections(of: id)
      }
      return lengths.allSatisfy { (150...300).contains($0) } && Set(lengths).count > lengths.count / 2
    },
    StoryItem("yields, viability and volumes that differ from one to the next") { trail in
      var values: [String: Set<String>] = [:]
      for recorded in trail.events {
        switch recorded.event {
        case .product(_, .collectionEnded(_, let yield, _, _)): values["yield", default: []].insert("\(yield)")
        case .product(_, .testEntered(_, let test, let entry)): values[test, default: []].insert("\(entry.result)")
        case .product(_, .bagFilled(_, let volume, _, _)): values["volume", default: []].insert("\(volume)")
        default: break
        }
      }
      return ["yield", "volume", "viability", "identity", "vectorCopyNumber"].allSatisfy {
        (values[$0]?.count ?? 0) >= 5
      }
    },
  ]
}

extension String {
  /// `09:47` of `2024-06-03T09:47:00.000+02:00`.
  fileprivate var minuteOfDay: String { String(dropFirst(11).prefix(5)) }
}

extension Trail {
  /// Minutes from the beginning of each collection to its end.
  fileprivate func lengthsOfCollections(of id: ParticipantID) -> [Int] {
    var begun: Moment?
    var lengths: [Int] = []
    for recorded in events {
      switch recorded.event {
      case .product(id, .collectionBegun): begun = recorded.happened
      case .product(id, .collectionEnded):
        if let begun { lengths.append(recorded.happened.instant.milliseconds(since: begun.instant) / 60_000) }
      default: break
      }
    }
    return lengths
  }
}
