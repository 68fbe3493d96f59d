public import ClinicalValues
public import Ledger
public import Rules
public import StudyDesign
public import Trial

/// The protocol versions that the program has read and checked.
public struct ProtocolShelf: Sendable {
  /// A version: its files as read, its criteria compiled, its name in the ledger.
  public struct Edition: Sendable {
    /// The version's files as read and checked.
    public let study: Study
    /// Its criteria, compiled.
    public let screening: Screening
    /// The expressions of its forms, compiled.
    public let rules: FormRules
    /// Its forms, as commands on a casebook need them.
    public let book: FormBook
    /// Its name, content hash, cohorts and provisional items, as the ledger names them.
    public let version: ProtocolVersion

    /// The edition of a study as read; compiles its criteria.
    public init(_ study: Study) {
      self.study = study
      let screening = Screening(study)
      self.screening = screening
      self.rules = FormRules(screening)
      self.book = FormBook(study)
      self.version = ProtocolVersion(
        version: study.version, digest: Digest(study.digest) ?? Digest(of: study.digest),
        cohorts: study.cohorts.map(\.id),
        provisional: study.provisional.map(\.id))
    }
  }

  /// The versions, oldest first.
  public let editions: [Edition]

  /// The versions of a study, oldest first; one that is conducted elsewhere is none, since nothing could be decided by it.
  public init(_ studies: [Study]) {
    self.editions = studies.filter { $0.conducted == .tandem }.map(Edition.init)
  }

  /// The version that a command is decided under: that of its participant, else the one in force, else the newest.
  ///
  /// - Throws: `MissingVersion` if the ledger names one that is not here, or another content under its name.
  public func edition(
    for command: any TrialCommand, at moment: Moment, in state: TrialState
  ) throws(MissingVersion) -> Edition {
    if let named = command as? any NamesProtocolVersion {
      return try edition(named: named.version, digest: named.digest)
    }
    if let participant = command.participants.min() { return try edition(of: participant, at: moment, in: state) }
    return try edition(state.study.version(at: moment))
  }

  /// The version that a participant is under at a moment.
  ///
  /// - Throws: `MissingVersion`.
  public func edition(
    of participant: ParticipantID, at moment: Moment, in state: TrialState
  ) throws(MissingVersion) -> Edition {
    try edition(state.study.version(for: participant, at: moment) ?? state.study.version(at: moment))
  }

  /// The version that is in force at a moment, else the newest.
  ///
  /// - Throws: `MissingVersion`.
  public func edition(at moment: Moment, in state: TrialState) throws(MissingVersion) -> Edition {
    try edition(state.study.version(at: moment))
  }

  private func edition(_ wanted: ProtocolInForce?) throws(MissingVersion) -> Edition {
    if let wanted { return try edition(named: wanted.version, digest: wanted.digest) }
    guard let newest = editions.last else { throw MissingVersion(version: "any") }
    return newest
  }

  /// The version that the ledger names.
  ///
  /// - Throws: `MissingVersion` if it is not here with that content.
  public func edition(named version: String, digest: Digest) throws(MissingVersion) -> Edition {
    guard let edition = editions.first(where: { $0.version.version == version }) else {
      throw MissingVersion(version: version)
    }
    guard edition.version.digest == digest else {
      throw MissingVersion(version: version, wanted: digest, found: edition.version.digest)
    }
    return edition
  }
}

/// A protocol version that the ledger names and that the program does not have as it was.
public struct MissingVersion: Error, Hashable, Sendable, CustomStringConvertible {
  /// The version as the ledger names it, such as `1.0`; `any` where the program has none at all.
  public let version: String
  /// The content that the ledger names, where another stands under the name.
  public var wanted: Digest?
  /// The content that stands under the name.
  public var found: Digest?

  /// What is missing, and what to do.
  public var description: String {
    if let wanted, let found {
      return "Protocol version \(version) is not what was put in force: its files have the digest \(found), the ledger "
        + "names \(wanted). Put the files back as they were; an amendment is a new folder beside them."
    }
    return "Protocol version \(version) is not among the study's folders. Put its folder back beside the others."
  }
}
