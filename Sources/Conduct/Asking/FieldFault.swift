/// Why no command can be made of what was given: every field that stands in the way.
public struct FieldFaults: Error, Sendable, Hashable, CustomStringConvertible {
  /// At least one, in the order in which they were found.
  public let all: [FieldFault]

  /// All that were found.
  public init(_ all: [FieldFault]) { self.all = all }

  /// A fault alone.
  public init(_ member: String, _ problem: FieldFault.Problem) {
    self.init([FieldFault(member: member, problem: problem)])
  }

  /// A line each.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}

/// A field that stands in the way, and why. Each door names the field in its own way: as an option, as a label, as a
/// member of JSON.
public struct FieldFault: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with a field.
  public enum Problem: Sendable, Hashable {
    /// It must be given and was not.
    case missing
    /// Another field was given, and needs this one, which says something.
    case missingBeside(member: String, says: String)
    /// Neither the file was given, nor the digest of one that the ledger holds as what a member names.
    case documentMissing(of: String)
    /// What was given cannot be understood; the words follow the name of the field.
    case misread(String)
    /// What was given is understood, and does not fit the study or what else was given: whole sentences with the remedy.
    case misfit(String)
    /// The command has no such field.
    case unknown
  }

  /// The key of the field.
  public let member: String
  /// What is wrong.
  public let problem: Problem

  /// A fault.
  public init(member: String, problem: Problem) {
    self.member = member
    self.problem = problem
  }

  /// What is wrong, as it stands beside the field.
  public var words: String {
    switch problem {
    case .missing: "This is missing."
    case .missingBeside(_, let what): "This is missing: \(what)."
    case .documentMissing: "Give the file, or the digest of a document that the ledger holds already."
    case .misread(let words), .misfit(let words): words
    case .unknown: "This is not asked for here."
    }
  }

  /// The field and what is wrong.
  public var description: String { "\(member): \(words)" }
}
