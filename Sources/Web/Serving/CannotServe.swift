/// Why the site cannot be served: one sentence, and what to do.
public struct CannotServe: Error, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
