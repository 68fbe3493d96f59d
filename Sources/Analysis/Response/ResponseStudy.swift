public import StudyDesign
public import Trial

/// What of a protocol version the response of a participant is told from.
public struct ResponseStudy: Sendable {
  /// How the effect is measured.
  public let endpoints: EndpointPlan
  /// Forms and schedule.
  public let casebook: CasebookPlan
  /// The data dictionary.
  public let dictionary: DataDictionary
  /// The forms with what reads their items as numbers.
  public let book: FormBook

  /// A version that has endpoints; nil for one that has none.
  public init?(_ study: Study) {
    guard let endpoints = study.endpoints else { return nil }
    self.init(
      endpoints: endpoints, casebook: study.casebook, dictionary: study.dictionary, grading: study.grading)
  }

  /// A version of these parts.
  public init(
    endpoints: EndpointPlan, casebook: CasebookPlan, dictionary: DataDictionary, grading: GradingPlan
  ) {
    self.endpoints = endpoints
    self.casebook = casebook
    self.dictionary = dictionary
    book = FormBook(casebook, dictionary: dictionary, grading: grading)
  }
}
