import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// What is known of a participant's data: a few pictures stand for all that CQL could find.
package enum Picture: Sendable, Hashable {
  /// Everything is known and speaks for the participant.
  case clear
  /// Nothing is known.
  case unknown
  /// Everything is known and speaks against the participant.
  case against
  /// As `clear`, but one finding is unknown, or false.
  case lacking(String), contrary(String)
  /// As `clear`, but a criterion is unknown: a value has grown too old, or was taken back.
  case undecided
  /// As `clear`, with another weight than before.
  case otherWeight

  /// Findings that lines of gates ask for, by their ids in the study.
  static let markers = "infectionMarkersCurrent"
  static let washOut = "washOutKept"
  static let hepatitisNegative = "hepatitisBMarkersNegative"
  static let notPregnant = "notPregnant"
  static let baseline = ["baselineInstrument", "baselineICE", "baselineWeight"]
  static let beforeInfusion = ["iceAndVitalsWithin8h", "noGlucocorticoid72h"]
  static let weight = "weightSinceFirstDose"
  static let height = "bodyHeight"
  static let clearance = "renalFunction"
  static let findings =
    [markers, washOut, hepatitisNegative, notPregnant, weight, height, clearance] + baseline + beforeInfusion

  /// Whether a finding holds; nil is unknown.
  func says(_ finding: String) -> Bool? {
    switch self {
    case .clear, .undecided, .otherWeight: true
    case .unknown: nil
    case .against: false
    case .lacking(let missing): missing == finding ? nil : true
    case .contrary(let wrong): wrong == finding ? false : true
    }
  }

  /// What criteria say on it.
  var outcome: CriterionOutcome {
    switch self {
    case .clear, .lacking, .contrary, .otherWeight: .pass
    case .unknown, .undecided: .unknown
    case .against: .fail
    }
  }

  /// What was measured: weight in kg, height in cm, renal function in mL/min; nil where it is unknown.
  func number(_ finding: String) -> Decimal? {
    guard says(finding) != nil else { return nil }
    switch finding {
    case Picture.weight, Picture.baseline[2]: return self == .otherWeight ? SmallStudy.otherWeight : SmallStudy.weight
    case Picture.height: return SmallStudy.height
    case Picture.clearance: return SmallStudy.clearance
    default: return nil
    }
  }

  /// As decisions are handed it.
  func clinical(on moment: Moment, _ version: ProtocolVersion) -> ClinicalPicture {
    let summary = AssessmentSummary(
      criteria: [.init(id: "INC-1", outcome: outcome)], asOf: moment.date, protocolVersion: version,
      record: version.digest, report: version.digest)
    var findings: [String: Finding] = [:]
    for id in Picture.findings {
      findings[id] = Finding(value: says(id), number: number(id))
    }
    return ClinicalPicture(
      findings: findings, eligibility: [SmallStudy.cohort: summary],
      rechecks: Dictionary(uniqueKeysWithValues: RecheckKind.allCases.map { ($0, summary) }), reviewed: summary)
  }
}
