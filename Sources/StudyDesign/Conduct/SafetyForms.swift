/// Where the casebook says what safety follows from: forms and their items, by what they mean. A study that does not say it
/// has none of this followed by itself.
public struct SafetyForms: Sendable, Hashable, Codable {
  /// Adverse events, a row an event.
  public var adverseEvent: FormBinding<AdverseEventItem>?
  /// How the grade of an adverse event went.
  public var course: FormBinding<CourseItem>?
  /// What is asked beside an event of special interest.
  public var details: FormBinding<DetailsItem>?
  /// Versions of the report of a serious adverse event.
  public var report: FormBinding<ReportItem>?
  /// What the safety officer judges of a serious adverse event.
  public var assessment: FormBinding<AssessmentItem>?
  /// What is asked of an event that may have been dose-limiting.
  public var question: FormBinding<QuestionItem>?
  /// The death of the participant.
  public var death: FormBinding<DeathItem>?
  /// A pregnancy.
  public var pregnancy: FormBinding<PregnancyItem>?
  /// How a pregnancy ended.
  public var pregnancyOutcome: FormBinding<PregnancyOutcomeItem>?
  /// Concomitant medication.
  public var medication: FormBinding<MedicationItem>?
  /// Tests for replication-competent vector.
  public var vector: FormBinding<VectorItem>?
  /// Events of special interest that rules name, by the code that the casebook has for them.
  public var kinds: [String: SpecialInterestKind] = [:]
  /// The code that the casebook has for an event that is none of special interest.
  public var noKind: String?
  /// Events of special interest that a term of CTCAE says by itself: their codes, by the term.
  public var terms: [String: String] = [:]

  /// A study that says nothing of it.
  public init() {}
}

/// A form whose items mean something that the software knows.
public struct FormBinding<Item: SafetyItem>: Sendable, Hashable, Codable {
  /// The form's id.
  public var form: String
  /// The items' ids in the form, by what they mean.
  public var items: [Item: String]

  /// A form with its items.
  public init(form: String, items: [Item: String]) {
    self.form = form
    self.items = items
  }

  /// The id of an item in the form.
  public subscript(_ item: Item) -> String? { items[item] }
}

/// What items of a form mean; the raw values are the keys of `safety.yaml`.
public protocol SafetyItem: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable
{
}

/// What the items of an adverse event mean.
public enum AdverseEventItem: String, SafetyItem {
  case reported, term, specified, medDRA, start, end, grade, aware
  case serious, death, lifeThreatening, hospitalization, disability, congenitalAnomaly, medicallyImportant
  case relatedToProduct, relatedToLymphodepletion, relatedToLeukapheresis, relatedToBridging, relatedToProcedure
  case relatedToDisease
  case specialInterest, action, treated, outcome, narrative
}

/// What the items of a change of grade mean.
public enum CourseItem: String, SafetyItem { case event, from, grade }

/// What the items beside an event of special interest mean.
public enum DetailsItem: String, SafetyItem { case event, kind, transgene }

/// What the items of a report of a serious adverse event mean.
public enum ReportItem: String, SafetyItem {
  case event, version, number, written, aware, sent
  case diagnosis, narrative, tests, history, medicines, admitted, discharged, autopsy
  case relatedToProduct, relatedToLymphodepletion, why, by
}

/// What the items of the safety officer's judgment mean.
public enum AssessmentItem: String, SafetyItem {
  case event, judged, aware, relatedToProduct, relatedToLymphodepletion, expectedness, reference, seriousness, susar,
    why
  case sentToAuthority, sentToCommittee, sentToSites, lowers, lowersWhy
}

/// What the items of a dose-limiting question mean that no other form asks.
public enum QuestionItem: String, SafetyItem { case event, asymptomaticLab, expectedOnTarget, answer, board }

/// What the items of a death mean.
public enum DeathItem: String, SafetyItem {
  case died, day, event, aware, relatedToProduct, relatedToLymphodepletion, relatedToLeukapheresis, relatedToProcedure
}

/// What the items of a pregnancy mean.
public enum PregnancyItem: String, SafetyItem { case who, aware, sent, consent, expected }

/// What the items of the outcome of a pregnancy mean.
public enum PregnancyOutcomeItem: String, SafetyItem { case pregnancy, outcome, ended, child }

/// What the items of a medicine mean.
public enum MedicationItem: String, SafetyItem { case medicine, event }

/// What the items of a test for replication-competent vector mean.
public enum VectorItem: String, SafetyItem { case result, confirmed }

/// An event of special interest that a rule names.
public enum SpecialInterestKind: String, Sendable, Hashable, Codable, CaseIterable {
  case crs, icans, cytopenia, infection, malignancy
}
