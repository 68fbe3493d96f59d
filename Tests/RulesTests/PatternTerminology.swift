import CQL
import ClinicalValues
import FHIR
import Rules

/// Value sets given as patterns, such as the concepts of a study's data dictionary: `C00-C97`, `M01A` and below.
struct PatternTerminology: ListingTerminology {
  private let sets: [String: [CodePattern]]

  /// Value sets by their URI.
  init(_ sets: [String: [CodePattern]]) { self.sets = sets }

  /// Whether any pattern of the value set means the code; a code without a system is compared by itself.
  func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? {
    sets[valueSet.id].map { $0.contains { $0.means(code) } }
  }

  /// The codes, where the value set is made of codes alone.
  func expansion(of valueSet: ValueSetName) -> [Code]? {
    guard let patterns = sets[valueSet.id] else { return nil }
    var codes: [Code] = []
    for pattern in patterns {
      guard case .exact(let system, let code) = pattern else { return nil }
      codes.append(Code(code, system: system.isEmpty ? nil : system))
    }
    return codes
  }

  /// No code systems are known here.
  func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? { nil }

  /// The patterns of the value set.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]? { sets[valueSet.id] }
}

extension CodePattern {
  /// Whether a code is meant; one without a system is compared by its code alone.
  func means(_ code: Code) -> Bool {
    switch self {
    case .exact(let system, let exact): isOf(system, code) && code.code == exact
    case .prefix(let system, let prefix): isOf(system, code) && code.code.hasPrefix(prefix)
    case .range(let system, let from, let through):
      isOf(system, code) && code.code >= from && code.code.prefix(through.count) <= through
    }
  }

  private func isOf(_ system: String, _ code: Code) -> Bool { code.system.map { $0 == system } ?? true }
}
