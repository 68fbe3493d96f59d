/// Something that a role may be allowed to do: the lines of the protocol's table of roles.
public enum Permission: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case seeIdentity, recordData, judgeAndSign, signAsPrincipalInvestigator, recordCustody, enterReleaseTests,
    releaseProduct, bedsideAndInfusion, queries, verifySource, answerQueries, classifyDeviations, freezeAndLock,
    judgeExpectedness, hold, liftAsBoard, acceptLift, export, readAudit, openAndClose, manageAccounts,
    signDelegationForSponsor
  /// What everybody may do with their own account: set its password and second factor, accept a delegation.
  case ownAccount

  /// In the order of their names.
  public static func < (a: Permission, b: Permission) -> Bool { a.rawValue < b.rawValue }

  /// As the table of roles words it.
  public var title: String {
    switch self {
    case .seeIdentity: "see identity (name, birth date, contact)"
    case .recordData: "record data, visits, adverse events"
    case .judgeAndSign: "judge relation, confirm grades, sign eligibility, re-checks, orders, adverse events"
    case .signAsPrincipalInvestigator:
      "sign casebooks, delegation log; adopt provisional items; answer DLT questions"
    case .recordCustody: "record custody and manufacturing steps"
    case .enterReleaseTests: "enter release tests"
    case .releaseProduct: "release or reject the product, resolve quarantine"
    case .bedsideAndInfusion: "bedside verification, infusion"
    case .queries: "raise and close queries"
    case .verifySource: "verify source"
    case .answerQueries: "answer queries"
    case .classifyDeviations: "classify deviations; corrective action"
    case .freezeAndLock: "freeze and lock; unlock with reason"
    case .judgeExpectedness: "judge expectedness, submit reports, confirm DLT"
    case .hold: "hold"
    case .liftAsBoard: "lift a safety hold: the board's decision"
    case .acceptLift: "lift a safety hold: the acceptance"
    case .export: "export"
    case .readAudit: "read the audit trail"
    case .openAndClose: "open and close study, site, cohort; put protocol and consent versions in force"
    case .manageAccounts: "manage accounts"
    case .signDelegationForSponsor: "sign delegations for the sponsor"
    case .ownAccount: "own account"
    }
  }
}

/// How far a role's permission goes. Where it does not go all the way, the command that asks for it looks closer.
public enum Extent: String, Sendable, Hashable, Codable, CaseIterable {
  /// The permission as it is worded; a role of a site has it within its sites.
  case full
  /// Custody: the steps done at a site, at the own site.
  case siteSteps
  /// Export: what belongs to the own site.
  case ownSite
  /// Export: the board's own reports.
  case reports
  /// Audit trail: of accounts and access only.
  case accounts
  /// Hold: operational only.
  case operational
}

extension Role {
  /// How far the role may do something; nil if not at all.
  public func extent(of permission: Permission) -> Extent? {
    permission == .ownAccount ? .full : Role.table[permission]?[self]
  }

  /// The table of roles, a line a permission, a pair a cross. Nothing else grants anything.
  private static let table: [Permission: [Role: Extent]] = [
    .seeIdentity: all(investigators, [.coordinator, .nurse]),
    .recordData: all(investigators, [.coordinator, .nurse]),
    .judgeAndSign: all(investigators),
    .signAsPrincipalInvestigator: all([.principalInvestigator]),
    .recordCustody: all([.cellLaboratory]).merging(
      all(investigators, [.coordinator, .nurse], .siteSteps), uniquingKeysWith: { first, _ in first }),
    .enterReleaseTests: all([.cellLaboratory]),
    .releaseProduct: all([.qualityAssurance]),
    .bedsideAndInfusion: all(investigators, [.nurse]),
    .queries: all([.monitor, .dataManager, .safetyOfficer]),
    .verifySource: all([.monitor]),
    .answerQueries: all(investigators, [.coordinator, .nurse, .cellLaboratory, .safetyOfficer]),
    .classifyDeviations: all(investigators, [.cellLaboratory, .qualityAssurance, .monitor]),
    .freezeAndLock: all([.dataManager]),
    .judgeExpectedness: all([.safetyOfficer]),
    .hold: [
      .principalInvestigator: .full, .qualityAssurance: .operational, .safetyOfficer: .full, .safetyBoard: .full,
    ],
    .liftAsBoard: all([.safetyBoard]),
    .acceptLift: all([.safetyOfficer]),
    .export: [
      .principalInvestigator: .ownSite, .dataManager: .full, .safetyOfficer: .full, .safetyBoard: .reports,
      .statistician: .full, .inspector: .full,
    ],
    .readAudit: all(Role.allCases.filter { $0 != .administrator && $0 != .sponsor }).merging(
      [.administrator: .accounts], uniquingKeysWith: { first, _ in first }),
    .openAndClose: all([.principalInvestigator]),
    .manageAccounts: all([.administrator]),
    .signDelegationForSponsor: all([.sponsor]),
  ]

  private static let investigators: [Role] = [.principalInvestigator, .subInvestigator]

  private static func all(_ roles: [Role], _ more: [Role] = [], _ extent: Extent = .full) -> [Role: Extent] {
    Dictionary(uniqueKeysWithValues: (roles + more).map { ($0, extent) })
  }

  /// Everything that the role may do, in the order of the table.
  public var permissions: [Permission] { Permission.allCases.filter { Role.table[$0]?[self] != nil } }
}
