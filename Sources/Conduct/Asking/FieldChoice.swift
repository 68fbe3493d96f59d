public import Trial

/// Something that can be given to a field, with what a reader knows it by.
public struct FieldChoice: Sendable, Hashable {
  /// What a value is known by beside itself.
  public enum Name: Sendable, Hashable {
    /// Words of somebody: a person's name, a reason.
    case written(String)
    /// A text of the study's files.
    case study(String)
    /// One of the values that the program has, by its word.
    case term(String)
    /// Where a participant stands.
    case status(ParticipantStatus)
    /// A person, in the roles that they have.
    case person(String, [Role])
    /// What a quarantine covers, and why.
    case quarantine(Quarantine)
  }

  /// What is given.
  public let value: String
  /// What it is; nil where the value says it all.
  public let name: Name?
  /// Whether the command takes it as things stand; what does not fit stands last, and is refused with the reason.
  public let fits: Bool

  init(_ value: some CustomStringConvertible, _ name: Name? = nil, fits: Bool = true) {
    self.value = value.description
    self.name = name
    self.fits = fits
  }
}
