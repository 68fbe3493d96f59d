public import ClinicalValues
public import StudyDesign

/// A participant's death as it was recorded, by the form or without one.
public struct RecordedDeath: Sendable, Hashable {
  /// The day; nil where it is not known.
  public let day: CalendarDate?
  /// When somebody at the site was aware; nil where that was not said.
  public let aware: DateTime?
  /// The number of the adverse event that it is the outcome of.
  public let event: Int?
  /// The relations that were judged.
  public let relations: [TreatmentPart: Causality]
  /// Whether the form on it was filled in.
  public let hasForm: Bool
}

extension ParticipantState {
  /// The participant's death; nil where none is recorded.
  public func death(by plan: SafetyPlan) -> RecordedDeath? {
    let row = casebook.rows(of: plan.forms?.death).first { $0.flag(.died) == true }
    guard row != nil || way.died != nil else { return nil }
    var relations: [TreatmentPart: Causality] = [:]
    relations[.product] = row?.causality(.relatedToProduct)
    relations[.lymphodepletion] = row?.causality(.relatedToLymphodepletion)
    relations[.leukapheresis] = row?.causality(.relatedToLeukapheresis)
    relations[.procedure] = row?.causality(.relatedToProcedure)
    return RecordedDeath(
      day: row?.date(.day) ?? way.died?.date, aware: row?.time(.aware), event: row?.number(.event),
      relations: relations, hasForm: row != nil)
  }
}

extension RecordedDeath {
  /// What a death is asked to be related to for the study to stop.
  static let parts: [TreatmentPart] = [.product, .lymphodepletion, .leukapheresis, .procedure]

  /// Whether it counts as related to the treatment, by the form or by a fatal adverse event; what cannot be judged does;
  /// nil as long as somebody has still to be asked.
  func countsAsRelated(_ events: [AdverseEvent]) -> Bool? {
    let fatal = events.filter(\.isFatal)
    return anyOf(
      Self.parts.map { part in
        let views = [relations[part]] + fatal.map { $0.causality(to: part) }
        let judged = views.compactMap(\.self)
        return judged.isEmpty ? nil : judged.contains(where: \.countsAsRelated)
      })
  }
}
