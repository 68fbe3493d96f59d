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
  /// When it was sent, where that can be: nobody sends what nobody at the site was aware of.
  var submission: DateTime? {
    sent.flatMap { sent in aware.map { $0.instant <= sent.instant } ?? true ? sent : nil }
  }
  /// The relations that it judges.
  public let relations: [TreatmentPart: Causality]
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
  /// When it was handed in, to each whom the study asks about; nil while it was not.
  public let submissions: [ReportRecipient: DateTime?]
  /// Whether it is said to lower an earlier judgment; `isLower(than:)` is what counts.
  public let lowers: Bool?
  /// Why it does.
  public let lowersWhy: String?

  /// Whether it counts after the one that counted before: a judgment that lowers another needs its reason, whatever was ticked.
  func counts(after earlier: SafetyAssessment?) -> Bool {
    lowersWhy != nil || lowers != true && earlier.map { !isLower(than: $0) } ?? true
  }

  /// Whether it takes something as less grave than an earlier one: a relation, expectedness, seriousness, a SUSAR. What it leaves
  /// unanswered is not as grave.
  func isLower(than earlier: SafetyAssessment) -> Bool {
    TreatmentPart.ofTreatment.contains { part in
      earlier.relations[part]?.countsAsRelated == true && relations[part]?.countsAsRelated != true
    }
      || earlier.isUnexpected == true && isUnexpected != true
      || earlier.mayBeFatal == true && mayBeFatal != true
      || earlier.isSaidSUSAR == true && isSaidSUSAR != true
  }

  /// Whether it counts as unexpected: what cannot be judged does.
  private var isUnexpected: Bool? { expectedness.map { $0 != .expected } }
  /// Whether it takes the shorter clock: unknown seriousness does.
  private var mayBeFatal: Bool? { seriousness.map { $0 != .otherSerious } }

  /// When the report had been handed in to all whom the study asks about; nil as long as one of them lacks it.
  public var sent: DateTime? {
    let all = submissions.values.compactMap(\.self)
    return all.count == submissions.count ? all.max { $0.instant < $1.instant } : nil
  }

  /// To whom it goes, as a list.
  var recipients: String { submissions.keys.sorted().map(\.words).joined(separator: ", ") }
}

/// To whom a suspected unexpected serious adverse reaction is reported.
public enum ReportRecipient: Int, Sendable, Hashable, Comparable, CaseIterable {
  case authority, ethicsCommittee, otherSites

  /// As a person says it.
  var words: String {
    switch self {
    case .authority: "authority"
    case .ethicsCommittee: "ethics committee"
    case .otherSites: "other sites"
    }
  }

  fileprivate var item: AssessmentItem {
    switch self {
    case .authority: .sentToAuthority
    case .ethicsCommittee: .sentToCommittee
    case .otherSites: .sentToSites
    }
  }

  /// In the order of their list.
  public static func < (a: ReportRecipient, b: ReportRecipient) -> Bool { a.rawValue < b.rawValue }
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
    let asked = ReportRecipient.allCases.filter { row.binding[$0.item] != nil }
    submissions = Dictionary(uniqueKeysWithValues: asked.map { ($0, row.time($0.item)) })
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
    var relations: [TreatmentPart: Causality] = [:]
    relations[.product] = row.causality(.relatedToProduct)
    relations[.lymphodepletion] = row.causality(.relatedToLymphodepletion)
    self.relations = relations
    says = Dictionary(
      uniqueKeysWithValues: ReportItem.allCases.compactMap { item in
        row.entry(item).map { (item, $0.answer.description) }
      })
  }
}
