public import ClinicalValues
public import StudyDesign

/// What a criterion says of a candidate. `pass` always means "does not stand in the way".
public enum Outcome: String, Sendable, CaseIterable {
  /// An inclusion criterion known to be met, an exclusion criterion known not to apply.
  case pass
  /// Known to stand in the way.
  case fail
  /// The data cannot decide.
  case unknown
}

/// What all criteria of a cohort say together.
public enum Verdict: String, Sendable, CaseIterable {
  /// Every criterion passes.
  case eligible
  /// At least one criterion fails.
  case ineligible
  /// None fails and some are unknown.
  case undetermined

  /// The verdict that follows from the criteria alone.
  ///
  /// Source: the protocol's criteria, section "Overall verdict".
  public init(_ outcomes: some Sequence<Outcome>) {
    var verdict = Verdict.eligible
    for outcome in outcomes {
      switch outcome {
      case .fail:
        self = .ineligible
        return
      case .unknown: verdict = .undetermined
      case .pass: break
      }
    }
    self = verdict
  }
}

/// A candidate measured by the criteria of one cohort.
public struct Assessment: Sendable {
  /// The cohort.
  public let cohort: Cohort
  /// The verdict.
  public let verdict: Verdict
  /// One result a criterion, in the protocol's order.
  public let criteria: [CriterionResult]
  /// For an undetermined verdict, a smallest set of data that would make the candidate eligible if they come out well;
  /// what is due already by the schedule first, then the cheapest.
  public let next: [NextDatum]
  /// Ids of unknown criteria that no datum would settle, so that the candidate stays undetermined even if all of `next` comes
  /// out well.
  public let unsettled: [String]
  /// For an ineligible verdict, records on file that leave other criteria unknown until they are corrected: a defect of the record
  /// is to be mended whatever bars the candidate.
  public var toCorrect: [NextDatum] = []
}

/// What one criterion says, and why.
public struct CriterionResult: Sendable {
  /// The criterion.
  public let criterion: Criterion
  /// What it says.
  public let outcome: Outcome
  /// A sentence for the physician who checks it.
  public let reason: String
  /// The records that the outcome rests on.
  public let evidence: [Evidence]
  /// The data, by concept id, that are missing, stale, undecidable or unusable and could still decide it.
  public let missing: [String]
  /// The parts that the criterion is made of, where it has several.
  public let parts: [Part]
  /// What else the reader must know: contradictions in the record.
  public let notes: [String]
  /// By type of resource, the concepts that are missing only since a record on file may be of them that names none of the dictionary.
  public internal(set) var unnamed: [String: [String]] = [:]

  /// Of the missing data those of which nothing that counts is on record: to obtain.
  public var absent: [String] { namedMissing.filter { !isOnFile($0) } }
  /// Of the missing data those that are on record and leave it open, and the types of records that name none: to clarify, and not to
  /// wish for.
  public var unclear: [String] { namedMissing.filter(isOnFile) + unnamed.keys.sorted() }

  /// The missing data but for those that a record might be which names none.
  var namedMissing: [String] {
    let possible = Set(unnamed.values.joined())
    return missing.filter { !possible.contains($0) }
  }

  private func isOnFile(_ datum: String) -> Bool { evidence.contains { $0.concept == datum } }

  /// A part of a criterion, seen as the criterion is: `pass` does not stand in the way.
  public struct Part: Sendable {
    /// Its name.
    public let name: String
    /// What it says.
    public let outcome: Outcome
  }
}

/// A record that an outcome rests on.
public struct Evidence: Sendable, Hashable {
  /// The concept, by id.
  public let concept: String
  /// Its value as text, with the unit of the source.
  public let value: String
  /// The value in the unit of the criterion, where that is another.
  public let converted: String?
  /// The date as written.
  public let when: String?
  /// Where it stands: the entry's `fullUrl`, or `Type/id`.
  public let source: String
}

/// A datum to obtain.
public struct NextDatum: Sendable, Hashable {
  /// The concept, by id; where there are several, the first of them; of a record on file that names none, its type.
  public let concept: String
  /// The concepts, where there are several (a medicine of a set): one of them would do, but of those on file that are to be corrected
  /// each is meant.
  public let oneOf: [String]
  /// The criteria, by id, that wait for it.
  public let decides: [String]
  /// Records of it that are on file and cannot decide, and that must be corrected or completed: those that a further record does not
  /// outrank (a provisional diagnosis, a date too coarse), and those in which only the writing is wrong (a unit without its UCUM code).
  /// Where they stand, as in `Evidence.source`.
  public let corrects: [String]
}

/// A record screened for one or more cohorts.
public struct Screened: Sendable {
  /// The record's own name for the candidate.
  public let patient: String
  /// The date on which the candidate was evaluated.
  public let asOf: CalendarDate
  /// One assessment a cohort, in the study's order.
  public let assessments: [Assessment]
  /// What of the record no criterion can have read, since the dictionary lists none of its codes; most frequent first.
  public let unrecognized: [UnrecognizedCode]
}
