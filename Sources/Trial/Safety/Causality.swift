import StudyDesign

/// What an adverse event can be related to.
public enum TreatmentPart: String, Sendable, Hashable, Codable, CaseIterable {
  case product, lymphodepletion, leukapheresis, bridging, procedure, disease

  /// What is asked of a death, and what makes a suspected reaction of an event of the study treatment.
  static let ofTreatment: [TreatmentPart] = [.product, .lymphodepletion]

  /// As a person says it.
  public var words: String {
    switch self {
    case .product: "the product"
    case .lymphodepletion: "lymphodepletion"
    case .leukapheresis: "leukapheresis"
    case .bridging: "bridging"
    case .procedure: "a procedure"
    case .disease: "the disease"
    }
  }
}

/// A physician's judgment of a relation; the raw values are those of the casebook.
public enum Causality: String, Sendable, Hashable, Codable, CaseIterable {
  case related = "RELATED"
  case possiblyRelated = "POSSIBLY RELATED"
  case unlikelyRelated = "UNLIKELY RELATED"
  case notRelated = "NOT RELATED"
  /// Somebody was asked and cannot judge it.
  case unknown = "UNKNOWN"

  /// Whether it counts as related where a report hangs on it: what cannot be judged does.
  public var countsAsRelated: Bool { self == .related || self == .possiblyRelated || self == .unknown }

  /// Whether it is related; nil where that cannot be judged.
  public var isRelated: Bool? { self == .unknown ? nil : countsAsRelated }

  /// The most serious of several views; nil where nobody has one.
  static func gravest(of views: [Causality?]) -> Causality? {
    let views = views.compactMap(\.self)
    return views.first { $0.isRelated == true } ?? views.first(where: \.countsAsRelated) ?? views.first
  }
}

/// How an adverse event ended, or stands (CDISC terminology OUT).
public enum EventOutcome: String, Sendable, Hashable, Codable, CaseIterable {
  case resolved = "RECOVERED/RESOLVED"
  case resolvedWithSequelae = "RECOVERED/RESOLVED WITH SEQUELAE"
  case resolving = "RECOVERING/RESOLVING"
  case notResolved = "NOT RECOVERED/NOT RESOLVED"
  case fatal = "FATAL"
  case unknown = "UNKNOWN"

  /// As a person says it.
  public var words: String {
    switch self {
    case .resolved: "resolved"
    case .resolvedWithSequelae: "resolved with sequelae"
    case .resolving: "resolving"
    case .notResolved: "not resolved"
    case .fatal: "fatal"
    case .unknown: "unknown"
    }
  }
}

/// What makes an adverse event serious (ICH E2A); serious and severe differ.
public enum SeriousnessCriterion: String, Sendable, Hashable, Codable, CaseIterable {
  case death, lifeThreatening, hospitalization, disability, congenitalAnomaly, medicallyImportant

  /// As a person says it.
  public var words: String {
    switch self {
    case .death: "resulted in death"
    case .lifeThreatening: "life-threatening at the time"
    case .hospitalization: "admission, or prolonged stay in hospital"
    case .disability: "lasting or significant disability"
    case .congenitalAnomaly: "congenital anomaly"
    case .medicallyImportant: "otherwise medically important"
    }
  }
}

/// Whether an adverse event is serious, as it was recorded.
public struct Seriousness: Sendable, Hashable {
  /// What was said of it as a whole; nil where nothing was, or that it is not known.
  public let said: Bool?
  /// Whether somebody was asked and does not know.
  public let isSaidUnknown: Bool
  /// The criteria that were answered.
  public let criteria: [SeriousnessCriterion: Bool]

  /// Criteria that are met, in their order.
  public var met: [SeriousnessCriterion] { SeriousnessCriterion.allCases.filter { criteria[$0] == true } }
}

/// Kleene's or: true if any is, else unknown if any is.
func anyOf(_ values: [Bool?]) -> Bool? { values.contains(true) ? true : values.contains(nil) ? nil : false }

extension AdverseEventItem {
  /// The item of a relation.
  static func relation(to part: TreatmentPart) -> AdverseEventItem {
    switch part {
    case .product: .relatedToProduct
    case .lymphodepletion: .relatedToLymphodepletion
    case .leukapheresis: .relatedToLeukapheresis
    case .bridging: .relatedToBridging
    case .procedure: .relatedToProcedure
    case .disease: .relatedToDisease
    }
  }

  /// The item of a criterion.
  static func criterion(_ criterion: SeriousnessCriterion) -> AdverseEventItem {
    switch criterion {
    case .death: .death
    case .lifeThreatening: .lifeThreatening
    case .hospitalization: .hospitalization
    case .disability: .disability
    case .congenitalAnomaly: .congenitalAnomaly
    case .medicallyImportant: .medicallyImportant
    }
  }
}
