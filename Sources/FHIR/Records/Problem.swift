/// Something about a file that its reader reports: what was found and where, what it means, what to do.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// How much it weighs.
  public enum Severity: String, Sendable {
    /// The file is refused.
    case error
    /// A datum cannot be used and reads as absent.
    case warning
    /// Worth knowing; nothing is lost.
    case note
  }
  /// How much it weighs.
  public let severity: Severity
  /// Stable name of its kind, such as `several-patients`.
  public let id: String
  /// Where it stands; nil where it concerns the file as a whole.
  public let place: Place?
  /// The element, from the root of its JSON text: `Bundle.entry[3].resource.onsetDateTime`.
  public let element: String?
  /// The resource, as a person finds it: its `fullUrl`, or `Type/id`.
  public let resource: String?
  /// What was found, what was expected and what reading on makes of it, in a sentence.
  public let message: String
  /// The same without what reading on makes of it: for whoever refuses the file instead.
  private let finding: String
  /// What to do, in a sentence; empty where there is nothing to do.
  public let remedy: String

  /// A problem.
  ///
  /// - Parameter effect: what reading on makes of it (`it is read as absent`); the message then has no period.
  public init(
    _ severity: Severity, _ id: String, at place: Place? = nil, element: String? = nil, resource: String? = nil,
    _ message: String, effect: String = "", remedy: String = ""
  ) {
    self.severity = severity
    self.id = id
    self.place = place
    self.element = element
    self.resource = resource
    self.message = effect.isEmpty ? message : "\(message); \(effect)."
    finding = effect.isEmpty ? message : "\(message)."
    self.remedy = remedy
  }

  /// A fault of the JSON text itself.
  public init(_ fault: JSONFault) {
    self.init(.error, fault.id, at: fault.place, fault.message, remedy: fault.remedy)
  }

  /// `file:line:column: element (resource): message remedy [id]`, without what is not known.
  public var description: String { told(message) }

  /// The description for a file that is refused because of it, so that nothing is read on: without what would become of it.
  public var refusal: String { told(finding) }

  private func told(_ message: String) -> String {
    var text = place.map { "\($0): " } ?? ""
    switch (element, resource) {
    case (let element?, let resource?): text += "\(element) (\(resource)): "
    case (let name?, nil), (nil, let name?): text += "\(name): "
    case (nil, nil): break
    }
    text += message
    if !remedy.isEmpty { text += " " + remedy }
    return text + " [\(id)]"
  }
}

/// Why a file is no record that can be evaluated: all that is wrong with it.
public struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Everything that was found, at least one of it an error, in the order of the source.
  public let problems: [Problem]

  /// An error of at least one problem.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// The errors, without warnings and notes.
  public var errors: [Problem] { problems.filter { $0.severity == .error } }

  /// The errors, a line each.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
