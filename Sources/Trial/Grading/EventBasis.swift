import ClinicalValues
import Instruments
import StudyDesign

/// What was measured of an adverse event: the values of its term and the assessments of its syndrome, on its days.
///
/// The link is derived and never entered: a corrected value, term or date moves it. A task that asks for an adverse event
/// of an episode closes by the same link.
public struct EventBasis: Sendable, Hashable {
  /// The number of the adverse event.
  public let event: Int
  /// Proposed grades of its term on its days, and of the episodes that it is part of; by time.
  public let values: [GradeProposal]
  /// Assessments of CRS or ICANS on its days, where it is one of them; those that are not known to be of grade 0.
  public let assessments: [SyndromeAssessment]

  /// Its value of the worst grade, the first of them; nil where no value has a grade.
  public var worst: GradeProposal? {
    values.dropFirst().reduce(values.first) { worst, next in
      (worst?.counting ?? 0) >= next.counting ? worst : next
    }
  }
}

extension Grading {
  /// The participant's adverse events.
  public var events: [AdverseEvent] { participant.adverseEvents(in: book.safety) }

  /// What each adverse event rests on, in the order of the events.
  public var bases: [EventBasis] {
    let episodes = episodes
    let proposals = proposals.enumerated().sorted { a, b in
      let times = (a.element.value.when?.earliestMillisecond(), b.element.value.when?.earliestMillisecond())
      return (times.0 ?? .max, a.offset) < (times.1 ?? .max, b.offset)
    }.map(\.element)
    return events.map { event in
      let ofEpisodes = Set(episodes.filter(event.isBased).flatMap(\.proposals).map(\.key))
      return EventBasis(
        event: event.number,
        values: proposals.filter {
          $0.term == event.term && (event.wasPresent(at: $0.value) || ofEpisodes.contains($0.key))
        },
        assessments: assessments(of: event).filter { assessment in
          assessment.grade != 0 && event.wasPresent(on: assessment.when?.date)
        })
    }
  }

  private func assessments(of event: AdverseEvent) -> [SyndromeAssessment] {
    switch event.syndrome {
    case .crs: crs
    case .icans: icans
    case .cytopenia, .infection, .malignancy, nil: []
    }
  }
}

extension AdverseEvent {
  /// Whether an episode is part of it: of its term or syndrome, on its days.
  func isBased(on episode: ToxicityEpisode) -> Bool {
    guard let first = episode.first, let last = episode.last else { return false }
    let isSame = episode.syndrome.map { $0 == syndrome } ?? (term == episode.term)
    return isSame && mayHaveBeenPresent(from: first, through: last)
  }

  fileprivate func wasPresent(at value: CasebookValue) -> Bool { wasPresent(on: value.day) }

  fileprivate func wasPresent(on day: CalendarDate?) -> Bool {
    day.map { $0.precision == .day && mayHaveBeenPresent(from: $0, through: $0) } ?? false
  }
}
