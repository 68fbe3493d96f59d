import StudyDesign
import Trial

// What the protocol and the study's own record hold: visits, versions, holds, questions, queries.

extension FieldChoices {
  func ofStudy(_ reference: FieldReference, _ field: CommandForm.Field) -> [FieldChoice] {
    switch reference {
    case .cohort: edition.study.cohorts.map { FieldChoice($0.id, .study($0.title)) }
    case .enrollmentScope: scopes
    case .visit: visits
    case .treatment: treatments
    case .protocolVersion: versions.map { FieldChoice($0) }
    case .consentVersion: consentVersions(field)
    case .provisionalItem: provisionalItems
    case .hold: holds
    case .question: questions
    case .query: queries
    case .deviation: deviations
    case .clock: clocks
    default: []
    }
  }

  private var scopes: [FieldChoice] {
    let all: [(StudyScope, FieldChoice.Name?)] =
      [(.study, nil)]
      + state.sites.values.filter { actor.sees($0.id) }.sorted { $0.id < $1.id }.map {
        (.site($0.id), .written($0.name))
      }
      + edition.study.cohorts.map { (.cohort($0.id), .study($0.title)) }
    let isClosing = isOne(of: CloseForEnrollment.self)
    return all.map { FieldChoice($0.0, $0.1, fits: state.study.open.contains($0.0) == isClosing) }
  }

  private var visits: [FieldChoice] {
    let planned = edition.study.schedule.visits.map { FieldChoice($0.id, .study($0.title)) }
    return planned + (planned.contains { $0.value == Self.unscheduled } ? [] : [FieldChoice(Self.unscheduled)])
  }

  /// The id of a visit that stands in no schedule.
  private static let unscheduled = "unscheduled"

  private var treatments: [FieldChoice] {
    let concepts = edition.study.dictionary.concepts
    return edition.study.conduct.way.bridging.map { id in
      FieldChoice(id, concepts.first { $0.id == id }.map { .study($0.display) })
    }
  }

  private func consentVersions(_ field: CommandForm.Field) -> [FieldChoice] {
    guard let participant, let site = participant.way.site else { return [] }
    if isOne(of: CorrectConsent.self), field.key == "version" {
      return participant.way.consents.map { FieldChoice($0.version) }.withoutRepeats
    }
    let current = state.sites[site]?.consentVersion(at: moment)
    let forms = state.sites[site]?.consentForms ?? []
    return forms.map { FieldChoice($0.version, fits: isOne(of: CorrectConsent.self) || $0.version == current) }
      .withoutRepeats
  }

  private var provisionalItems: [FieldChoice] {
    let settled = state.study.settledItems[edition.version.digest] ?? []
    return edition.study.provisional.map { FieldChoice($0.id, .study($0.title), fits: !settled.contains($0.id)) }
  }

  private var holds: [FieldChoice] {
    state.study.holdsInForce.map { held in
      let isOfKind = isOne(of: LiftOperationalHold.self) == (held.hold.kind == .operational)
      let isDecided = held.liftDecided != nil
      let isNext = held.hold.kind == .operational || isDecided == isOne(of: AcceptLift.self)
      return FieldChoice(held.hold.number, .written(held.hold.reason), fits: isOfKind && isNext)
    }
  }

  private var questions: [FieldChoice] {
    state.study.openQuestions.filter { actor.sees(state.participants[$0.participant]?.way.site) }.map { question in
      FieldChoice(
        question.number, .written(question.participant.description),
        fits: participant == nil || participant?.id == question.participant)
    }
  }

  private var queries: [FieldChoice] {
    (participant?.casebook.queries ?? []).map { query in
      let fits =
        isOne(of: AnswerQuery.self)
        ? query.status == .open : isOne(of: ReopenQuery.self) ? query.status != .open : query.status.isPending
      return FieldChoice(query.number, .written(query.query.text), fits: fits)
    }
  }

  /// What is recorded of the participant, or of the whole study where none is named.
  private var record: RecordState {
    participant?.record ?? (given["participant"] == nil ? state.record : RecordState())
  }

  private var deviations: [FieldChoice] {
    record.deviations.map { FieldChoice($0.number, .term($0.kind.rawValue), fits: !$0.isClosed) }
  }

  private var clocks: [FieldChoice] {
    let plans = edition.study.conduct.safety.clocks
    return record.clocks.map { clock in
      FieldChoice(
        clock.number, .study(plans.first { $0.id == clock.clock }?.title ?? clock.clock),
        fits: (clock.submitted == nil) == !isOne(of: CorrectReport.self))
    }
  }
}

extension [FieldChoice] {
  /// Each value once.
  fileprivate var withoutRepeats: [FieldChoice] {
    var seen: Set<String> = []
    return filter { seen.insert($0.value).inserted }
  }
}
