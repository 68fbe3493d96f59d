public import ClinicalValues
public import StudyDesign

/// How many were enrolled and infused.
public struct SlotCounts: Sendable, Hashable, Codable {
  /// Those who were ever enrolled.
  public let everEnrolled: Int
  /// Those who were infused, even in part.
  public let infused: Int
  /// Slots that are taken.
  public let taken: Int
}

extension StudyState {
  /// Slots that nobody holds.
  ///
  /// Whoever was infused holds one for ever; where a plan frees none, so does whoever was ever enrolled.
  public func freeSlots(of plan: WayPlan) -> Int { max(0, plan.slots - counts(of: plan).taken) }

  /// Ever enrolled, infused, and slots taken.
  public func counts(of plan: WayPlan) -> SlotCounts {
    var taken = slots.union(infusions.map(\.participant))
    if !plan.slotFreedBeforeInfusion { taken.formUnion(enrolled.keys) }
    return SlotCounts(everEnrolled: enrolled.count, infused: infusions.count, taken: taken.count)
  }

  /// The fact that a participant's slot comes free, for the decision by which the participant leaves; nil for one who
  /// holds none or was infused, even in part.
  public func freedSlot(of participant: ParticipantID) -> Fact? {
    guard slots.contains(participant), !infusions.contains(where: { $0.participant == participant }) else { return nil }
    return Fact(.study(.slotFreed(participant: participant)))
  }
}

/// An infusion that was begun, however little ran in.
public struct BegunInfusion: Sendable, Hashable {
  /// Who was infused.
  public let participant: ParticipantID
  /// When it began, where that was.
  public let begun: Moment
}
