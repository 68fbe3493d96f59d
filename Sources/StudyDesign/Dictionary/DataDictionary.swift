public import ClinicalValues

/// The data dictionary of a study: its concepts by id, by code and by named set.
public struct DataDictionary: Sendable {
  /// The concepts in the order of the file.
  public let concepts: [DataConcept]
  /// The names of the sets, each with the indices of its members in `concepts`.
  public let sets: [String: [Int]]
  private let byID: [String: Int]
  private let exact: [ListedCode: [Int]]
  private let prefixes: [ListedCode: [Int]]
  private let ranges: [(code: ConceptCode, concept: Int)]

  private struct ListedCode: Hashable {
    let system: String
    let code: String
  }

  /// A dictionary of these concepts.
  public init(_ concepts: [DataConcept]) {
    self.concepts = concepts
    var byID: [String: Int] = [:]
    var sets: [String: [Int]] = [:]
    var exact: [ListedCode: [Int]] = [:]
    var prefixes: [ListedCode: [Int]] = [:]
    var ranges: [(code: ConceptCode, concept: Int)] = []
    for (index, concept) in concepts.enumerated() {
      byID[concept.id] = byID[concept.id] ?? index
      for set in concept.sets { sets[set, default: []].append(index) }
      for code in concept.codes {
        let listed = ListedCode(system: code.system, code: code.code)
        switch code.match {
        case .exact: exact[listed, default: []].append(index)
        case .prefix: prefixes[listed, default: []].append(index)
        case .range: ranges.append((code, index))
        }
      }
    }
    self.byID = byID
    self.sets = sets
    self.exact = exact
    self.prefixes = prefixes
    self.ranges = ranges
  }

  /// The concept of that id.
  public subscript(_ id: String) -> DataConcept? { byID[id].map { concepts[$0] } }

  /// Where the concept of that id stands in `concepts`.
  public func index(of id: String) -> Int? { byID[id] }

  /// The concepts (indices in `concepts`) that a code in a record identifies, in the order of the file.
  ///
  /// ICD-10 and ATC codes match by prefix (`I63.9` falls under `I60-I69`), all others exactly.
  public func concepts(identifiedBy code: Code) -> [Int] {
    guard let system = code.system else { return [] }
    var found = exact[ListedCode(system: system, code: code.code)] ?? []
    var prefix = code.code[...]
    while !prefix.isEmpty {
      if let matches = prefixes[ListedCode(system: system, code: String(prefix))] { found += matches }
      prefix.removeLast()
    }
    for (range, concept) in ranges where range.system == system && range.covers(code.code) { found.append(concept) }
    return found.count > 1 ? Set(found).sorted() : found
  }
}

extension ConceptCode {
  /// Whether a code falls in this range: its category (as long as the first one) lies between first and last.
  func covers(_ code: String) -> Bool {
    guard let last else { return false }
    let category = String(code.prefix(self.code.count))
    return category.count == self.code.count && self.code <= category && category <= last
  }
}
