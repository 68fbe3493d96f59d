public import ClinicalValues
import Instruments
import StudyDesign

/// Consecutive values of an analyte, or assessments of CRS or ICANS, at a grade that asks for an adverse event, each worse than
/// at baseline.
public struct ToxicityEpisode: Sendable, Hashable {
  /// Its proposals, oldest first; at least one.
  public let proposals: [GradeProposal]
  /// The first value after it that is not of that grade any more; nil while it lasts, as far as is known.
  public let recovered: CasebookValue?

  /// The proposal of its worst grade, the first of them.
  public let worst: GradeProposal

  init?(_ proposals: [GradeProposal], recovered: CasebookValue?) {
    guard let first = proposals.first else { return nil }
    self.proposals = proposals
    self.recovered = recovered
    worst = proposals.dropFirst().reduce(first) { $0.counting >= $1.counting ? $0 : $1 }
  }

  /// The CTCAE term; of CRS and ICANS the syndrome's name.
  public var term: String { worst.term }
  /// The syndrome, where it is one of assessments.
  var syndrome: SpecialInterestKind? { SpecialInterestKind(rawValue: worst.analyte) }
  /// The day of its first value; nil where that is not known.
  public var first: CalendarDate? { proposals.compactMap(\.value.day).first }
  /// The day of its last value.
  public var last: CalendarDate? { proposals.compactMap(\.value.day).last }

  /// Whether one adverse event tells of it and of another: they show one term at one time, each by an analyte of its own, such as total
  /// and ionized calcium.
  func isOneEvent(with other: ToxicityEpisode) -> Bool {
    guard term == other.term, worst.analyte != other.worst.analyte, let first, let second = other.first else {
      return false
    }
    func end(_ episode: ToxicityEpisode) -> Int { episode.recovered?.day?.daysSinceEpoch ?? .max }
    return first.daysSinceEpoch < end(other) && second.daysSinceEpoch < end(self)
  }

  /// Days from its first value to the value that ended it, or to its last one while it lasts: then a minimum.
  public var days: Int? {
    guard let first, let end = recovered?.day ?? last else { return nil }
    return end.daysSinceEpoch - first.daysSinceEpoch + (recovered == nil ? 1 : 0)
  }

  /// Days at a grade or a higher one: each value counts from its day to the next value, or to the one that ended the episode; the
  /// last value of an episode that lasts counts for its own day.
  ///
  /// - Parameter unmeasuredFor: counts those days alone of which the last value was taken more than so many days before.
  public func days(atGrade grade: Int, unmeasuredFor gap: Int? = nil) -> Int {
    let values = proposals.compactMap { proposal in proposal.value.day.map { ($0.daysSinceEpoch, proposal.counting) } }
    let ends = values.dropFirst().map(\.0) + [recovered?.day?.daysSinceEpoch ?? .min]
    var days: Set<Int> = []
    for ((day, counting), end) in zip(values, ends) where counting >= grade {
      let last = max(day + 1, end)
      days.formUnion(min(gap.map { day + $0 + 1 } ?? day, last)..<last)
    }
    return days.count
  }
}

extension Grading {
  /// Episodes of CRS and ICANS at the plan's grade or more; an assessment of which no grade is known neither ends one nor
  /// begins one.
  var syndromeEpisodes: [ToxicityEpisode] {
    syndromes.flatMap { assessments in
      var episodes: [ToxicityEpisode] = []
      var running: [GradeProposal] = []
      for (kind, assessment) in assessments {
        if let proposal = proposal(kind, of: assessment), proposal.counting >= book.grading.eventFromGrade {
          running.append(proposal)
        } else if assessment.grade != nil {
          episodes += [ToxicityEpisode(running, recovered: nil)].compactMap(\.self)
          running = []
        }
      }
      return episodes + [ToxicityEpisode(running, recovered: nil)].compactMap(\.self)
    }
  }

  /// Episodes after LD 1 at the plan's grade or more and worse than at baseline, by analyte, oldest first.
  ///
  /// A value that cannot be graded neither ends an episode nor begins one.
  public var episodes: [ToxicityEpisode] {
    let proposals = Dictionary(uniqueKeysWithValues: proposals.map { ($0.key, $0) })
    return graded.flatMap { series in
      (series.first?.grades ?? []).flatMap { episodes(of: series, $0.direction, proposals) }
    }
  }

  private func episodes(
    of series: [GradedValue], _ direction: CTCAE.Direction, _ proposals: [GradeKey: GradeProposal]
  ) -> [ToxicityEpisode] {
    var episodes: [ToxicityEpisode] = []
    var running: [GradeProposal] = []
    for value in series where !value.isBeforeTreatment && value[direction]?.grade != nil {
      let key = GradeKey(form: value.value.source.form, item: value.value.source.item, direction: direction)
      if let proposal = proposals[key], proposal.counting >= book.grading.eventFromGrade, proposal.isWorseThanBaseline {
        running.append(proposal)
      } else {
        if let episode = ToxicityEpisode(running, recovered: value.value) { episodes.append(episode) }
        running = []
      }
    }
    if let episode = ToxicityEpisode(running, recovered: nil) { episodes.append(episode) }
    return episodes
  }
}
