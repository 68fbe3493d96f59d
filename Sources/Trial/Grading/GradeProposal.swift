import ClinicalValues
public import Instruments
import Ledger
import StudyDesign

/// Names a grade: the item that holds the value, and the direction. As text `D7/1/hematology/1/LBORRES_NEUT/low`.
public struct GradeKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The form.
  public let form: FormKey
  /// The item.
  public let item: String
  /// Too low or too high.
  public let direction: CTCAE.Direction

  /// The grade of an item's value in a direction.
  public init(form: FormKey, item: String, direction: CTCAE.Direction) {
    self.form = form
    self.item = item
    self.direction = direction
  }

  /// Its text.
  public var description: String { "\(form)/\(item)/\(direction.rawValue)" }

  /// By form, item and direction.
  public static func < (a: GradeKey, b: GradeKey) -> Bool {
    (a.form, a.item, a.direction.rawValue) < (b.form, b.item, b.direction.rawValue)
  }
}

/// A grade as somebody saw it proposed: `D7/1/hematology/1/LBORRES_NEUT/low=4`.
public struct ShownGrade: Sendable, Hashable, CustomStringConvertible {
  /// Which.
  public let key: GradeKey
  /// The grade that was shown.
  public let grade: Int

  /// A grade that was shown.
  public init(_ key: GradeKey, grade: Int) {
    self.key = key
    self.grade = grade
  }

  /// A shown grade as text; throws for one that is none.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let sides = String(text).split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let parts = (sides.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, let grade = Int(sides[1]), (0...5).contains(grade), parts.count == 6,
      FormKey.isName(parts[4]), let direction = CTCAE.Direction(rawValue: parts[5])
    else {
      throw InvalidCode(
        String(text),
        expected: "a proposed grade such as D7/1/hematology/1/LBORRES_NEUT/low=4, as the list of grades shows it")
    }
    key = GradeKey(form: try FormKey(parts[0...3].joined(separator: "/")), item: parts[4], direction: direction)
    self.grade = grade
  }

  /// Its text.
  public var description: String { "\(key)=\(grade)" }
}

extension ShownGrade: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }

/// A grade that follows from a value, and what people have said of it.
public struct GradeProposal: Sendable, Hashable {
  /// Which value, in which direction.
  public let key: GradeKey
  /// The analyte, as `ctcaeLab` names it; `crs` or `icans` of an assessment.
  public let analyte: String
  /// The CTCAE term; of CRS and ICANS the syndrome's name.
  public let term: String
  /// The grade that is proposed, 1 to 4; of an assessment of a death 5.
  public let grade: Int
  /// The rule in words, with the numbers that it was applied to.
  public let rule: String
  /// The value.
  public let value: CasebookValue
  /// The last value before LD 1; nil for that one itself, for earlier ones, and where there is none.
  public let baseline: CasebookValue?
  /// The grade of the baseline in the same direction; nil where it is not known.
  public let baselineGrade: Int?
  /// Whether the value was before LD 1, or LD 1 was not given.
  public let isBeforeTreatment: Bool
  /// What people said of it, oldest first, the last one counts.
  public let judgments: [GradeJudgment]

  /// How a proposal stands with people.
  public enum Standing: String, Sendable, Hashable, Codable {
    /// Nobody has said anything.
    case proposed
    /// Somebody confirmed it.
    case confirmed
    /// Somebody gave another grade, with a reason.
    case changed
    /// Value or rule have changed since somebody confirmed or changed it: both are shown.
    case proposedAnew
  }

  /// Whether it is of an assessment of CRS or ICANS, not of one value.
  var isOfSyndrome: Bool { SpecialInterestKind(rawValue: analyte) != nil }

  /// How it stands.
  public var standing: Standing {
    guard let last = judgments.last else { return .proposed }
    guard last.judged.grade == grade, last.judged.version == value.source.version else { return .proposedAnew }
    return last.isConfirmation ? .confirmed : .changed
  }

  /// The grade that counts: a person's, unless the proposal is newer.
  public var counting: Int { standing == .changed ? judgments.last?.grade ?? grade : grade }

  /// Whether it is worse than at baseline. Where the grade at baseline is not known it is taken as worse.
  public var isWorseThanBaseline: Bool { baselineGrade.map { counting > $0 } ?? true }
}
