public import ClinicalValues

/// What a toxicity is that may have been dose-limiting.
public enum QualifyingToxicity: String, Sendable, Hashable, Codable, CaseIterable {
  case crs, icans, infection, death, cytopenia
  /// Any other.
  case other
}

/// Why a toxicity was dose-limiting or not.
public enum DLTBasis: String, Sendable, Hashable, Codable, CaseIterable {
  /// Dose-limiting: it meets the protocol's definition.
  case meetsDefinition
  /// Not: grade or duration is below the definition.
  case belowThreshold
  /// Not: not related to the product.
  case unrelated
  /// Not: it did not begin within the window.
  case outsideWindow
  /// Not: what the therapy is meant to do, such as B-cell aplasia.
  case expectedOnTarget
}

/// An answer to a DLT question.
public struct DLTAnswer: Sendable, Hashable, Codable {
  /// Why it was dose-limiting or not.
  public let basis: DLTBasis
  /// How long a cytopenia lasted, days; nil is unknown.
  public let lastedDays: Int?

  /// An answer; how long is asked of a cytopenia only.
  public init(basis: DLTBasis, lastedDays: Int? = nil) {
    self.basis = basis
    self.lastedDays = lastedDays
  }

  /// Whether it says that the toxicity was dose-limiting.
  public var isDoseLimiting: Bool { basis == .meetsDefinition }
}

/// Whether a toxicity was dose-limiting: asked, answered, settled.
public struct DLTQuestion: Sendable, Hashable {
  /// The way of a question.
  public enum Stage: Sendable, Hashable {
    case asked
    /// The principal investigator has answered; the safety officer has yet to confirm.
    case answered(DLTAnswer, Moment)
    /// The safety officer differs; the board decides.
    case disputed(Moment)
    /// Whether it was dose-limiting.
    case settled(Bool)
  }

  /// Its number, from 1.
  public let number: Int
  /// Whose toxicity it is.
  public let participant: ParticipantID
  /// When it was asked.
  public let opened: Moment
  /// When the ledger took it, and where it stands there.
  let place: LedgerPlace
  /// What it is asked about.
  public let toxicity: QualifyingToxicity
  /// How far it has come.
  public internal(set) var stage = Stage.asked
  /// What it was settled by; nil as long as it is open.
  var settledBy: DLTBasis?
  /// When it was settled; nil as long as it is open.
  var settled: Moment?

  /// When the ledger took it.
  public var recorded: Instant { place.recorded }

  /// The principal investigator's answer while the safety officer has not confirmed it.
  public var answer: DLTAnswer? {
    if case .answered(let answer, _) = stage { answer } else { nil }
  }

  /// Whether it was dose-limiting; nil as long as that is open.
  public var isDoseLimiting: Bool? {
    if case .settled(let isDoseLimiting) = stage { isDoseLimiting } else { nil }
  }

  mutating func settle(by answer: DLTAnswer, at moment: Moment) {
    stage = .settled(answer.isDoseLimiting)
    (settledBy, settled) = (answer.basis, moment)
  }
}

extension StudyState {
  /// DLT questions without an answer that counts.
  public var openQuestions: [DLTQuestion] { questions.filter { $0.isDoseLimiting == nil } }

  /// A question that is not settled; refuses any other number.
  func openQuestion(_ number: Int) throws(Refusal) -> DLTQuestion {
    guard let question = questions.first(where: { $0.number == number }) else {
      throw Refusal(
        "no-such-question", because: "There is no DLT question \(number).",
        remedy: "Look at the list of open questions.")
    }
    guard question.isDoseLimiting == nil else {
      throw Refusal(
        "question-settled", because: "DLT question \(number) is settled.",
        remedy: "Open a new question for what has become known since.")
    }
    return question
  }
}
