public import StudyDesign

/// What of a protocol version the response of a participant is told from.
public struct ResponseStudy: Sendable {
  /// How the effect is measured.
  public let endpoints: EndpointPlan
  /// Forms and schedule.
  public let casebook: CasebookPlan
  /// The data dictionary.
  public let dictionary: DataDictionary

  /// A version that has endpoints; nil for one that has none.
  public init?(_ study: Study) {
    guard let endpoints = study.endpoints else { return nil }
    self.init(endpoints: endpoints, casebook: study.casebook, dictionary: study.dictionary)
  }

  /// A version of these parts.
  public init(endpoints: EndpointPlan, casebook: CasebookPlan, dictionary: DataDictionary) {
    self.endpoints = endpoints
    self.casebook = casebook
    self.dictionary = dictionary
  }
}
