import CQL

/// What `endpoints.yaml` says, with the places of what it names, before it is checked against other files.
struct EndpointFile {
  static let name = "endpoints.yaml"

  /// An item that is named, and what it must be to be used so.
  struct ItemClaim {
    let path: ItemPath
    let location: SourceLocation
    /// The types of which it must be one.
    let types: [ItemType]
    /// What it is used as, for messages: `the day of a flare`.
    let use: String
  }

  /// Answers that an item must offer, for they are looked for in it.
  struct AnswerClaim {
    let item: ItemPath
    let answers: [Located<String>]
  }

  /// A key of an evaluation, with its place.
  struct KeyClaim {
    let plan: KeyPlan
    let location: SourceLocation
  }

  /// An evaluation with the places of what it says.
  struct Evaluation {
    let plan: EvaluationPlan
    let fields: Fields
    let keys: [KeyClaim]
    let outcomes: [Fields]
  }

  /// A cohort with the places of what it says.
  struct Cohort {
    let plan: CohortEndpoints
    let fields: Fields
    let evaluations: [Evaluation]
    /// The sources of the activity and of what stands beside it.
    let measures: [(source: KeySource, location: SourceLocation)]
    /// Outcomes that the cohort names.
    let outcomes: [Located<String>]
  }

  /// The plan.
  var plan: EndpointPlan
  /// What it names that the other files of the plan name too.
  var references = PlanReferences()
  /// The visits that it names.
  var visits: [Located<String>] = []
  /// The forms that it names by themselves.
  var forms: [Located<String>] = []
  /// The items that it names.
  var items: [ItemClaim] = []
  /// The answers that it looks for.
  var answers: [AnswerClaim] = []
  /// Its cohorts, in the order of the plan.
  var cohorts: [Cohort] = []
  /// The analysis sets, each with its place.
  var sets: [Located<String>] = []
  /// Where the cohorts begin.
  var cohortsPlace = SourceLocation(file: EndpointFile.name, line: 1, column: 1)
  /// Where the analysis sets begin.
  var setsPlace = SourceLocation(file: EndpointFile.name, line: 1, column: 1)
}
