import Foundation
import Testing

@testable import Trial

/// The table of roles of the protocol, as it is printed there, against what the program grants.
struct RoleTableTests {
  /// PI, sub-I, coordinator, nurse, cell lab, QA, monitor, data manager, safety officer, safety board, statistician,
  /// administrator, inspector.
  static let columns: [Role] = [
    .principalInvestigator, .subInvestigator, .coordinator, .nurse, .cellLaboratory, .qualityAssurance, .monitor,
    .dataManager, .safetyOfficer, .safetyBoard, .statistician, .administrator, .inspector,
  ]

  static let words: [String: Extent] = [
    "x": .full, "oper.": .operational, "reports": .reports, "accounts": .accounts, "first": .full, "then": .full,
  ]

  /// The crosses of each line.
  static let lines: [(Permission, String)] = [
    (.seeIdentity, "x | x | x | x | | | | | | | | |"),
    (.recordData, "x | x | x | x | | | | | | | | |"),
    (.judgeAndSign, "x | x | | | | | | | | | | |"),
    (.signAsPrincipalInvestigator, "x | | | | | | | | | | | |"),
    (.recordCustody, "site | site | site | site | x | | | | | | | |"),
    (.enterReleaseTests, "| | | | x | | | | | | | |"),
    (.releaseProduct, "| | | | | x | | | | | | |"),
    (.bedsideAndInfusion, "x | x | | x | | | | | | | | |"),
    (.queries, "| | | | | | x | x | x | | | |"),
    (.verifySource, "| | | | | | x | | | | | |"),
    (.answerQueries, "x | x | x | x | x | | | | x | | | |"),
    (.classifyDeviations, "x | x | | | x | x | x | | | | | |"),
    (.freezeAndLock, "| | | | | | | x | | | | |"),
    (.judgeExpectedness, "| | | | | | | | x | | | |"),
    (.hold, "x | | | | | oper. | | | x | x | | |"),
    (.liftAsBoard, "| | | | | | | | | first | | |"),
    (.acceptLift, "| | | | | | | | then | | | |"),
    (.export, "site | | | | | | | x | x | reports | x | | x"),
    (.readAudit, "x | x | x | x | x | x | x | x | x | x | x | accounts | x"),
    (.openAndClose, "x | | | | | | | | | | | |"),
    (.manageAccounts, "| | | | | | | | | | | x |"),
  ]

  @Test(arguments: lines)
  func `regulatory 9: each right is granted to the roles of the table, and to no other`(
    _ permission: Permission, _ crosses: String
  ) {
    let cells = crosses.split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(cells.count == Self.columns.count)
    for (role, cell) in zip(Self.columns, cells) {
      let site: Extent = permission == .export ? .ownSite : .siteSteps
      #expect(role.extent(of: permission) == (cell == "site" ? site : Self.words[cell]), "\(role) \(permission)")
    }
    #expect(Role.sponsor.extent(of: permission) == nil)
  }

  @Test func `the table has a line for every right but the two that are no role's of the protocol`() {
    let own: Set<Permission> = [.signDelegationForSponsor, .ownAccount]
    #expect(Set(Self.lines.map(\.0)).union(own) == Set(Permission.allCases))
  }

  @Test func `the sponsor's signatory signs delegations and does nothing else`() {
    #expect(Role.sponsor.permissions == [.signDelegationForSponsor])
    #expect(Role.allCases.filter { $0.extent(of: .signDelegationForSponsor) != nil } == [.sponsor])
  }

  @Test func `regulatory 31: the administrator can neither delegate nor sign for anyone`() {
    #expect(Set(Role.administrator.permissions) == [.manageAccounts, .readAudit])
    let signing = Commands.people.filter { $0.permission != .manageAccounts && $0.permission != .ownAccount }
    #expect(
      Set(signing.map { $0.name }) == [
        "account delegate", "account appoint", "account end-delegation", "account end-appointment",
        "participant erase-identity", "account confirm-reset", "account confirm-reset-for-sponsor",
        "account confirm-reset-for-safety",
      ])
    for command in signing { #expect(Role.administrator.extent(of: command.permission) == nil, "\(command.name)") }
  }

  @Test func `roles that may not be one person's`() {
    let alone: Set<Role> = [
      .monitor, .safetyOfficer, .safetyBoard, .statistician, .administrator, .inspector, .sponsor,
    ]
    for a in Role.allCases {
      for b in Role.allCases where a != b {
        let apart = alone.contains(a) || alone.contains(b) || Set([a, b]) == [.cellLaboratory, .qualityAssurance]
        #expect(a.goes(with: b) == !apart, "\(a) and \(b)")
      }
    }
  }

  @Test func `the matrix that is shown is the table that is applied`() {
    let matrix = PermissionMatrix()
    #expect(matrix.rows.count == Permission.allCases.count - 1)
    for row in matrix.rows {
      for role in Role.allCases { #expect(row.extents[role] == role.extent(of: row.permission)) }
    }
  }
}
