import CQL

/// The study's own words that stand in one of its files.
public struct WordSection: Sendable, Hashable {
  /// The file, from the version's folder: `criteria.yaml`.
  public let file: String
  /// The words, in the order of the file, each as it stands there; what a section before has is not repeated.
  public let words: [String]
}

extension Study {
  /// All that a page can show of the study in its own words, by file: what a translation translates.
  ///
  /// Each text stands once, where it stands first. A text without a letter (`12`) is the same in every language and is left out, as
  /// are ids, codes and units; the source's text (`source.md`) is quoted and never replaced.
  public var words: [WordSection] {
    let texts: [(file: String, words: [String?])] =
      [(StudyFile.name, studyWords), (CriteriaFile.name, criteria.flatMap(\.ownWords))]
      + conductWords
      + [(ScheduleFile.name, schedule.ownWords)]
      + forms.sorted { $0.id < $1.id }.map { ("\(FormReader.folder)/\($0.id).yaml", $0.ownWords) }
      + [(EndpointFile.name, endpoints?.ownWords ?? [])]
      + program.libraries.sorted { $0.file < $1.file }.map { ($0.file, $0.ownWords) }
      + [("concepts.csv", dictionary.concepts.map(\.display))]
    var seen: Set<String> = []
    return texts.compactMap { file, words in
      let new = words.compactMap(\.self).filter { $0.contains(where: \.isLetter) && seen.insert($0).inserted }
      return new.isEmpty ? nil : WordSection(file: file, words: new)
    }
  }

  private var studyWords: [String?] {
    [title, titleNote] + registry.flatMap { [$0.label, $0.value, $0.note] }
      + cohorts.flatMap { [$0.name, $0.title, $0.heading] } + armWords
      + kinds.map(\.title) + parameters.map(\.title)
      + provisional.flatMap { [$0.title, $0.lost, $0.reading] + $0.origin + [$0.confirm, $0.appliesTo] }
  }

  private var armWords: [String?] { arms.flatMap { [$0.title, $0.source] } }

  /// Of a study that is conducted elsewhere the plan means nothing, and is empty.
  private var conductWords: [(file: String, words: [String?])] {
    guard conducted == .tandem else { return [] }
    let safety = conduct.safety
    return [
      (PlanReader.conductFile, conduct.findings.map(\.title)),
      (
        PlanReader.productFile,
        conduct.product.steps.map(\.title) + [conduct.product.yieldOf]
          + conduct.product.tests.flatMap { [$0.title, $0.source] }
      ),
      (PlanReader.safetyFile, safety.stopEvents.map(\.title) + safety.clocks.flatMap { [$0.title, $0.starts] }),
    ]
  }
}

extension Criterion {
  fileprivate var ownWords: [String?] { [title, heading, source, lay, ask] + notes.map(\.text) }
}

extension SchedulePlan {
  fileprivate var ownWords: [String?] {
    visits.flatMap { [$0.title, $0.epoch, $0.lay, $0.source] } + activities.flatMap { [$0.title, $0.source] }
  }
}

extension FormPlan {
  fileprivate var ownWords: [String?] {
    [title, words] + items.flatMap { [$0.section, $0.label, $0.help] + $0.codes.map(\.label) }
      + checks.map(\.message)
  }
}

extension EndpointPlan {
  fileprivate var ownWords: [String?] {
    timePoints.map(\.note) + cohorts.flatMap(\.ownWords) + sets.flatMap { [$0.title, $0.definition] }
      + ([
        baseline.origin, drugFree.origin, context.origin, bCells.origin, persistence.origin,
      ] + timePoints.map(\.origin) + picks.map(\.origin) + sets.map(\.origin)
      + cohorts.flatMap { $0.evaluations.map(\.origin) + [$0.remission.origin] }).map(\.source)
  }
}

extension CohortEndpoints {
  fileprivate var ownWords: [String?] {
    ([activity] + beside).flatMap { [$0.title, $0.source.words] }
      + evaluations.flatMap { evaluation in
        evaluation.keys.map(\.source.words) + evaluation.outcomes.map(\.title)
      }
  }
}

extension KeySource {
  /// What is said where the key is not filled.
  fileprivate var words: String? { if case .notCollected(let follows) = self { follows } else { nil } }
}

extension CheckedLibrary {
  /// The names and sentences of the parts of criteria (`@part`, `@says`), and how these decide them (`@needs`).
  fileprivate var ownWords: [String?] {
    definitions.flatMap { [$0.tags["part"], $0.tags["says"], $0.tags["needs"]] }
  }
}
