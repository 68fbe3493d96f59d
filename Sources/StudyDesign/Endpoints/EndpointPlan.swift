public import ClinicalValues

/// How the effect of the treatment is measured, by cohort: instruments, response, remission, who counts. Read from `endpoints.yaml`.
public struct EndpointPlan: Sendable, Hashable, Codable {
  /// When response is looked at, in order.
  public var timePoints: [TimePointPlan]
  /// What every change is measured from.
  public var baseline: BaselinePlan
  /// The forms that list medicines, each with what its items say of one.
  public var medicines: [MedicineFormPlan]
  /// What a drug-free remission is free of.
  public var drugFree: DrugFreePlan
  /// Answers that say that a new treatment of the disease was begun: from its first day on the participant is a non-responder.
  public var newTreatment: [DatedItem]
  /// The answer that says that the disease has flared.
  public var flare: DatedItem
  /// What stands beside each result.
  public var context: ContextPlan
  /// Measurements of which the one that is most raised at baseline is followed.
  public var picks: [PickPlan]
  /// The endpoints of each cohort.
  public var cohorts: [CohortEndpoints]
  /// When B cells count as gone and as back.
  public var bCells: BCellPlan
  /// How the persistence of the cells is told.
  public var persistence: PersistencePlan
  /// Who counts for which result.
  public var sets: [AnalysisSetPlan]

  /// The endpoints of a cohort.
  public func cohort(_ id: String) -> CohortEndpoints? { cohorts.first { $0.cohort == id } }
  /// The definition of an analysis set.
  public func set(_ id: AnalysisSetID) -> AnalysisSetPlan? { sets.first { $0.id == id } }
}

/// Where a part of the plan comes from: words of the protocol, or the provisional item that stands in for them.
public struct PartOrigin: Sendable, Hashable, Codable {
  /// Words of the protocol that ask for it.
  public var source: String?
  /// The provisional item that it rests on, where no words of the protocol ask for it.
  public var provisional: String?
}

/// A time at which response is looked at.
public struct TimePointPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id: `M6`.
  public var id: String
  /// The visit of the schedule at which it is assessed.
  public var visit: String
  /// What a reader must know of every result of this time; nil where there is nothing.
  public var note: String?
  /// Where it comes from.
  public var origin: PartOrigin
}

/// What every change is measured from: the last complete assessment before the first dose of lymphodepletion.
public struct BaselinePlan: Sendable, Hashable, Codable {
  /// The log of treatments of the disease before lymphodepletion (bridging), by the item that says when one began: an
  /// assessment before the last of them began is no baseline.
  public var afterBridging: ItemPath?
  /// The visit whose value is shown beside the baseline.
  public var beside: String
  /// Where it comes from.
  public var origin: PartOrigin
}

/// A form that lists medicines, a row a medicine and dose.
public struct MedicineFormPlan: Sendable, Hashable, Codable {
  /// The form.
  public var form: String
  /// The item that names the medicine.
  public var medicine: String
  /// The item that says when it began.
  public var start: String
  /// The item that says when it ended.
  public var end: String
  /// The item that says whether it was taken.
  public var state: String
  /// The states of one that was never taken.
  public var neverTaken: [String]
  /// The states of one that is still taken where no last day is given; of any other it is then unknown.
  public var stillTaken: [String]
  /// The form that goes on where this one stops: what is “still taken” holds until the first row of the same medicine there, and
  /// without one until the infusion; later it is unknown. Nil for a form that is kept up to date.
  public var continuedIn: String?
  /// The item that says the dose of a day; nil where the form has none.
  public var dose: String?
  /// The item that says why it is given; nil where all that the form lists is given for the disease.
  public var reason: String?
  /// The reasons that are the disease itself.
  public var forDisease: [String]
}

/// What a drug-free remission is free of, and who says so.
public struct DrugFreePlan: Sendable, Hashable, Codable {
  /// The answer that says that none is taken, with the day since when.
  public var said: DatedItem
  /// Concepts or sets of concepts that may not be taken.
  public var excluded: [String]
  /// Concepts that are shown apart and end nothing: hydroxychloroquine, immunoglobulin.
  public var apart: [String]
  /// Reasons for which an excluded medicine ends nothing: treatment of toxicity, replacement.
  public var exempt: [String]
  /// Where it comes from.
  public var origin: PartOrigin
}

/// What stands beside each result of response.
public struct ContextPlan: Sendable, Hashable, Codable {
  /// Days before the assessment that are looked at, the day itself included.
  public var days: Int
  /// The set of medicines whose daily dose is shown as prednisone equivalent.
  public var glucocorticoids: String
  /// The medicine that replaces immunoglobulin.
  public var immunoglobulin: String
  /// The log of blood products.
  public var transfusions: TransfusionPlan
  /// The answer that local organ reaction to the cells, rather than activity, explains a finding.
  public var localReaction: ItemPath
  /// Where it comes from.
  public var origin: PartOrigin
}

/// A log of blood products.
public struct TransfusionPlan: Sendable, Hashable, Codable {
  /// The item that names the product, with that of its day.
  public var product: DatedItem
  /// The item that says whether it was given.
  public var state: String
  /// The states of one that was not.
  public var notGiven: [String]
}

/// Measurements of which one is followed: that which, at baseline, is most raised against its upper limit of normal.
public struct PickPlan: Sendable, Hashable, Codable, Identifiable {
  /// One of the measurements.
  public struct Choice: Sendable, Hashable, Codable {
    /// Its name in the instrument: `CK`.
    public var name: String
    /// The item that it is.
    public var item: ItemPath
  }

  /// Its id: `enzyme`.
  public var id: String
  /// The measurements, in order.
  public var of: [Choice]
  /// How many must be recorded with their limit for one to be picked.
  public var atLeast: Int
  /// Where it comes from.
  public var origin: PartOrigin
}

/// When B cells count as gone and as back, in cells per microliter.
public struct BCellPlan: Sendable, Hashable, Codable {
  /// The count of B cells.
  public var item: ItemPath
  /// The count below which they count as gone.
  public var depletion: Decimal
  /// Whether that count itself does too.
  public var depletionInclusive: Bool
  /// The count from which on they count as back.
  public var reconstitution: Decimal
  /// Where it comes from.
  public var origin: PartOrigin
}

/// How the persistence of the cells is told.
public struct PersistencePlan: Sendable, Hashable, Codable {
  /// The number of copies.
  public var copies: ItemPath
  /// The answer that it is below the limit of quantification.
  public var belowLimit: ItemPath
  /// That limit.
  public var lowerLimit: ItemPath
  /// Where it comes from.
  public var origin: PartOrigin
}

/// Analysis sets that the software knows how to form.
public enum AnalysisSetID: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
  case screened, enrolled, leukapheresed, lymphodepleted, infused, dltEvaluable, responseEvaluable
}

/// An analysis set: who counts for a result.
public struct AnalysisSetPlan: Sendable, Hashable, Codable, Identifiable {
  /// Which one.
  public var id: AnalysisSetID
  /// Its title, for people.
  public var title: String
  /// Who is in it, in words that stand with every result.
  public var definition: String
  /// Where it comes from.
  public var origin: PartOrigin
}

/// An item of a form: `spirometry.REORRES_FVCPP`.
public struct ItemPath: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The form.
  public var form: String
  /// The item.
  public var item: String

  /// An item of a form.
  public init(form: String, item: String) {
    self.form = form
    self.item = item
  }

  /// The item that a text names, form and item with a point between; nil if it names none.
  public init?(_ text: String) {
    guard let point = text.firstIndex(of: "."), point != text.startIndex else { return nil }
    self.init(form: String(text[..<point]), item: String(text[text.index(after: point)...]))
    guard !item.isEmpty, !item.contains(".") else { return nil }
  }

  /// `spirometry.REORRES_FVCPP`.
  public var description: String { "\(form).\(item)" }

  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let path = ItemPath(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "‘\(text)’ is no form.ITEM")
    }
    self = path
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An answer with the item of the same form that says when it was so.
public struct DatedItem: Sendable, Hashable, Codable {
  /// The answer.
  public var item: ItemPath
  /// The item that says when.
  public var day: String
}
