public import ClinicalValues
public import Ledger

/// A protocol version that was put in force.
public struct ProtocolInForce: Sendable, Hashable, Codable {
  /// Such as `1.0`.
  public let version: String
  /// SHA-256 over the version's folder.
  public let digest: Digest
  /// From when it is in force.
  public let from: Moment
  /// Whom it holds for.
  public let appliesTo: AmendmentScope
}

extension StudyState {
  /// Whether study, site and cohort are all open.
  public func isOpen(site: SiteID, cohort: String) -> Bool {
    open.contains(.study) && open.contains(.site(site)) && open.contains(.cohort(cohort))
  }

  /// The provisional items of a version that nobody has adopted or changed.
  public func unadopted(of version: ProtocolVersion) -> [String] {
    let settled = settledItems[version.digest] ?? []
    return version.provisional.filter { !settled.contains($0) }
  }

  /// The version in force at a moment for whoever is registered then; nil before the first.
  public func version(at moment: Moment) -> ProtocolInForce? { versions.last { $0.from <= moment } }

  /// The version that a participant is under at a moment: somebody enrolled stays under the version of enrollment,
  /// unless a later one says that it holds for all.
  public func version(for participant: ParticipantID, at moment: Moment) -> ProtocolInForce? {
    versions.last { version in
      guard version.from <= moment else { return false }
      guard let enrolled = enrolled[participant], enrolled <= moment else { return true }
      return version.from <= enrolled || version.appliesTo == .all
    }
  }

  /// Versions in force at a moment or to come into force whose configuration test was not passed and signed.
  func untestedVersions(at moment: Moment) -> [ProtocolInForce] {
    let current = versions.lastIndex { $0.from <= moment } ?? 0
    return versions.dropFirst(current).filter { !tested.contains($0.digest) }
  }
}

extension TrialState {
  /// Who is under which protocol version at a moment, in the order of their numbers.
  public func protocolVersions(at moment: Moment) -> [ParticipantVersion] {
    participants.keys.sorted().map { ParticipantVersion(participant: $0, version: study.version(for: $0, at: moment)) }
  }
}

/// The protocol version that somebody is under.
public struct ParticipantVersion: Sendable, Hashable, Codable {
  /// Who.
  public let participant: ParticipantID
  /// Nil before any version is in force.
  public let version: ProtocolInForce?
}
