public import ClinicalValues
public import StudyDesign

/// A participant's death as it was recorded: by its form, by the command, or as the end of a fatal adverse event, which counts
/// by itself.
public struct RecordedDeath: Sendable, Hashable {
  /// The day: the earliest that form, command and the end of a fatal adverse event give; nil where none of them is known.
  public let day: CalendarDate?
  /// The first day that it can have been, where the day is not known but a fatal adverse event has begun.
  public let notBefore: CalendarDate?
  /// When somebody at the site was aware, by the form; nil where that was not said.
  public let aware: DateTime?
  /// The number of the adverse event that it is the outcome of: by the form, else the first that is fatal.
  public let event: Int?
  /// The relations that were judged: by the form, else of the fatal adverse events in the more serious view.
  public let relations: [TreatmentPart: Causality]
  /// Whether the form on it was filled in.
  public let hasForm: Bool
  /// Whether form or command tells of it; otherwise a fatal adverse event alone does.
  public let isOnRecord: Bool
}

extension ParticipantState {
  /// The participant's death; nil where none is recorded, nor a fatal adverse event.
  public func death(by plan: SafetyPlan) -> RecordedDeath? {
    let row = casebook.rows(of: plan.forms?.death).first { $0.flag(.died) == true }
    let fatal = adverseEvents(by: plan).filter(\.isFatal)
    guard row != nil || way.died != nil || !fatal.isEmpty else { return nil }
    var relations: [TreatmentPart: Causality] = [:]
    for (part, item) in RecordedDeath.items {
      relations[part] = row?.causality(item) ?? Causality.gravest(of: fatal.map { $0.causality(to: part) })
    }
    let days = [row?.date(.day), way.died?.date] + fatal.map(\.end)
    let day = CalendarDate.earliest(of: days.compactMap(\.self))
    return RecordedDeath(
      day: day, notBefore: day == nil ? CalendarDate.earliest(of: fatal.compactMap(\.start)) : nil,
      aware: row?.time(.aware), event: row?.number(.event) ?? fatal.first?.number, relations: relations,
      hasForm: row != nil, isOnRecord: row != nil || way.died != nil)
  }
}

extension RecordedDeath {
  /// What a death is asked to be related to for the study to stop.
  static let parts: [TreatmentPart] = items.map(\.part)

  fileprivate static let items: [(part: TreatmentPart, item: DeathItem)] = [
    (.product, .relatedToProduct), (.lymphodepletion, .relatedToLymphodepletion),
    (.leukapheresis, .relatedToLeukapheresis), (.procedure, .relatedToProcedure),
  ]

  /// The first day, counted since 1970-01-01, that it can have been; nil where nothing tells it.
  public var earliestDay: Int? { (day ?? notBefore)?.earliest.daysSinceEpoch }

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

extension CalendarDate {
  /// The date that can be the earliest; one that only says less precisely what another says does not count beside it.
  static func earliest(of dates: [CalendarDate]) -> CalendarDate? {
    let telling = dates.filter { date in
      !dates.contains { other in
        other.precision > date.precision
          && (date.earliest.daysSinceEpoch...date.latest.daysSinceEpoch).contains(other.daysSinceEpoch)
      }
    }
    return telling.min { $0.earliest.daysSinceEpoch < $1.earliest.daysSinceEpoch }
  }
}
