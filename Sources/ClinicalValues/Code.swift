/// A code in a code system, with the display that came with it.
public struct Code: Hashable, Sendable {
  /// The code itself.
  public let code: String
  /// URI of the code system.
  public let system: String?
  /// Version of the code system.
  public let version: String?
  /// A person's words for it; never compared.
  public let display: String?

  /// A code.
  public init(_ code: String, system: String? = nil, version: String? = nil, display: String? = nil) {
    self.code = code
    self.system = system
    self.version = version
    self.display = display
  }
}

/// One meaning, as one or more codes for it.
public struct Concept: Hashable, Sendable {
  /// The codes, in the order given.
  public let codes: [Code]
  /// A person's words for it; never compared.
  public let display: String?

  /// A concept.
  public init(_ codes: [Code], display: String? = nil) {
    self.codes = codes
    self.display = display
  }
}
