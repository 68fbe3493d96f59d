import ClinicalValues
import Ledger
import StudyDesign

@testable import Trial

/// A value that a test writes by hand and that is known to be valid.
func known<Value>(_ make: () throws -> Value) -> Value {
  do { return try make() } catch { preconditionFailure("\(error)") }
}

extension SiteID {
  static let berlin = known { try SiteID("01") }
  static let shanghai = known { try SiteID("02") }
}

extension ParticipantID {
  static let first = known { try ParticipantID("01-0001") }
  static let second = known { try ParticipantID("01-0002") }
  static let third = known { try ParticipantID("01-0003") }
  /// Of the other site.
  static let elsewhere = known { try ParticipantID("02-0001") }
}

extension LotNumber {
  static let first = LotNumber(participant: .first, lot: 1)
  static let second = LotNumber(participant: .second, lot: 1)
}

extension BagNumber {
  static let first = BagNumber(lot: .first, bag: 1)
  static let second = BagNumber(lot: .second, bag: 1)
}

extension AccountID {
  static func named(_ name: String) -> AccountID { known { try AccountID(name) } }
}

/// Who acts in tests: one account a role, those of a site at site 01.
extension Acting {
  static let principalInvestigator = Acting(account: .named("pi"), role: .principalInvestigator, site: .berlin)
  static let investigator = Acting(account: .named("investigator"), role: .subInvestigator, site: .berlin)
  static let coordinator = Acting(account: .named("coordinator"), role: .coordinator, site: .berlin)
  static let nurse = Acting(account: .named("nurse"), role: .nurse, site: .berlin)
  static let otherNurse = Acting(account: .named("nurse-2"), role: .nurse, site: .berlin)
  static let cellLaboratory = Acting(account: .named("lab"), role: .cellLaboratory)
  static let otherCellLaboratory = Acting(account: .named("lab-2"), role: .cellLaboratory)
  static let qualityAssurance = Acting(account: .named("qa"), role: .qualityAssurance)
  static let otherQualityAssurance = Acting(account: .named("qa-2"), role: .qualityAssurance)
  static let monitor = Acting(account: .named("monitor"), role: .monitor, site: .berlin)
  static let dataManager = Acting(account: .named("data"), role: .dataManager)
  static let safetyOfficer = Acting(account: .named("safety"), role: .safetyOfficer)
  static let boardMember = Acting(account: .named("board"), role: .safetyBoard)
  static let statistician = Acting(account: .named("statistician"), role: .statistician)
  static let administrator = Acting(account: .named("admin"), role: .administrator)
  static let inspector = Acting(account: .named("inspector"), role: .inspector)
  static let sponsor = Acting(account: .named("sponsor"), role: .sponsor)
  /// Of the other site.
  static let investigatorElsewhere = Acting(account: .named("elsewhere"), role: .subInvestigator, site: .shanghai)

  static let everybody: [Acting] = [
    principalInvestigator, investigator, coordinator, nurse, otherNurse, cellLaboratory, otherCellLaboratory,
    qualityAssurance, otherQualityAssurance, monitor, dataManager, safetyOfficer, boardMember, statistician,
    administrator, inspector, sponsor, investigatorElsewhere,
  ]
}

extension Digest {
  static let example = Digest(of: "example")
  static let other = Digest(of: "other")
}

extension ProtocolVersion {
  static let example = ProtocolVersion(
    version: "1.0", digest: .example, cohorts: ["sle", "ssc", "iim", "ss", "aiha", "ms"], provisional: [])
}

extension AssessmentSummary {
  /// An assessment of three criteria that say what is given.
  static func example(
    _ outcomes: [CriterionOutcome] = [.pass, .pass, .pass], ids: [String] = ["INC-1", "INC-5.1", "EXC-1"],
    asOf: Moment
  ) -> AssessmentSummary {
    AssessmentSummary(
      criteria: zip(ids, outcomes).map { Criterion(id: $0, outcome: $1) }, asOf: asOf.date,
      protocolVersion: .example, record: .example, report: .other)
  }
}

extension Moment {
  /// So much later at the same place.
  func adding(days: Int = 0, hours: Int = 0, minutes: Int = 0) -> Moment {
    Moment(
      instant.adding(hours: days * 24 + hours, minutes: minutes), offsetMinutes: offsetMinutes, zone: zone)
  }
}
