public import CQL
public import ClinicalValues
public import FHIR

/// A terminology that can list what is in a value set as codes, prefixes and ranges, so that an index finds them.
public protocol ListingTerminology: Terminology {
  /// What is in a value set; nil where it is not known here or cannot be listed.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]?
}

extension Terminology {
  /// What is in a value set, as far as this terminology lists it.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]? {
    if let listing = self as? any ListingTerminology { return listing.patterns(of: valueSet) }
    return expansion(of: valueSet)?.map(CodePattern.init)
  }
}

/// Several terminologies as one: the first that knows a value set or code system answers.
public struct CombinedTerminology: ListingTerminology {
  /// Asked in this order.
  public let parts: [any Terminology]

  /// The terminologies, first asked first.
  public init(_ parts: [any Terminology]) { self.parts = parts }

  /// The answer of the first that knows the value set.
  public func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? {
    for part in parts {
      if let answer = part.contains(code, in: valueSet) { return answer }
    }
    return nil
  }

  /// The answer of the first that knows the value set.
  public func expansion(of valueSet: ValueSetName) -> [Code]? {
    for part in parts {
      if let answer = part.expansion(of: valueSet) { return answer }
    }
    return nil
  }

  /// The answer of the first that knows the code system.
  public func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? {
    for part in parts {
      if let answer = part.contains(code, in: codeSystem) { return answer }
    }
    return nil
  }

  /// The answer of the first that lists the value set.
  public func patterns(of valueSet: ValueSetName) -> [CodePattern]? {
    for part in parts {
      if let answer = part.patterns(of: valueSet) { return answer }
    }
    return nil
  }
}

/// Value sets given as patterns, such as the concepts of a study's data dictionary: `C00-C97`, `M01A` and below.
public struct PatternTerminology: ListingTerminology {
  private let sets: [String: [CodePattern]]

  /// Value sets by their URI.
  public init(_ sets: [String: [CodePattern]]) { self.sets = sets }

  /// Whether any pattern of the value set means the code; a code without a system is compared by itself.
  public func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? {
    sets[valueSet.id].map { $0.contains { $0.means(code) } }
  }

  /// The codes, where the value set is made of codes alone.
  public func expansion(of valueSet: ValueSetName) -> [Code]? {
    guard let patterns = sets[valueSet.id] else { return nil }
    var codes: [Code] = []
    for pattern in patterns {
      guard case .exact(let system, let code) = pattern else { return nil }
      codes.append(Code(code, system: system.isEmpty ? nil : system))
    }
    return codes
  }

  /// No code systems are known here.
  public func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? { nil }

  /// The patterns of the value set.
  public func patterns(of valueSet: ValueSetName) -> [CodePattern]? { sets[valueSet.id] }
}

extension CodePattern {
  /// Whether a code is meant; one without a system is compared by its code alone.
  public func means(_ code: Code) -> Bool {
    switch self {
    case .exact(let system, let exact): isOf(system, code) && code.code == exact
    case .prefix(let system, let prefix): isOf(system, code) && code.code.hasPrefix(prefix)
    case .range(let system, let from, let through):
      isOf(system, code) && code.code >= from && code.code.prefix(through.count) <= through
    }
  }

  private func isOf(_ system: String, _ code: Code) -> Bool { code.system.map { $0 == system } ?? true }
}
