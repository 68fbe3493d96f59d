public import ClinicalValues
public import Instruments
public import Trial

/// The response of one participant: a function of the casebook, the treatment and the study's files.
public struct ResponseView: Sendable, Equatable {
  /// Whose it is.
  public let participant: ParticipantID
  /// The cohort.
  public let cohort: String
  /// LD 1, before which the baseline lies.
  public let firstDose: CalendarDate?
  /// Day 0.
  public let dayZero: CalendarDate?
  /// The measure of activity at baseline: the last complete assessment before LD 1, after bridging.
  public let baseline: MeasureView
  /// The same at screening, shown beside it.
  public let screening: MeasureView
  /// What else is shown, at baseline.
  public let besideBaseline: [MeasureView]
  /// From when on the participant is a non-responder; nil where no new treatment of the disease was begun.
  public let newTreatment: NewTreatment?
  /// The times, in the order of the plan.
  public let times: [TimePointView]
  /// Drug-free remissions, in the order of time.
  public let remissions: [DrugFreeRemission]
  /// What of the instruments a person must still check against their sources, each once.
  public let unverified: [String]

  /// The time of that id.
  public func time(_ id: String) -> TimePointView? { times.first { $0.id == id } }
}

/// A number that stands for activity, from when it is, and how far it is from the baseline.
public struct MeasureView: Sendable, Equatable {
  /// Its title.
  public let title: String
  /// The visit.
  public let visit: String?
  /// The day.
  public let day: CalendarDate?
  /// The number; nil where it is not evaluable.
  public let value: Decimal?
  /// What it lacks.
  public let missing: [MissingAnswer]
  /// The difference from the baseline; nil where either is not evaluable.
  public var change: Decimal?
}

/// An answer that is missing, and why.
public struct MissingAnswer: Sendable, Hashable {
  /// The item: `spirometry.REORRES_FVCPP`.
  public let item: String
  /// Its words.
  public let label: String
  /// Why there is no answer, in a clause.
  public let reason: String

  /// An item without an answer, its words, and why.
  public init(_ item: String, _ label: String, _ reason: String) {
    self.item = item
    self.label = label
    self.reason = reason
  }
}

/// That a new treatment of the disease was begun.
public struct NewTreatment: Sendable, Equatable {
  /// The first day that it may have been.
  public let from: CalendarDate
  /// Whether that day is known exactly.
  public let isExact: Bool
  /// Where it is recorded.
  public let source: String
}

/// A time at which response is looked at.
public struct TimePointView: Sendable, Equatable {
  /// Its id: `M6`.
  public let id: String
  /// The visit.
  public let visit: String
  /// What a reader must know of every result of this time.
  public let note: String?
  /// The day of the assessment; nil where there was none.
  public let day: CalendarDate?
  /// Days from Day 0 to it.
  public let studyDay: Int?
  /// Whether anything that response is told from was recorded.
  public let isAssessed: Bool
  /// The measure of activity.
  public let activity: MeasureView
  /// What is shown beside it.
  public let beside: [MeasureView]
  /// Each published definition.
  public let evaluations: [EvaluationView]
  /// What could explain the result otherwise.
  public let context: ResponseContext
  /// Who assessed, and who read the images, as far as recorded.
  public let assessors: [AssessorView]
  /// How remission without drugs stands.
  public let remission: RemissionStanding

  /// The outcome of that id.
  public func outcome(_ id: String) -> OutcomeView? { evaluations.flatMap(\.outcomes).first { $0.id == id } }
}

/// Who assessed a form; nil where that is not recorded.
public struct AssessorView: Sendable, Equatable {
  /// The item that says so.
  public let item: String
  /// Who, as recorded.
  public let name: String?
}

/// A published definition, as filled and as it came out.
public struct EvaluationView: Sendable, Equatable {
  /// Its id in the study.
  public let id: String
  /// The instrument's published name.
  public let title: String
  /// Where its rules stand.
  public let source: String
  /// What about it a person must still check; nil where everything was verified.
  public let unverified: String?
  /// How each key was filled, in the order of the study file.
  public let keys: [KeyAnswer]
  /// What the instrument said.
  public let result: Result
  /// What is read from it.
  public let outcomes: [OutcomeView]
}

/// How a key of an instrument was filled.
public struct KeyAnswer: Sendable, Equatable {
  /// The key.
  public let key: String
  /// What the instrument was given; null where nothing is known.
  public let value: Datum
  /// The visit of it, where it is of one.
  public let visit: String?
  /// The day of it.
  public let day: CalendarDate?
  /// What is missing for it.
  public let missing: [MissingAnswer]
}

/// How an outcome came out.
public enum OutcomeStanding: String, Sendable, Hashable, Codable, CaseIterable {
  case met, notMet
  /// The definition cannot be asked of this baseline.
  case notApplicable
  /// An answer that could change it is missing.
  case notEvaluable
  /// Nothing was assessed at this time.
  case notAssessed
  /// A new treatment of the disease was begun before.
  case nonResponder
}

/// What is read from the result of an instrument.
public struct OutcomeView: Sendable, Equatable {
  /// Its id in the study.
  public let id: String
  /// Its title.
  public let title: String
  /// What the data say.
  public let standing: OutcomeStanding
  /// What counts: as the data say, but for a non-responder.
  public let counts: OutcomeStanding
  /// Components that failed, as the instrument names them.
  public let failed: [String]
  /// What is missing for it, where it is not evaluable.
  public let missing: [MissingAnswer]
}

/// What stands beside a result.
public struct ResponseContext: Sendable, Equatable {
  /// Prednisone equivalent on the day of the assessment, mg; nil where unknown.
  public let prednisone: Decimal?
  /// The highest on any day of the time before, mg; nil where unknown.
  public let highestPrednisone: Decimal?
  /// Why a dose is not known.
  public let unknownDoses: [MissingAnswer]
  /// Immunoglobulin in that time, as recorded.
  public let immunoglobulin: [String]
  /// Blood products in that time, as recorded, each with its day.
  public let transfusions: [String]
  /// Whether a local organ reaction to the cells explains a finding; nil where it is not recorded.
  public let localReaction: Bool?
}

/// How remission without drugs stands at a time.
public struct RemissionStanding: Sendable, Equatable {
  /// Whether the state of the disease is remission.
  public let state: Bool?
  /// Whether no drug that counts is taken.
  public let drugFree: Bool?
  /// Since when, as recorded.
  public let drugFreeSince: CalendarDate?
  /// Medicines that speak against being free of drugs, as recorded.
  public let against: [String]
  /// Medicines that end nothing, shown apart: treatment of toxicity, replacement, hydroxychloroquine.
  public let apart: [String]
  /// What is missing to tell.
  public let missing: [MissingAnswer]
  /// The start of the drug-free remission that this time is in.
  public var start: CalendarDate?
  /// Days of it up to this time.
  public var days: Int?

  /// Whether it is a drug-free remission; nil where that cannot be told.
  public var isRemission: Bool? {
    if state == false || drugFree == false { return false }
    return state == true && drugFree == true ? true : nil
  }
}

/// A drug-free remission: from the later of the first assessment in remission and the first day without drugs.
public struct DrugFreeRemission: Sendable, Equatable {
  /// Its first day.
  public let start: CalendarDate
  /// The last assessment in it.
  public var lastSeen: CalendarDate
  /// Days from its start to that.
  public var days: Int
  /// Times between at which it could not be told.
  public var notToldAt: [String]
  /// The day and the reason of its end; nil where it goes on.
  public var loss: RemissionLoss?
}

/// Why a drug-free remission ended.
public struct RemissionLoss: Sendable, Equatable {
  /// Why.
  public enum Reason: String, Sendable, Hashable, Codable {
    /// The disease flared.
    case flare
    /// A drug was taken for the disease again.
    case treatment
    /// A drug was taken again, not for the disease.
    case drug
    /// The state of remission was no longer met.
    case state
  }

  /// The day.
  public let day: CalendarDate
  /// Why.
  public let reason: Reason
  /// In words.
  public let detail: String
}
