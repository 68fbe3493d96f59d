public import CQL

/// What is wrong with a study's files, where, and the cure. A reader of files reports all problems at once.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable name of the kind of problem, such as `unknown-key`.
  public let id: String
  /// Where; the file is named from the version's folder (`criteria.yaml`, `library/Eligibility.cql`).
  public let location: SourceLocation
  /// One sentence: what was found, and what was expected.
  public let message: String
  /// One sentence: what to do.
  public let remedy: String

  /// A problem.
  public init(_ id: String, at location: SourceLocation, _ message: String, remedy: String) {
    self.id = id
    self.location = location
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: error: message remedy [id]`.
  public var description: String {
    "\(location): error: \(message)\(remedy.isEmpty ? "" : " ")\(remedy) [\(id)]"
  }

  /// `file:line:column: note: message [id]`, where it is no mistake and worth knowing.
  public var note: String { "\(location): note: \(message) [\(id)]" }
}

/// Why a study cannot be used: every problem found in its files.
public struct InvalidStudy: Error, Sendable, CustomStringConvertible {
  /// The version's folder, as it was named by the caller.
  public let folder: String
  /// The problems, by file and place.
  public let problems: [Problem]

  /// A refusal with its problems.
  public init(folder: String, problems: [Problem]) {
    self.folder = folder
    self.problems = problems
  }

  /// One line a problem, each beginning with a path that an editor can open.
  public var description: String {
    problems.map { "\(folder)/\($0)" }.joined(separator: "\n")
  }
}

/// A value with the place in a file where it stands.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it stands.
  public let location: SourceLocation

  /// A value and its place.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located {
  /// The line of its file, from 1.
  public var line: Int { location.line }
}

extension Problem {
  /// The line of its file, from 1.
  public var line: Int { location.line }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
