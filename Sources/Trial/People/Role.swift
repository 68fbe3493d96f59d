/// What somebody is in the trial. Rights go by role and site.
///
/// `sponsor` stands beside the protocol's roles for the person who signs delegations of quality assurance, laboratory
/// and sponsor roles, and can do nothing else.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
  case principalInvestigator, subInvestigator, coordinator, nurse, cellLaboratory, qualityAssurance, monitor,
    dataManager, safetyOfficer, safetyBoard, statistician, administrator, inspector, sponsor

  /// As it is printed beside a name.
  public var title: String {
    switch self {
    case .principalInvestigator: "principal investigator"
    case .subInvestigator: "sub-investigator"
    case .coordinator: "coordinator"
    case .nurse: "nurse"
    case .cellLaboratory: "cell laboratory"
    case .qualityAssurance: "quality assurance"
    case .monitor: "monitor"
    case .dataManager: "data manager"
    case .safetyOfficer: "safety officer"
    case .safetyBoard: "safety board"
    case .statistician: "statistician"
    case .administrator: "administrator"
    case .inspector: "inspector"
    case .sponsor: "sponsor's signatory"
    }
  }

  /// Whether it acts within its sites only.
  public var isOfSite: Bool {
    switch self {
    case .principalInvestigator, .subInvestigator, .coordinator, .nurse, .monitor: true
    case .cellLaboratory, .qualityAssurance, .dataManager, .safetyOfficer, .safetyBoard, .statistician, .administrator,
      .inspector, .sponsor:
      false
    }
  }

  /// Whether its delegation is signed by the site's principal investigator; the sponsor's signatory signs the others.
  public var isDelegatedBySite: Bool {
    switch self {
    case .subInvestigator, .coordinator, .nurse: true
    default: false
    }
  }

  /// Whether it must be trained in the protocol, besides the system. Who manages accounts or signs for the sponsor does
  /// nothing that the protocol tells how to do, and an inspector only reads.
  public var needsProtocolTraining: Bool {
    switch self {
    case .administrator, .inspector, .sponsor: false
    default: true
    }
  }

  /// Whether it bars every other role.
  public var standsAlone: Bool {
    switch self {
    case .monitor, .safetyOfficer, .safetyBoard, .statistician, .administrator, .inspector, .sponsor: true
    default: false
    }
  }

  /// Whether one person may hold both roles; for quality assurance and the laboratory not even one after the other.
  public func goes(with other: Role) -> Bool {
    if self == other { return true }
    if standsAlone || other.standsAlone { return false }
    return Set([self, other]) != [.cellLaboratory, .qualityAssurance]
  }
}
