import CQL
import ClinicalValues
import FHIR
import StudyDesign
import Synchronization

/// What codes mean according to a study's data dictionary.
///
/// Value sets: `urn:tandem:concept:<id>` holds the codes of a concept, `urn:tandem:set:<NAME>` those of the concepts in a named
/// set. ICD-10 and ATC codes match by prefix, others exactly.
final class DictionaryTerminology: ListingTerminology {
  let dictionary: DataDictionary
  private let members: [String: Set<Int>]
  /// Which concepts a code identifies: records repeat the same few hundred codes.
  private let known = Mutex<[Code: [Int]]>([:])

  init(_ dictionary: DataDictionary) {
    self.dictionary = dictionary
    var members: [String: Set<Int>] = [:]
    for (index, concept) in dictionary.concepts.enumerated() {
      members[ValueSetID.concept + concept.id] = [index]
    }
    for (name, indices) in dictionary.sets { members[ValueSetID.set + name] = Set(indices) }
    self.members = members
  }

  /// The concepts that a value set stands for; nil if it is none of the dictionary's.
  func concepts(of valueSet: String) -> Set<Int>? { members[valueSet] }

  /// The concepts that a code identifies.
  func concepts(identifiedBy code: Code) -> [Int] {
    let key = Code(code.code, system: code.system)
    if let found = known.withLock({ $0[key] }) { return found }
    let found = dictionary.concepts(identifiedBy: key)
    known.withLock { known in
      // Codes come from records: a limit keeps a stream of invented ones from filling memory.
      if known.count >= 50_000 { known.removeAll() }
      known[key] = found
    }
    return found
  }

  func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? {
    guard let members = members[valueSet.id] else { return nil }
    return concepts(identifiedBy: code).contains { members.contains($0) }
  }

  /// Not listed: prefixes and ranges stand for codes that the dictionary does not enumerate.
  func expansion(of valueSet: ValueSetName) -> [Code]? { nil }

  /// The codes, prefixes and ranges of the concepts, for an index to find.
  func patterns(of valueSet: ValueSetName) -> [CodePattern]? {
    members[valueSet.id]?.sorted().flatMap { dictionary.concepts[$0].codes.map(CodePattern.init) }
  }

  func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? {
    code.system == codeSystem.id ? true : nil
  }
}

extension CodePattern {
  /// A code as the dictionary lists it.
  init(_ code: ConceptCode) {
    switch code.match {
    case .exact: self = .exact(system: code.system, code: code.code)
    case .prefix: self = .prefix(system: code.system, prefix: code.code)
    case .range: self = .range(system: code.system, from: code.code, through: code.last ?? code.code)
    }
  }
}
