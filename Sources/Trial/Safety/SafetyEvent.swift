public import ClinicalValues

/// What followed by itself from what was recorded of a participant's safety.
///
/// Clocks are numbered as in the participant's record, questions as in the study's.
public enum SafetyEvent: Sendable, Hashable, Codable {
  /// Something recorded calls for a report, whose clock was started with this event, or runs already.
  ///
  /// `known`: since when it is known, where a clock that runs already counts for it and began before; nil otherwise. A report
  /// that was sent earlier than that cannot tell of it.
  case reportDue(clock: Int, duty: ReportDuty, known: Moment? = nil)
  /// A question was opened whether an adverse event was dose-limiting, since the definition says yes, or cannot say no.
  ///
  /// `seen`: how bad the event was then, so that it is asked anew where it has become worse; nil in what was recorded before that
  /// was kept.
  case doseLimitingAsked(event: Int, question: Int, result: DoseLimitingResult, rule: String, seen: SeenToxicity? = nil)
}

/// How bad an adverse event was when a question about it was asked.
public struct SeenToxicity: Sendable, Hashable, Codable {
  /// The worst grade, 5 of a fatal event; nil where none was known.
  public let grade: Int?
  /// The relation to the product in the more serious view; nil where nobody had judged it.
  public let relation: Causality?

  /// Whether it has become worse than it was: a higher grade, or more of a relation.
  func isWorse(than earlier: SeenToxicity) -> Bool {
    (grade ?? 0) > (earlier.grade ?? 0) || relatedness > earlier.relatedness
  }

  /// Not related, not known, related.
  private var relatedness: Int {
    switch relation?.isRelated {
    case false?: 0
    case nil: 1
    case true?: 2
    }
  }
}

/// A report that is called for: about what, why, and by which clock of the plan.
public struct ReportDuty: Sendable, Hashable, Codable {
  /// What it is about.
  public let subject: ReportSubject
  /// Why.
  public let cause: ReportCause
  /// The clock's id in the plan.
  public let clock: String

  /// A report about something, for a reason.
  public init(_ subject: ReportSubject, _ cause: ReportCause, clock: String) {
    self.subject = subject
    self.cause = cause
    self.clock = clock
  }
}

/// Why a report is called for.
public enum ReportCause: String, Sendable, Hashable, Codable, CaseIterable {
  /// A serious adverse event.
  case serious
  /// An event of special interest of grade 3 or more.
  case specialInterest
  case death, pregnancy
  /// A suspected unexpected serious adverse reaction.
  case suspectedUnexpected
  /// The follow-up of a report.
  case followUp
}

/// What a report is about. As text: `event/3`, `death`, `pregnancy/1` (its row in the casebook), `expectation/partner`, and
/// `expectation/partner/2` for the second that was told of her.
public enum ReportSubject: Sendable, Hashable, CustomStringConvertible {
  case event(Int)
  case death
  case pregnancy(Int)
  /// A pregnancy that was reported without a form: whose, and the how manieth that was told of her.
  case expectation(Expectant, number: Int)

  /// The subject that a text writes.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch (parts.first, parts.count) {
    case ("death", 1): self = .death
    case ("event", 2) where Int(parts[1]) != nil: self = .event(Int(parts[1]) ?? 0)
    case ("pregnancy", 2) where Int(parts[1]) != nil: self = .pregnancy(Int(parts[1]) ?? 0)
    case ("expectation", 2...3):
      guard let whose = Expectant(rawValue: parts[1]), let number = parts.count == 2 ? 1 : Int(parts[2]), number > 0
      else { fallthrough }
      self = .expectation(whose, number: number)
    default:
      throw InvalidCode(
        String(text), expected: "event/3, death, pregnancy/1, expectation/partner or expectation/partner/2")
    }
  }

  /// As in `init(_:)`.
  public var description: String {
    switch self {
    case .event(let number): "event/\(number)"
    case .death: "death"
    case .pregnancy(let row): "pregnancy/\(row)"
    case .expectation(let whose, 1): "expectation/\(whose.rawValue)"
    case .expectation(let whose, let number): "expectation/\(whose.rawValue)/\(number)"
    }
  }
}

extension ReportSubject: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }

/// Whether an adverse event was dose-limiting by the protocol's definition.
public enum DoseLimitingResult: String, Sendable, Hashable, Codable, CaseIterable { case yes, no, indeterminate }

extension ReportClock {
  /// From site to sponsor: serious adverse event, death, event of special interest of grade 3 or more.
  static let siteToSponsor = "siteToSponsor"
  /// A pregnancy, from site to sponsor.
  static let pregnancyToSponsor = "pregnancyToSponsor"
  /// A fatal or life-threatening SUSAR, to the authority.
  static let susarFatal = "susarFatal"
  /// The follow-up of one.
  static let susarFatalFollowUp = "susarFatalFollowUp"
  /// Any other SUSAR, to the authority.
  static let susarOther = "susarOther"
}
