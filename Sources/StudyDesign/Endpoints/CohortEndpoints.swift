/// What is measured in one cohort.
public struct CohortEndpoints: Sendable, Hashable, Codable {
  /// The cohort.
  public var cohort: String
  /// The measure of activity that stands for the disease, and its change.
  public var activity: ActivityMeasure
  /// Scores that are shown beside it.
  public var beside: [ActivityMeasure]
  /// The items that say who assessed, or who read the images.
  public var assessors: [ItemPath]
  /// The answer that marks the scan from which later activity is counted; nil where the cohort has none.
  public var rebaseline: ItemPath?
  /// Published definitions of response, each with how its keys are filled.
  public var evaluations: [EvaluationPlan]
  /// The outcome that is called response in this cohort.
  public var response: String
  /// The state that, without drugs, is a drug-free remission.
  public var remission: RemissionPlan

  /// The evaluation of that id.
  public func evaluation(_ id: String) -> EvaluationPlan? { evaluations.first { $0.id == id } }
  /// The outcome of that id.
  public func outcome(_ id: String) -> OutcomePlan? { evaluations.flatMap(\.outcomes).first { $0.id == id } }
}

/// A number that stands for the activity of the disease.
public struct ActivityMeasure: Sendable, Hashable, Codable {
  /// Its title, for people.
  public var title: String
  /// Where the number comes from.
  public var source: KeySource
}

/// A published definition as the study uses it.
public struct EvaluationPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id: `tis`.
  public var id: String
  /// The instrument, by id.
  public var instrument: String
  /// How each of its keys is filled, in the instrument's order.
  public var keys: [KeyPlan]
  /// What is read from its result.
  public var outcomes: [OutcomePlan]
  /// Where the choice of it comes from.
  public var origin: PartOrigin
}

/// How a key of an instrument is filled.
public struct KeyPlan: Sendable, Hashable, Codable {
  /// The key.
  public var key: String
  /// From when the answer is.
  public var at: Occasion
  /// Where the answer comes from.
  public var source: KeySource
}

/// From when an answer is.
public enum Occasion: String, Sendable, Hashable, Codable, CaseIterable { case baseline, followUp }

/// Where the answer to a key comes from.
public enum KeySource: Sendable, Hashable, Codable {
  /// An item of a form at the visit, in the unit of its concept.
  case item(path: ItemPath, gives: ItemAspect)
  /// The mean of several items, all of which must be answered.
  case mean(of: [ItemPath])
  /// A value of an instrument whose items one form asks: `essdai`, `clinEssdai`.
  case score(instrument: String, output: String)
  /// What is said of the measurement that was picked.
  case pick(id: String, gives: PickAspect)
  /// The prednisone equivalent of the glucocorticoids taken that day, mg.
  case prednisone
  /// The same for everybody.
  case constant(text: String)
  /// A value of an earlier evaluation of the same time.
  case result(evaluation: String, output: String)
  /// Every visit from the baseline to this time at which a form was filled: its study day, and an item for each member.
  case course(form: String, day: String, members: [Member])
  /// How many rows of a log say yes, from the re-baseline on.
  case count(rows: DatedItem)
  /// The sum of a number over all visits after the re-baseline, the present one included.
  case sum(of: ItemPath)
  /// The trial does not collect it: what follows.
  case notCollected(follows: String)

  /// A member of each record of a course.
  public struct Member: Sendable, Hashable, Codable {
    /// Its key in the instrument.
    public var key: String
    /// The item.
    public var item: String
  }
}

/// What is taken of an item.
public enum ItemAspect: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its value.
  case value
  /// The limits of normal of its laboratory on its day.
  case lowerLimit, upperLimit
  /// Whether it is normal on that side: at most the upper limit, at least the lower one.
  case notAboveNormal, notBelowNormal
}

/// What is taken of a measurement that was picked.
public enum PickAspect: String, Sendable, Hashable, Codable, CaseIterable {
  /// Which one it is.
  case name
  /// Its value.
  case value
  /// Its upper limit of normal at baseline.
  case upperLimit
}

/// What is read from the result of an instrument.
public struct OutcomePlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id, its own in the cohort: `doris`.
  public var id: String
  /// Its title, for people.
  public var title: String
  /// The value of the result that is read.
  public var output: String
  /// Whether it is bad news where it is met: it then says nothing of response.
  public var isWorsening: Bool
  /// What it must be: words, or `true` and `false`.
  public var isOneOf: [String]
  /// The value of the result that says whether the outcome can be asked at all; nil where it always can.
  public var appliesIf: String?
}

/// The state of a disease that, without drugs, is a drug-free remission.
public struct RemissionPlan: Sendable, Hashable, Codable {
  /// Outcomes that must be met.
  public var met: [String]
  /// Outcomes that must not be met.
  public var notMet: [String]
  /// Where it comes from.
  public var origin: PartOrigin
}
