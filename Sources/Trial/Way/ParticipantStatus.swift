public import ClinicalValues

/// The statuses of a participant's way.
public enum ParticipantStatus: String, Sendable, Hashable, Codable, CaseIterable {
  case candidate, consented, screening, screenFailed, eligible, enrolled, collected, manufacturing, released,
    productFailed, conditioning, infused, followUp, completed, leftEarly
}

extension ParticipantState {
  /// Where the participant stands; it follows from what has been recorded, and from the day.
  public func status(at now: Moment) -> ParticipantStatus {
    if way.left != nil { return .leftEarly }
    if way.completed != nil { return .completed }
    if let infusion = product.infusion { return now.day > infusion.begun.day ? .followUp : .infused }
    return way.enrolled == nil ? statusBeforeEnrollment(at: now) : statusBeforeInfusion(at: now)
  }

  private func statusBeforeEnrollment(at now: Moment) -> ParticipantStatus {
    switch way.eligibility {
    case .failed: return .screenFailed
    case .eligible(_, let validThrough, _) where now.day <= validThrough && !way.isEligibilityQuestioned:
      return .eligible
    case .eligible: return .screening
    case nil: break
    }
    if way.screeningRound > 0 { return .screening }
    return way.consents.isEmpty ? .candidate : .consented
  }

  private func statusBeforeInfusion(at now: Moment) -> ParticipantStatus {
    // A further collection that is planned or under way leads back to enrolled.
    if product.hasFailed(at: now) { return product.openCollection == nil ? .productFailed : .enrolled }
    if way.isConditioned(onDay: now.day) { return .conditioning }
    if product.releasedLot != nil { return .released }
    if product.isManufacturing { return .manufacturing }
    return product.isCollected ? .collected : .enrolled
  }
}
