public import ClinicalValues
public import StudyDesign

/// A version of the report of a serious adverse event, from site to sponsor.
public struct SeriousReport: Sendable, Hashable {
  /// The form that it was recorded in.
  public let form: FormKey
  /// Its version number: 0 the first, follow-ups from 1; nil where it was not answered.
  public let number: Int?
  /// Of which kind, by the code of the casebook: first, follow-up, final.
  public let version: String?
  /// When it was written.
  public let written: DateTime?
  /// When the site was aware, as the report says.
  public let aware: DateTime?
  /// When it was sent to the sponsor; nil while it was not.
  public let sent: DateTime?
  /// What it says, by meaning, as a person reads it.
  public let says: [ReportItem: String]
}

/// The safety officer's own judgment of a serious adverse event, beside the investigator's.
public struct SafetyAssessment: Sendable, Hashable {
  /// How serious it is; the raw values are those of the casebook.
  public enum Category: String, Sendable, Hashable, Codable, CaseIterable {
    case fatalOrLifeThreatening = "FATAL OR LIFE-THREATENING"
    case otherSerious = "OTHER SERIOUS"
    case unknown = "UNKNOWN"
  }

  /// Whether the reference safety information of the day expects it; the raw values are those of the casebook.
  public enum Expectedness: String, Sendable, Hashable, Codable, CaseIterable {
    case expected = "EXPECTED"
    case unexpected = "UNEXPECTED"
    case unknown = "UNKNOWN"
  }

  /// The form that it was recorded in.
  public let form: FormKey
  /// When it was judged.
  public let judged: DateTime?
  /// When the sponsor was aware: day 0.
  public let aware: DateTime?
  /// The relations that were judged.
  public let relations: [TreatmentPart: Causality]
  /// Whether it is expected; nil where that was not answered.
  public let expectedness: Expectedness?
  /// The version of the reference safety information.
  public let reference: String?
  /// How serious it is; nil where that was not answered.
  public let seriousness: Category?
  /// Whether it was called a SUSAR.
  public let isSaidSUSAR: Bool?
  /// Why.
  public let why: String?
  /// When the report was handed in to the authority; nil while it was not.
  public let sentToAuthority: DateTime?
  /// Whether it lowers an earlier judgment.
  public let lowers: Bool?
  /// Why it does.
  public let lowersWhy: String?

  /// Whether it counts: a judgment that lowers an earlier one needs its reason.
  public var counts: Bool { lowers != true || lowersWhy != nil }
}

extension SafetyAssessment {
  init(_ row: BoundRow<AssessmentItem>) {
    form = row.key
    judged = row.time(.judged)
    aware = row.time(.aware)
    var relations: [TreatmentPart: Causality] = [:]
    relations[.product] = row.causality(.relatedToProduct)
    relations[.lymphodepletion] = row.causality(.relatedToLymphodepletion)
    self.relations = relations
    expectedness =
      row.text(.expectedness).flatMap(Expectedness.init) ?? (row.isSaidUnknown(.expectedness) ? .unknown : nil)
    reference = row.text(.reference)
    seriousness = row.text(.seriousness).flatMap(Category.init) ?? (row.isSaidUnknown(.seriousness) ? .unknown : nil)
    isSaidSUSAR = row.flag(.susar)
    why = row.text(.why)
    sentToAuthority = row.time(.sentToAuthority)
    lowers = row.flag(.lowers)
    lowersWhy = row.text(.lowersWhy)
  }
}

extension SeriousReport {
  init(_ row: BoundRow<ReportItem>) {
    form = row.key
    number = row.number(.number)
    version = row.text(.version)
    written = row.time(.written)
    aware = row.time(.aware)
    sent = row.time(.sent)
    says = Dictionary(
      uniqueKeysWithValues: ReportItem.allCases.compactMap { item in
        row.entry(item).map { (item, $0.answer.description) }
      })
  }
}
